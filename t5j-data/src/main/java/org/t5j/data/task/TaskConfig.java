package org.t5j.data.task;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.t5j.data.DataException;
import org.t5j.data.metric.Metrics;
import org.t5j.data.preprocess.Preprocessors;
import org.t5j.data.source.LineSource;
import org.t5j.data.source.SourceConfig;

/**
 * A task as a configuration file says it. Values that are left out (null) take their defaults.
 *
 * @param name of the task
 * @param format {@code tsv}, {@code jsonl}, {@code lines} or {@code documents}
 * @param train files and globs to train on
 * @param validation files and globs to evaluate on; may be absent
 * @param test files and globs for the last evaluation; may be absent
 * @param columns names of the columns of TSV, in order; for JSONL default {@code [input, target]}
 * @param input the column or field that becomes the inputs; default {@code input}, or {@code text} for lines
 * @param target the column or field that becomes the targets; default {@code target}, or {@code text} for lines
 * @param prefix put in front of the inputs as it is, trailing space included; default none
 * @param inputLength length of the inputs in ids at most; default 512
 * @param targetLength length of the targets in ids at most; default 512
 * @param metrics names of metrics; default {@code [accuracy]}
 */
public record TaskConfig(
        String name,
        String format,
        List<String> train,
        List<String> validation,
        List<String> test,
        List<String> columns,
        String input,
        String target,
        String prefix,
        Integer inputLength,
        Integer targetLength,
        List<String> metrics) {

    public TaskConfig {
        DataException.check(name != null && !name.isBlank(), "A task has no 'name'. Give it one.");
        DataException.check(format != null, "Task '%s' has no 'format'. Give tsv, jsonl, lines or documents.", name);
        boolean textOnly = format.equals("lines") || format.equals("documents");
        input = input != null ? input : textOnly ? LineSource.TEXT : "input";
        target = target != null ? target : textOnly ? LineSource.TEXT : "target";
        if (format.equals("jsonl") && (columns == null || columns.isEmpty())) {
            columns = input.equals(target) ? List.of(input) : List.of(input, target);
        }
        train = train == null ? List.of() : List.copyOf(train);
        validation = validation == null ? List.of() : List.copyOf(validation);
        test = test == null ? List.of() : List.copyOf(test);
        columns = columns == null ? List.of() : List.copyOf(columns);
        prefix = prefix == null ? "" : prefix;
        inputLength = inputLength == null ? 512 : inputLength;
        targetLength = targetLength == null ? 512 : targetLength;
        metrics = metrics == null ? List.of("accuracy") : List.copyOf(metrics);
        metrics.forEach(Metrics::named);
        List<String> known = textOnly ? List.of(LineSource.TEXT) : columns;
        for (String field : List.of(input, target)) {
            DataException.check(
                    known.contains(field),
                    "Task '%s' takes '%s', but its columns are %s. Name one of them in 'input' and 'target', "
                            + "or list the columns as the file has them.",
                    name,
                    field,
                    known);
        }
    }

    /**
     * The task.
     *
     * @param base directory that relative file names start from
     * @throws DataException if a file is missing or a setting does not fit
     */
    public Task toTask(Path base) {
        Task.Builder task = Task.builder(name)
                .preprocess(Preprocessors.inputsAndTargets(input, target))
                .prefix(prefix)
                .inputLength(inputLength)
                .targetLength(targetLength);
        Map<String, List<String>> splits = new LinkedHashMap<>();
        splits.put(Task.TRAIN, train);
        splits.put(Task.VALIDATION, validation);
        splits.put(Task.TEST, test);
        splits.forEach((split, files) -> {
            if (!files.isEmpty()) {
                task.source(split, new SourceConfig(format, files, columns).toSource(base));
            }
        });
        metrics.forEach(task::metric);
        return task.build();
    }
}
