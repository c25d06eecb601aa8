package org.t5j.train.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.t5j.core.T5Exception;
import org.t5j.core.T5Model;
import org.t5j.core.layer.Additions;
import org.t5j.core.layer.Lora;
import org.t5j.core.tensor.Parameter;
import org.t5j.core.tensor.Tensor;
import org.t5j.train.TrainingState;
import org.t5j.train.config.ConfigException;
import org.t5j.train.optim.Optimizer;
import org.t5j.train.setup.OptimSection;

/**
 * What a new run takes over from the checkpoint that it starts from, beside the model. T5 fine-tunes with the moments and
 * the step of pre-training (t5-family.md: from step 1,000,000 to 1,262,144); its constant rate does not care, rsqrt does.
 */
final class WarmStart {
    private static final Logger LOG = LoggerFactory.getLogger(WarmStart.class);

    private WarmStart() {}

    /**
     * Gives a new optimizer the checkpoint's moments of the parameters that are trained where {@code optim.warmStart} says
     * so, and the model its training values.
     *
     * @param checkpoint that the model was loaded from, or null
     * @return where the new run begins
     * @throws ConfigException where there can be no moments of what the run adds to the model
     * @throws T5Exception where the states are those of another optimizer or model
     */
    static TrainingState begin(
            OptimSection optim, Path checkpoint, T5Model model, CheckpointWeights weights, Optimizer optimizer) {
        long offset = optim.scheduleOffset() == null ? 0 : optim.scheduleOffset();
        if (optim.warmStart() == OptimSection.WarmStart.NONE || checkpoint == null) {
            return TrainingState.start(offset);
        }
        if (!Files.exists(checkpoint.resolve(TrainingCheckpoint.OPTIMIZER))) {
            LOG.warn(
                    "{} holds no states of an optimizer, as Hugging Face's models do not: moments begin anew, and the"
                            + " learning rate at step {} of its schedule",
                    checkpoint,
                    offset);
            return TrainingState.start(offset);
        }
        weights.startFrom(checkpoint);
        readMoments(optim.warmStart(), checkpoint, model, optimizer);
        if (optim.warmStart() == OptimSection.WarmStart.MOMENTS_AND_STEP && optim.scheduleOffset() == null) {
            offset = step(checkpoint, optimizer);
        }
        LOG.info(
                "Going on with the moments of {} after {} steps, and the learning rate at step {} of its schedule",
                checkpoint,
                optimizer.state().steps(),
                offset);
        return TrainingState.start(offset);
    }

    private static void readMoments(
            OptimSection.WarmStart warmStart, Path checkpoint, T5Model model, Optimizer optimizer) {
        optimizer.prepare(model.parameters());
        Map<String, Tensor> moments = optimizer.state().tensors();
        Set<String> needed = Set.copyOf(moments.keySet());
        Set<String> found = TrainingCheckpoint.optimizerNames(checkpoint);
        requireTrainedBefore(warmStart, checkpoint, model, found);
        List<String> unfit = new ArrayList<>();
        needed.stream().filter(name -> !found.contains(name)).sorted().forEach(name -> unfit.add("lacks " + name));
        for (Parameter parameter : model.parameters()) {
            found.stream()
                    .filter(name ->
                            parameter.trainable() && name.startsWith(parameter.name() + ".") && !needed.contains(name))
                    .forEach(name -> unfit.add("holds " + name));
        }
        if (!unfit.isEmpty()) {
            throw new T5Exception(checkpoint.resolve(TrainingCheckpoint.OPTIMIZER)
                    + " is of another optimizer or model: for this run it " + unfit.get(0)
                    + (unfit.size() > 1 ? " and differs in " + (unfit.size() - 1) + " more" : "")
                    + ". Set optim.optimizer to what wrote it, or start without its moments (optim.warmStart: NONE)");
        }
        TrainingCheckpoint.readOptimizer(checkpoint, optimizer.state(), model.parameters(), model.backend());
    }

    private static void requireTrainedBefore(
            OptimSection.WarmStart warmStart, Path checkpoint, T5Model model, Set<String> moments) {
        for (Parameter parameter : model.parameters()) {
            boolean added = Lora.isLora(parameter.name()) || Additions.isAdapter(parameter.name());
            if (added
                    && parameter.trainable()
                    && moments.stream().noneMatch(name -> name.startsWith(parameter.name() + "."))) {
                throw new ConfigException("optim.warmStart is " + warmStart + ", but transfer adds parameters such as "
                        + parameter.name() + ", which were not trained in " + checkpoint
                        + ", so that there are no moments of them to go on with; leave optim.warmStart out (NONE)");
            }
        }
    }

    /** The step of the schedule that a checkpoint stood at; one converted from T5X has no state but its optimizer's. */
    private static long step(Path checkpoint, Optimizer optimizer) {
        if (!TrainingCheckpoint.hasState(checkpoint)) {
            return optimizer.state().steps();
        }
        TrainingState state = TrainingCheckpoint.readState(checkpoint);
        return state.step() + state.scheduleOffset();
    }
}
