package org.t5j.data.task;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.t5j.data.DataException;
import org.t5j.data.Example;
import org.t5j.data.metric.Metric;
import org.t5j.data.metric.Scored;

/**
 * How the answers to a task's examples are scored.
 *
 * @param task for errors
 * @param metrics by name, in order; no two give a score of the same name
 * @param postprocessor what predictions and targets go through before
 */
record Scoring(String task, Map<String, Metric> metrics, Postprocessor postprocessor) {

    Scoring {
        metrics = new LinkedHashMap<>(metrics);
        Map<String, String> givers = new LinkedHashMap<>();
        metrics.forEach((name, metric) -> metric.scoreNames(name).forEach(score -> {
            String other = givers.put(score, name);
            DataException.check(
                    other == null,
                    "Metrics '%s' and '%s' of %s both give a score '%s'. Leave one of them out.",
                    other,
                    name,
                    task,
                    score);
        }));
    }

    Map<String, Double> score(List<Example> examples, List<String> predictions) {
        DataException.check(
                examples.size() == predictions.size(),
                "%s cannot score %d predictions for %d examples. Give one for each.",
                task,
                predictions.size(),
                examples.size());
        examples.forEach(each -> DataException.check(
                hasLabel(each),
                "%s has no label, so that %s cannot score a prediction for it. Leave it out, or take a split whose"
                        + " examples all have one.",
                each.origin(),
                task));
        List<Scored> results = IntStream.range(0, examples.size())
                .mapToObj(i -> scored(examples.get(i), predictions.get(i)))
                .toList();
        Map<String, Double> scores = new LinkedHashMap<>();
        metrics.forEach((name, metric) -> {
            Map<String, Double> given = metric.compute(results);
            DataException.check(
                    given.keySet().equals(Set.copyOf(metric.scoreNames(name))),
                    "Metric '%s' of %s says that it scores %s, but gave %s."
                            + " Call a single score as the metric, or override Metric.scoreNames.",
                    name,
                    task,
                    metric.scoreNames(name),
                    given.keySet());
            scores.putAll(new TreeMap<>(given));
        });
        return scores;
    }

    boolean hasLabel(Example example) {
        return postprocessor.hasLabel(example);
    }

    Map<String, Metric> scores() {
        Map<String, Metric> scores = new LinkedHashMap<>();
        metrics.forEach((name, metric) -> metric.scoreNames(name).forEach(score -> scores.put(score, metric)));
        return scores;
    }

    Map<String, String> signatures(List<Example> examples) {
        List<Scored> results =
                examples.stream().map(each -> scored(each, each.targets())).toList();
        Map<String, String> signatures = new LinkedHashMap<>();
        metrics.forEach((name, metric) -> metric.signature(results)
                .ifPresent(text -> signatures.put(metric.scoreNames(name).get(0), text)));
        return signatures;
    }

    private Scored scored(Example example, String prediction) {
        return new Scored(example, postprocessor.targets(example), postprocessor.prediction(prediction, example));
    }

    Scored scoredAlone(Example example, String prediction) {
        Scored scored = scored(example, prediction);
        Example few = Example.of(example.inputs(), example.targets());
        for (Metric metric : metrics.values()) {
            for (String field : metric.fields()) {
                few = few.with(field, example.get(field));
            }
        }
        return new Scored(few, scored.targets(), scored.prediction());
    }
}
