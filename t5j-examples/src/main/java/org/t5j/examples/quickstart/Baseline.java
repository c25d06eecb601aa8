package org.t5j.examples.quickstart;

import java.util.Comparator;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.t5j.data.Example;
import org.t5j.data.task.Task;

/** What needs no learning, to measure a model against. */
record Baseline(String name, Function<Example, String> prediction) {

    /** Writes the input, without its prefix. */
    static Baseline copyOf(String prefix) {
        return new Baseline("copy the input", example -> example.inputs().substring(prefix.length()));
    }

    /** Writes the most frequent target of the training split. */
    static Baseline majorityClass(Task task) {
        Map<String, Long> counts = task.examples(Task.TRAIN).stream()
                .collect(Collectors.groupingBy(Example::targets, Collectors.counting()));
        String majority = counts.entrySet().stream()
                .max(Map.Entry.<String, Long>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .orElseThrow()
                .getKey();
        return new Baseline("majority class: " + majority, example -> majority);
    }

    String predict(Example example) {
        return prediction.apply(example);
    }
}
