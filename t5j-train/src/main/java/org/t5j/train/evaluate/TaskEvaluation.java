package org.t5j.train.evaluate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.t5j.core.SequenceModel;
import org.t5j.data.DataException;
import org.t5j.data.Example;
import org.t5j.data.batch.EvalBatches;
import org.t5j.data.metric.Metric;
import org.t5j.data.metric.Resampling;
import org.t5j.data.metric.Scored;
import org.t5j.data.metric.SummedMetric;
import org.t5j.data.source.BadRows;
import org.t5j.data.task.Task;
import org.t5j.tokenizer.Tokenizer;

/**
 * Scores of a task: the model writes an output for every example of a split, or ranks the task's choices, and the task's
 * metrics compare these with the targets; with the loss, {@code <task>/loss}, and {@code <task>/perplexity}. Of a split
 * without any labels, as test sets may be, there are predictions and no scores.
 */
public final class TaskEvaluation implements Evaluation {
    private static final Logger LOG = LoggerFactory.getLogger(TaskEvaluation.class);
    private static final String LOSS = BatchLosses.LOSS;
    private static final String PERPLEXITY = BatchLosses.PERPLEXITY;

    private final Task task;
    private final EvalBatches batches;
    private final Answers answers;
    private final boolean labelled;
    private final Map<String, BadRows> skipped = new LinkedHashMap<>();

    /**
     * @param split of the task
     * @param batchSize examples decoded side by side
     * @param limit examples at most
     * @param numBeams 1 for greedy search; where the task has neither choices nor beams of its own
     */
    public TaskEvaluation(Task task, String split, Tokenizer tokenizer, int batchSize, int limit, int numBeams) {
        this.task = task;
        String name = task.name() + "-" + split;
        this.batches = EvalBatches.ofTask(task, split, tokenizer, batchSize, limit, rows -> skipped.put(name, rows));
        skipped.forEach((data, rows) -> LOG.warn("Of {}, {}", data, rows));
        this.labelled = isLabelled(task, split, batches.examples());
        this.answers = task.hasChoices()
                ? new RankedAnswers(task, batches.examples(), tokenizer, batchSize)
                : new WrittenAnswers(task, batches, tokenizer, numBeams);
    }

    private static boolean isLabelled(Task task, String split, List<Example> examples) {
        List<Example> unlabelled =
                examples.stream().filter(each -> !task.hasLabel(each)).toList();
        DataException.check(
                unlabelled.isEmpty() || unlabelled.size() == examples.size(),
                "%d of the %d examples of %s, split '%s', have no label, so that the split cannot be scored; the first"
                        + " is %s. Leave them out, or keep them in files of their own.",
                unlabelled.size(),
                examples.size(),
                task,
                split,
                unlabelled.isEmpty() ? "" : unlabelled.get(0).origin());
        if (!unlabelled.isEmpty()) {
            LOG.warn("The examples of {}, split {}, have no labels: they can be answered, but not scored", task, split);
        }
        return unlabelled.isEmpty();
    }

    @Override
    public Result evaluate(SequenceModel model) {
        Answers.Found found = answers.find(model);
        List<Example> examples = found.examples();
        List<Prediction> predictions = new ArrayList<>();
        for (int i = 0; i < examples.size(); i++) {
            predictions.add(prediction(examples.get(i), found.texts().get(i)));
        }
        return labelled ? scored(model, found, predictions) : new Result(Map.of(), predictions);
    }

    private Prediction prediction(Example example, String text) {
        Scored scored = labelled ? task.scored(example, text) : null;
        return new Prediction(
                task.name(), example.inputs(), example.targets(), text, labelled ? ownScore(scored) : null, scored);
    }

    /** By the first metric, where that is a sum over the examples. */
    private Double ownScore(Scored scored) {
        return task.scores().entrySet().stream()
                .limit(1)
                .filter(first -> first.getValue() instanceof SummedMetric)
                .map(first -> first.getValue().compute(List.of(scored)).get(first.getKey()))
                .findFirst()
                .orElse(null);
    }

    private Result scored(SequenceModel model, Answers.Found found, List<Prediction> predictions) {
        Map<String, Double> scores = new LinkedHashMap<>();
        task.score(found.examples(), found.texts()).forEach((name, value) -> scores.put(qualified(name), value));
        found.scores().forEach((name, value) -> scores.putIfAbsent(qualified(name), value));
        Resampling losses = BatchLosses.of(model, batches).named(this::qualified);
        scores.putAll(losses.scores());
        return new Result(scores, predictions, () -> {
            List<Resampling> resamplings = new ArrayList<>(BatchLosses.ifEnough(losses));
            found.resampling().ifPresent(each -> resamplings.add(each.named(this::qualified)));
            resamplings.addAll(resamplings(predictions));
            return resamplings;
        });
    }

    private List<Resampling> resamplings(List<Prediction> predictions) {
        List<Scored> results = predictions.stream().map(Prediction::scored).toList();
        return task.metrics().values().stream()
                .map(metric -> metric.resampling(results).named(this::qualified))
                .toList();
    }

    @Override
    public Map<String, BadRows> skipped() {
        return Collections.unmodifiableMap(skipped);
    }

    private String qualified(String score) {
        return task.name() + "/" + score;
    }

    /** Found by scoring an example's own target, so that a metric that cannot score it says so before training. */
    @Override
    public Set<String> scoreNames() {
        if (!labelled) {
            return Set.of();
        }
        Example first = batches.examples().get(0);
        Set<String> names = new TreeSet<>();
        task.score(List.of(first), List.of(first.targets())).keySet().forEach(name -> names.add(qualified(name)));
        answers.scoreNames().forEach(name -> names.add(qualified(name)));
        names.add(qualified(LOSS));
        names.add(qualified(PERPLEXITY));
        return names;
    }

    @Override
    public String mainScore() {
        return qualified(task.scores().keySet().stream().findFirst().orElse(LOSS));
    }

    @Override
    public boolean higherIsBetter(String score) {
        if (Set.of(qualified(LOSS), qualified(PERPLEXITY)).contains(score)) {
            return false;
        }
        Metric metric = score.startsWith(task.name() + "/")
                ? task.scores().get(score.substring(task.name().length() + 1))
                : null;
        return metric == null || metric.higherIsBetter();
    }

    @Override
    public Map<String, String> signatures() {
        Map<String, String> signatures = new LinkedHashMap<>();
        if (!labelled) {
            return signatures;
        }
        task.signatures(batches.examples()).forEach((name, text) -> signatures.put(qualified(name), text));
        return signatures;
    }
}
