package org.t5j.data.task.study;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.t5j.data.Example;
import org.t5j.data.task.Task;

/** The made examples of the study's data sets, in the directory {@code study} of the test resources. */
final class MadeData {
    static final Path DIRECTORY = Path.of("src", "test", "resources", "study");

    /** Files of the task's training set, in each of its formats, that hold the same examples. */
    record Case(String task, String format, List<String> files) {

        Task toTask(String split) {
            return StudyTasks.task(task, format, Map.of(split, files), DIRECTORY);
        }

        @Override
        public String toString() {
            return task + " " + format;
        }
    }

    private MadeData() {}

    /** The usual cases of a directory: the first file in its own format, then {@code train.parquet} and {@code hf.jsonl}. */
    static List<Case> cases(String task, String format, String file) {
        String directory = file.substring(0, file.indexOf('/') + 1);
        Case own = new Case(task, format, List.of(file));
        Case parquet = new Case(task, "parquet", List.of(directory + "train.parquet"));
        Case jsonl = new Case(task, "jsonl", List.of(directory + "hf.jsonl"));
        return format.equals("jsonl") ? List.of(own, parquet) : List.of(own, parquet, jsonl);
    }

    /** Inputs and targets of the examples, joined by an arrow. */
    static List<String> texts(Task task, String split) {
        return task.examples(split).stream()
                .map(example -> example.inputs() + " → " + example.targets())
                .toList();
    }

    /** The targets as they stand. */
    static List<String> targets(List<Example> examples) {
        return examples.stream().map(Example::targets).toList();
    }
}
