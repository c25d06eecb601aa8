package org.t5j.data.task;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.t5j.data.DataException;
import org.t5j.data.preprocess.Preprocessors;
import org.t5j.data.preprocess.Template;
import org.t5j.data.preprocess.TextSteps;

/**
 * How a configured task makes texts of columns.
 *
 * @param task name, for errors
 * @param inputs what is read
 * @param targets what is written
 * @param labels value → name, for the one column of the targets; empty for none
 * @param steps names of {@link TextSteps} that every column goes through first
 * @param choices possible answers; empty where the model writes its own
 */
record TaskTemplates(
        String task,
        Template inputs,
        Template targets,
        Map<String, String> labels,
        List<String> steps,
        List<Template> choices) {

    TaskTemplates {
        checkNamesColumns(task, inputs);
        checkNamesColumns(task, targets);
        DataException.check(
                labels.isEmpty() || targets.columns().size() == 1,
                "Task '%s' has 'labels', which name the values of one column, but its targets \"%s\" have %d. "
                        + "Leave the labels out, or the other columns.",
                task,
                targets,
                targets.columns().size());
        DataException.check(
                choices.size() != 1,
                "Task '%s' has a single choice, %s. Give at least two, or leave 'choices' out.",
                task,
                choices);
        steps.forEach(TextSteps::named);
    }

    private static void checkNamesColumns(String task, Template template) {
        DataException.check(
                !template.columns().isEmpty(),
                "Task '%s' has the template \"%s\", which names no column and so is the same for every example. "
                        + "Write columns in braces, as in \"{text}\".",
                task,
                template);
    }

    /** All columns that are named, each once. */
    Set<String> columns() {
        Set<String> columns = new LinkedHashSet<>(inputs.columns());
        columns.addAll(targets.columns());
        choices.forEach(choice -> columns.addAll(choice.columns()));
        return columns;
    }

    /** @throws DataException if a column is none of {@code known} */
    void checkColumns(List<String> known) {
        for (String column : columns()) {
            DataException.check(
                    known.contains(column),
                    "Task '%s' takes '%s', but its columns are %s. Name one of them in 'input' and 'target' or in the "
                            + "braces of 'inputs', 'targets' and 'choices', or list the columns as the file has them.",
                    task,
                    column,
                    known);
        }
    }

    /** Adds the steps of preprocessing, and the choices. */
    void addTo(Task.Builder builder) {
        if (!steps.isEmpty()) {
            builder.preprocess(Preprocessors.everyColumn(TextSteps.all(steps)));
        }
        if (!labels.isEmpty()) {
            builder.preprocess(Preprocessors.labels(targets.columns().iterator().next(), labels));
        }
        builder.preprocess(Preprocessors.templates(inputs, targets));
        if (!choices.isEmpty()) {
            builder.choices(example ->
                    choices.stream().map(choice -> choice.fill(example)).toList());
        }
    }
}
