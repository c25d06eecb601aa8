package org.t5j.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import org.t5j.core.T5Model;
import org.t5j.data.batch.Batches;
import org.t5j.train.average.NoAverage;
import org.t5j.train.average.WeightAverage;
import org.t5j.train.evaluate.EvaluationReport;
import org.t5j.train.evaluate.Evaluator;
import org.t5j.train.optim.Optimizer;
import org.t5j.train.schedule.Schedule;

/**
 * The training loop, for pre-training and fine-tuning alike. It is a function of the model, the optimizer, the state and
 * the batches: two trainers that start from equal ones make bitwise equal updates, on the same machine and number of
 * threads.
 *
 * <p>Owns nothing that it is given.
 */
public final class Trainer {
    private final T5Model model;
    private final Batches batches;
    private final UpdateStep step;
    private final TrainerOptions options;
    private final List<TrainingListener> listeners = new ArrayList<>();
    private Evaluator evaluator = Evaluator.none();
    private CheckpointSaver saver;
    private BooleanSupplier stop = () -> false;
    private Predicate<TrainingState> enough = reached -> false;
    private LongConsumer beforeStep = updates -> {};
    private WeightAverage average;
    private long savedStep = -1;
    private TrainingState state;
    private long startedAt;
    private double secondsBefore;

    /**
     * A trainer that goes on from {@code state}.
     *
     * @param batches those that follow {@code state.data()}
     */
    public Trainer(
            T5Model model,
            Optimizer optimizer,
            Schedule schedule,
            Batches batches,
            TrainerOptions options,
            TrainingState state) {
        this.model = model;
        this.batches = batches;
        this.step = new UpdateStep(
                model,
                optimizer,
                schedule.over(state.scheduleOffset() + options.totalSteps()),
                batches,
                options,
                this::seconds);
        this.options = options;
        this.state = state;
        this.average = new WeightAverage(new NoAverage(), model.parameters(), model.kernels());
    }

    /** Adds a listener, told after those that were added before it. */
    public Trainer listener(TrainingListener listener) {
        listeners.add(listener);
        return this;
    }

    /** What scores the model every {@code evalEverySteps}; the best score makes a checkpoint. None if not called. */
    public Trainer evaluator(Evaluator newEvaluator) {
        evaluator = newEvaluator;
        return this;
    }

    /** What writes checkpoints every {@code saveEverySteps} and at the end. None are written if not called. */
    public Trainer saver(CheckpointSaver newSaver) {
        saver = newSaver;
        return this;
    }

    /** What ends training early, asked after every step: the step is then saved. */
    public Trainer stopWhen(BooleanSupplier condition) {
        stop = condition;
        return this;
    }

    /** What makes training complete before {@code totalSteps}, asked after every step. */
    public Trainer endWhen(Predicate<TrainingState> condition) {
        enough = condition;
        return this;
    }

    /** What is told, before every step, how many updates were made: schedules of what is trained hang on it. */
    public Trainer beforeStep(LongConsumer listener) {
        beforeStep = listener;
        return this;
    }

    /** What is evaluated instead of the weights, an average of the same model's; the weights if not called. */
    public Trainer average(WeightAverage newAverage) {
        average = newAverage;
        return this;
    }

    /** Where training stands: after the last update that was made, or where the trainer began. */
    public TrainingState state() {
        return state;
    }

    /**
     * Trains until {@code totalSteps} are made, or until {@link #endWhen} or {@link #stopWhen} says so.
     *
     * <p>What a listener, the evaluator or the saver throws ends the run and comes out as it is.
     *
     * @return the state after the last update
     * @throws org.t5j.core.T5Exception where the {@link UpdateGuard} ends the run; the last update was not made
     * @throws org.t5j.data.DataException where the next batch cannot be made
     */
    public TrainingState run() {
        startedAt = System.nanoTime();
        secondsBefore = state.seconds();
        long firstStep = state.step();
        listeners.forEach(listener -> listener.started(state, options.totalSteps()));
        while (!complete() && !stop.getAsBoolean()) {
            beforeStep.accept(state.step());
            average.prepare(state.step());
            StepReport report = step.after(state);
            options.guard().requireFinite(report, this::lastCheckpoint);
            state = state.after(report, batches.position(), options.guard().norms());
            average.follow(state.step());
            listeners.forEach(listener -> listener.stepped(report));
            options.guard().requireFewSkipped(report, state.skipped(), this::lastCheckpoint);
            boolean improved = due(options.evalEverySteps()) && evaluate();
            if (improved || due(options.saveEverySteps())) {
                save();
            }
        }
        if (savedStep != state.step() && state.step() > firstStep) {
            save();
        }
        if (complete()) {
            listeners.forEach(listener -> listener.ended(state));
        }
        return state;
    }

    private boolean complete() {
        return state.step() >= options.totalSteps() || enough.test(state);
    }

    private double seconds() {
        return secondsBefore + (System.nanoTime() - startedAt) * 1e-9;
    }

    private String lastCheckpoint() {
        return saver == null
                ? "there is no checkpoint"
                : saver.latest()
                        .map(path -> "the last good checkpoint is " + path)
                        .orElse("no checkpoint was written yet");
    }

    private boolean due(long everySteps) {
        return state.step() == options.totalSteps() || everySteps > 0 && state.step() % everySteps == 0;
    }

    /** Scores the model or its average; whether it never was better. */
    private boolean evaluate() {
        if (evaluator.scores()) {
            listeners.forEach(listener -> listener.evaluating(state));
        }
        EvaluationReport report = scores();
        if (report.scores().isEmpty()) {
            return false;
        }
        listeners.forEach(listener -> listener.evaluated(report));
        Double value = report.scores().get(evaluator.bestScore());
        boolean improved = value != null
                && !value.isNaN()
                && (state.best() == null
                        || !state.best().score().equals(evaluator.bestScore())
                        || evaluator.isBetter(value, state.best().value()));
        if (improved) {
            state = state.withBest(new TrainingState.BestScore(state.step(), evaluator.bestScore(), value));
        }
        return improved;
    }

    private EvaluationReport scores() {
        average.exchange();
        try {
            return evaluator.evaluate(model, state.step());
        } finally {
            average.exchange();
        }
    }

    private void save() {
        if (saver != null) {
            state = state.withSeconds(seconds());
            Path checkpoint = saver.save(state);
            savedStep = state.step();
            listeners.forEach(listener -> listener.saved(state, checkpoint));
        }
    }
}
