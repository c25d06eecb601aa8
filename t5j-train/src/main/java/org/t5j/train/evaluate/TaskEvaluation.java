package org.t5j.train.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.t5j.core.T5Model;
import org.t5j.core.decode.GenerationConfig;
import org.t5j.data.Example;
import org.t5j.data.batch.Batch;
import org.t5j.data.batch.EvalBatch;
import org.t5j.data.batch.EvalBatches;
import org.t5j.data.metric.Metric;
import org.t5j.data.task.Task;
import org.t5j.tokenizer.Tokenizer;

/**
 * Scores of a task: the model writes an output for every example of a split, and the task's metrics compare them with the
 * targets; with the loss, {@code <task>/loss}.
 */
public final class TaskEvaluation implements Evaluation {
    private static final String LOSS = "loss";

    private final Task task;
    private final Tokenizer tokenizer;
    private final EvalBatches batches;
    private final int numBeams;

    /**
     * @param split of the task
     * @param batchSize examples decoded side by side
     * @param limit examples at most
     * @param numBeams 1 for greedy search
     */
    public TaskEvaluation(Task task, String split, Tokenizer tokenizer, int batchSize, int limit, int numBeams) {
        this.task = task;
        this.tokenizer = tokenizer;
        this.batches = EvalBatches.ofTask(task, split, tokenizer, batchSize, limit);
        this.numBeams = numBeams;
    }

    @Override
    public Result evaluate(T5Model model) {
        List<Example> examples = new ArrayList<>();
        List<String> outputs = new ArrayList<>();
        for (EvalBatch batch : batches) {
            examples.addAll(batch.examples());
            outputs.addAll(write(model, batch.batch()));
        }
        Map<String, Double> scores = new LinkedHashMap<>();
        task.score(examples, outputs).forEach((name, value) -> scores.put(qualified(name), value));
        scores.put(qualified(LOSS), LossEvaluation.meanLoss(model, batches));
        List<Prediction> predictions = new ArrayList<>();
        for (int i = 0; i < outputs.size(); i++) {
            Example example = examples.get(i);
            predictions.add(new Prediction(example.inputs(), example.targets(), outputs.get(i)));
        }
        return new Result(scores, predictions);
    }

    private List<String> write(T5Model model, Batch batch) {
        GenerationConfig config = GenerationConfig.builder()
                .maxNewTokens(task.targetLength())
                .numBeams(numBeams)
                .startTokenId(model.config().decoderStartTokenId())
                .eosTokenId(model.config().eosTokenId())
                .padTokenId(model.config().padTokenId())
                .build();
        return model.generate(rows(batch), config).stream()
                .map(outputs -> tokenizer.decodeOutput(outputs.get(0).tokens()))
                .toList();
    }

    /** The inputs without their padding. */
    private static int[][] rows(Batch batch) {
        return IntStream.range(0, batch.size())
                .mapToObj(row -> Arrays.stream(
                                batch.inputIds(), row * batch.inputLength(), (row + 1) * batch.inputLength())
                        .filter(id -> id != Batch.PAD)
                        .toArray())
                .toArray(int[][]::new);
    }

    private String qualified(String score) {
        return task.name() + "/" + score;
    }

    /** Found by scoring an example's own target, so that a metric that cannot score it says so before training. */
    @Override
    public Set<String> scoreNames() {
        Example first = batches.examples().get(0);
        Set<String> names = new TreeSet<>();
        task.score(List.of(first), List.of(first.targets())).keySet().forEach(name -> names.add(qualified(name)));
        names.add(qualified(LOSS));
        return names;
    }

    @Override
    public String mainScore() {
        return qualified(task.scores().keySet().stream().findFirst().orElse(LOSS));
    }

    @Override
    public boolean higherIsBetter(String score) {
        if (score.equals(qualified(LOSS))) {
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
        task.signatures(batches.examples()).forEach((name, text) -> signatures.put(qualified(name), text));
        return signatures;
    }
}
