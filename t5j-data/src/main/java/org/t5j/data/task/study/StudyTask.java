package org.t5j.data.task.study;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.t5j.data.DataException;
import org.t5j.data.Example;
import org.t5j.data.preprocess.ClassLabels;
import org.t5j.data.preprocess.Preprocessor;
import org.t5j.data.source.RowRules;
import org.t5j.data.source.Source;
import org.t5j.data.task.Task;

/**
 * A task of the study without its files: which formats its data set is distributed in, how what is read becomes text, how
 * predictions are scored. One of one's own takes ten lines:
 *
 * <pre>{@code
 * ClassLabels labels = ClassLabels.of("ham", "spam");
 * StudyTask spam = new StudyTask("spam", task -> task
 *                 .preprocess(KeyedText.sorted("spam", "subject", "body"))
 *                 .preprocess(labels.targets())
 *                 .metric("accuracy")
 *                 .targetLength(8))
 *         .ranking(example -> labels.names())
 *         .layout("jsonl", Layout.of("jsonl", "subject", "body", "label"));
 * Task task = spam.task("jsonl", Map.of("train", List.of("mail/*.jsonl.gz")), Path.of("."));
 * }</pre>
 */
public final class StudyTask {
    private final String name;
    private final Consumer<Task.Builder> recipe;
    private final Function<Example, List<String>> choices;
    private final Map<String, Layout> layouts;

    /**
     * A task that no format is known of yet.
     *
     * @param name as upstream registers it, such as {@code glue_cola_v002}
     * @param recipe adds preprocessing, postprocessing, lengths and metrics; may expect the fields of the layouts
     */
    public StudyTask(String name, Consumer<Task.Builder> recipe) {
        this(name, recipe, null, Map.of());
    }

    private StudyTask(
            String name,
            Consumer<Task.Builder> recipe,
            Function<Example, List<String>> choices,
            Map<String, Layout> layouts) {
        this.name = name;
        this.recipe = recipe;
        this.choices = choices;
        this.layouts = layouts;
    }

    /**
     * A task whose target is the name of a class, and whose class is in the field {@link ClassLabels#LABEL}.
     *
     * @param text makes the inputs
     * @param metrics names of metrics of class numbers
     */
    public static StudyTask classification(
            String name, Preprocessor text, ClassLabels labels, int targetLength, String... metrics) {
        Consumer<Task.Builder> recipe = task -> {
            task.preprocess(text)
                    .preprocess(labels.targets())
                    .postprocess(new StringLabelToClass(labels))
                    .targetLength(targetLength);
            for (String metric : metrics) {
                task.metric(metric);
            }
        };
        return new StudyTask(name, recipe).ranking(example -> labels.names());
    }

    /** This task, also read from files of that format; in place of what it had for that format. */
    public StudyTask layout(String format, Layout layout) {
        Map<String, Layout> more = new LinkedHashMap<>(layouts);
        more.put(format, layout);
        return new StudyTask(name, recipe, choices, more);
    }

    /** This task with a closed set of answers, which {@link #ranked} evaluates by likelihood. */
    public StudyTask ranking(Function<Example, List<String>> answers) {
        return new StudyTask(name, recipe, answers, layouts);
    }

    /** The name that upstream registers it under. */
    public String name() {
        return name;
    }

    /** The formats that it is read from. */
    public List<String> formats() {
        return List.copyOf(layouts.keySet());
    }

    /** Whether it has a closed set of answers. */
    public boolean canRank() {
        return choices != null;
    }

    /**
     * This task evaluated by rank classification: the likeliest of its answers counts as written.
     *
     * @throws DataException if its answers are not a closed set
     */
    public StudyTask ranked() {
        DataException.check(
                canRank(), "Task '%s' has no closed set of answers to rank. Evaluate what the model writes.", name);
        return new StudyTask(
                name, task -> recipe.andThen(each -> each.choices(choices)).accept(task), choices, layouts);
    }

    /**
     * The task over files.
     *
     * @param format one of {@link #formats}
     * @param files split → names and globs of its files
     * @param base directory that relative names start from
     * @throws DataException if the task is not distributed in that format, or a file is missing
     */
    public Task task(String format, Map<String, List<String>> files, Path base) {
        return builder(format, files, base, RowRules.DEFAULT).build();
    }

    /**
     * The task over files, to change before it is built; see {@link #task(String, Map, Path)}.
     *
     * @param rules how the files' rows are judged
     */
    public Task.Builder builder(String format, Map<String, List<String>> files, Path base, RowRules rules) {
        Layout layout = layouts.get(format);
        DataException.check(
                layout != null,
                "Task '%s' is not read from format '%s'. Its data set is distributed as %s.",
                name,
                format,
                formats());
        Task.Builder task = Task.builder(name);
        files.forEach(
                (split, names) -> task.source(split, layout.reading().open(new SplitFiles(split, names, base, rules))));
        task.preprocess(layout.fields());
        recipe.accept(task);
        return task;
    }

    /** The task over examples that have the study's fields already, by split. */
    public Task task(Map<String, Source> sources) {
        Task.Builder task = Task.builder(name);
        sources.forEach(task::source);
        recipe.accept(task);
        return task.build();
    }
}
