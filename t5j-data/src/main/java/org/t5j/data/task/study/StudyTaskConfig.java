package org.t5j.data.task.study;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.t5j.data.DataException;
import org.t5j.data.source.OnBadRow;
import org.t5j.data.source.RowRules;
import org.t5j.data.task.Task;
import org.t5j.data.task.TaskGeneration;

/**
 * A task of the study as a configuration file says it. Values that are left out (null) take their defaults.
 *
 * @param name one of {@link StudyTasks#names}, or such as {@code translate_de_en}
 * @param format one that its data set is distributed in
 * @param train files, globs and directories to train on
 * @param validation files to evaluate on; may be absent
 * @param test files for the last evaluation; may be absent
 * @param onBadRow whether a bad row is an error, or skipped and counted; default {@link OnBadRow#ERROR}
 * @param maxRowBytes bytes of a row of text at most; default 64 MiB
 * @param ranked whether evaluation ranks the closed set of answers by likelihood instead of letting the model write;
 *     default false
 * @param inputLength length of the inputs in ids at most; default 512
 * @param targetLength length of the targets in ids at most; default the study's
 * @param generation how outputs are written; null to leave it open
 */
public record StudyTaskConfig(
        String name,
        String format,
        List<String> train,
        List<String> validation,
        List<String> test,
        OnBadRow onBadRow,
        Integer maxRowBytes,
        Boolean ranked,
        Integer inputLength,
        Integer targetLength,
        TaskGeneration generation) {

    public StudyTaskConfig {
        DataException.check(name != null, "A task of the study has no 'name'. Give one of %s.", StudyTasks.names());
        DataException.check(
                format != null,
                "Task '%s' has no 'format'. Give one that its data set is distributed in: %s.",
                name,
                StudyTasks.named(name).formats());
        DataException.check(
                StudyTasks.named(name).formats().contains(format),
                "Task '%s' has the format '%s', but its data set is distributed as %s. Give one of those.",
                name,
                format,
                StudyTasks.named(name).formats());
        train = train == null ? List.of() : List.copyOf(train);
        validation = validation == null ? List.of() : List.copyOf(validation);
        test = test == null ? List.of() : List.copyOf(test);
        onBadRow = onBadRow == null ? RowRules.DEFAULT.onBadRow() : onBadRow;
        maxRowBytes = maxRowBytes == null ? RowRules.DEFAULT.maxBytes() : maxRowBytes;
        ranked = ranked != null && ranked;
    }

    /**
     * The task.
     *
     * @param base directory that relative file names start from
     * @throws DataException if a file is missing, or the task has no closed set of answers to rank
     */
    public Task toTask(Path base) {
        Map<String, List<String>> splits = new LinkedHashMap<>();
        splits.put(Task.TRAIN, train);
        splits.put(Task.VALIDATION, validation);
        splits.put(Task.TEST, test);
        splits.values().removeIf(List::isEmpty);
        StudyTask study = ranked ? StudyTasks.named(name).ranked() : StudyTasks.named(name);
        Task.Builder task = study.builder(format, splits, base, new RowRules(onBadRow, maxRowBytes))
                .generation(generation);
        if (inputLength != null) {
            task.inputLength(inputLength);
        }
        if (targetLength != null) {
            task.targetLength(targetLength);
        }
        return task.build();
    }
}
