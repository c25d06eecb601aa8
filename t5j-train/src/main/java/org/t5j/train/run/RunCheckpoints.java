package org.t5j.train.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.t5j.core.T5Exception;
import org.t5j.core.T5Model;
import org.t5j.train.CheckpointSaver;
import org.t5j.train.TrainingState;
import org.t5j.train.optim.Optimizer;

/** Writes the checkpoints of a run and removes old ones: the newest few stay, and the best; 0 keeps all. */
final class RunCheckpoints implements CheckpointSaver {
    private final RunDirectory run;
    private final T5Model model;
    private final CheckpointWeights weights;
    private final Optimizer optimizer;
    private final VocabularyFiles vocabulary;
    private final int keepLast;

    RunCheckpoints(
            RunDirectory run,
            T5Model model,
            CheckpointWeights weights,
            Optimizer optimizer,
            VocabularyFiles vocabulary,
            int keepLast) {
        this.run = run;
        this.model = model;
        this.weights = weights;
        this.optimizer = optimizer;
        this.vocabulary = vocabulary;
        this.keepLast = keepLast;
    }

    @Override
    public Path save(TrainingState state) {
        run.requireThere();
        Path directory = run.checkpoint(state.step());
        try {
            TrainingCheckpoint.write(directory, model, weights, vocabulary, optimizer.state(), state);
            removeOld(state);
        } catch (T5Exception e) {
            run.requireThere();
            throw e;
        }
        return directory;
    }

    private void removeOld(TrainingState state) {
        List<Long> steps = keepLast == 0 ? List.of() : run.steps();
        for (long step : steps.subList(0, Math.max(0, steps.size() - keepLast))) {
            if (state.best() == null || state.best().step() != step) {
                run.delete(step);
            }
        }
    }

    @Override
    public Optional<Path> latest() {
        return run.latest();
    }
}
