package org.t5j.data.task;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.t5j.data.DataException;
import org.t5j.data.metric.Metrics;
import org.t5j.data.preprocess.Template;
import org.t5j.data.preprocess.TextSteps;
import org.t5j.data.source.LineSource;
import org.t5j.data.source.OnBadRow;
import org.t5j.data.source.SourceConfig;

/**
 * A task as a configuration file says it. Values that are left out (null) take their defaults.
 *
 * @param name of the task
 * @param format see {@link SourceConfig}
 * @param train files and globs to train on
 * @param validation files and globs to evaluate on; may be absent
 * @param test files and globs for the last evaluation; may be absent
 * @param columns names of the columns of TSV and CSV, in order; or of the fields of other formats to read, by default those
 *     that the task names
 * @param header see {@link SourceConfig}
 * @param records see {@link SourceConfig}
 * @param onBadRow see {@link SourceConfig}
 * @param maxRowBytes see {@link SourceConfig}
 * @param input the column or field that becomes the inputs; default {@code input}, or {@code text} for lines
 * @param target the column or field that becomes the targets; default {@code target}, or {@code text} for lines
 * @param inputs instead of {@code input}: a {@link Template} over columns
 * @param targets instead of {@code target}: a {@link Template} over columns
 * @param prefix put in front of the inputs as it is, trailing space included; default none
 * @param labels value → name, for the one column of the targets; default none
 * @param preprocess names of {@link TextSteps} that every column goes through first; default none
 * @param postprocess names of {@link TextSteps} that predictions and targets go through before scoring; default none
 * @param choices {@link Template}s of the possible answers, which evaluation ranks instead of letting the model write;
 *     default none
 * @param inputLength length of the inputs in ids at most; default 512
 * @param targetLength length of the targets in ids at most; default 512
 * @param metrics names of metrics; default {@code [accuracy]}
 * @param generation how outputs are written; null to leave it open
 */
public record TaskConfig(
        String name,
        String format,
        List<String> train,
        List<String> validation,
        List<String> test,
        List<String> columns,
        Boolean header,
        String records,
        OnBadRow onBadRow,
        Integer maxRowBytes,
        String input,
        String target,
        String inputs,
        String targets,
        String prefix,
        Map<String, String> labels,
        List<String> preprocess,
        List<String> postprocess,
        List<String> choices,
        Integer inputLength,
        Integer targetLength,
        List<String> metrics,
        TaskGeneration generation) {
    private static final Set<String> TEXT_ONLY = Set.of("lines", "documents");
    private static final Set<String> TABLES = Set.of("tsv", "csv");

    public TaskConfig {
        DataException.check(name != null && !name.isBlank(), "A task has no 'name'. Give it one.");
        DataException.check(format != null, "Task '%s' has no 'format'. Give one of %s.", name, SourceConfig.formats());
        boolean textOnly = TEXT_ONLY.contains(format);
        SourceConfig.checkFormat(format);
        input = column(name, "input", input, inputs, textOnly ? LineSource.TEXT : "input");
        target = column(name, "target", target, targets, textOnly ? LineSource.TEXT : "target");
        train = orEmpty(train);
        validation = orEmpty(validation);
        test = orEmpty(test);
        columns = orEmpty(columns);
        header = header != null && header;
        prefix = prefix == null ? "" : prefix;
        labels = labels == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        preprocess = orEmpty(preprocess);
        postprocess = orEmpty(postprocess);
        choices = orEmpty(choices);
        inputLength = inputLength == null ? 512 : inputLength;
        targetLength = targetLength == null ? 512 : targetLength;
        Task.checkLengths(name, inputLength, targetLength);
        metrics = metrics == null ? List.of("accuracy") : List.copyOf(metrics);
        metrics.forEach(Metrics::named);
        DataException.check(
                Set.copyOf(metrics).size() == metrics.size(),
                "Task '%s' has the metrics %s, one of them twice. Name each once.",
                name,
                metrics);
        DataException.check(
                header || !columns.isEmpty() || !TABLES.contains(format),
                "Task '%s' has no 'columns', which format '%s' needs: the names of its columns in order; or header: true if "
                        + "the first line has them.",
                name,
                format);
        postprocess.forEach(TextSteps::named);
        TaskTemplates templates =
                templates(name, template(input, inputs), template(target, targets), labels, preprocess, choices);
        if (columns.isEmpty() && !textOnly && !TABLES.contains(format)) {
            columns = List.copyOf(templates.columns());
        }
        if (!header || !columns.isEmpty()) {
            templates.checkColumns(textOnly ? List.of(LineSource.TEXT) : columns);
        }
    }

    private static List<String> orEmpty(List<String> values) {
        return values == null ? List.of() : List.copyOf(values);
    }

    /** The column that becomes the inputs or targets, or null where a template says what does. */
    private static String column(String task, String key, String column, String template, String otherwise) {
        DataException.check(
                column == null || template == null,
                "Task '%s' has both '%s', a column, and '%ss', a template over columns. Leave one out.",
                task,
                key,
                key);
        return column != null || template != null ? column : otherwise;
    }

    private static Template template(String column, String template) {
        return template != null ? Template.of(template) : Template.ofColumn(column);
    }

    private static TaskTemplates templates(
            String task,
            Template inputs,
            Template targets,
            Map<String, String> labels,
            List<String> steps,
            List<String> choices) {
        List<Template> answers = choices.stream().map(Template::of).toList();
        return new TaskTemplates(task, inputs, targets, labels, steps, answers);
    }

    /**
     * The task.
     *
     * @param base directory that relative file names start from
     * @throws DataException if a file is missing or a setting does not fit
     */
    public Task toTask(Path base) {
        Task.Builder task = Task.builder(name).inputLength(inputLength).targetLength(targetLength);
        sources().forEach((split, source) -> task.source(split, source.toSource(base)));
        templates(name, template(input, inputs), template(target, targets), labels, preprocess, choices)
                .addTo(task);
        task.prefix(prefix).postprocess(TextSteps.all(postprocess)).generation(generation);
        metrics.forEach(task::metric);
        return task.build();
    }

    private Map<String, SourceConfig> sources() {
        Map<String, List<String>> splits = new LinkedHashMap<>();
        splits.put(Task.TRAIN, train);
        splits.put(Task.VALIDATION, validation);
        splits.put(Task.TEST, test);
        Map<String, SourceConfig> sources = new LinkedHashMap<>();
        splits.forEach((split, files) -> {
            if (!files.isEmpty()) {
                sources.put(split, new SourceConfig(format, files, columns, header, records, onBadRow, maxRowBytes));
            }
        });
        return sources;
    }
}
