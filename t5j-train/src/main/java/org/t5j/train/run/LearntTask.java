package org.t5j.train.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.t5j.core.decode.GenerationConfig;
import org.t5j.data.source.Source;
import org.t5j.data.task.Task;
import org.t5j.data.task.TaskConfig;
import org.t5j.data.task.TaskGeneration;
import org.t5j.data.task.study.StudyTaskConfig;
import org.t5j.data.task.study.StudyTasks;
import org.t5j.train.evaluate.TaskDecoding;
import org.t5j.train.setup.TrainConfig;

/**
 * A task of the run that a model is of, as far as writing its outputs goes. Its data need not be there.
 *
 * @param prefix what inputs begin with; empty for a task of the study, whose inputs are made from several fields
 * @param targetLength tokens of a target at most, end of sequence included
 * @param generation how its outputs are written; null where the task leaves it open
 * @param evalBeams beams of the run's evaluations
 */
record LearntTask(String name, String prefix, int targetLength, TaskGeneration generation, int evalBeams) {

    /** The tasks of the run that a checkpoint stands in; none where it stands in no run. */
    static List<LearntTask> of(Path checkpoint) {
        RunDirectory run = RunDirectory.ofCheckpoint(checkpoint);
        if (!Files.exists(run.config()) || !Files.isDirectory(run.checkpoints())) {
            return List.of();
        }
        TrainConfig config = TrainConfig.load(run.config(), List.of());
        int beams = config.eval().beams();
        return Stream.concat(
                        config.data().tasks().stream().map(task -> of(task, beams)),
                        config.data().study().stream().map(task -> of(task, beams)))
                .toList();
    }

    private static LearntTask of(TaskConfig task, int beams) {
        return new LearntTask(task.name(), task.prefix(), task.targetLength(), task.generation(), beams);
    }

    private static LearntTask of(StudyTaskConfig task, int beams) {
        int length = task.targetLength() != null
                ? task.targetLength()
                : StudyTasks.named(task.name())
                        .task(Map.of(Task.TRAIN, Source.of(List.of())))
                        .targetLength();
        return new LearntTask(task.name(), "", length, task.generation(), beams);
    }

    /** The search with which evaluations write its outputs, with the ids of {@code model}. */
    GenerationConfig over(GenerationConfig model) {
        return TaskDecoding.of(targetLength, evalBeams, generation).toBuilder()
                .startTokenId(model.startTokenId())
                .eosTokenId(model.eosTokenId())
                .padTokenId(model.padTokenId())
                .build();
    }
}
