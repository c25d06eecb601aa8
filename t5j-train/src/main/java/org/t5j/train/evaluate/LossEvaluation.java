package org.t5j.train.evaluate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.t5j.core.SequenceModel;
import org.t5j.data.batch.Batch;
import org.t5j.data.batch.EvalBatch;
import org.t5j.data.batch.EvalBatches;
import org.t5j.train.batch.ModelBatch;

/**
 * {@code <name>/loss}, the mean negative log-likelihood of the targets of held-out examples in nats, and {@code
 * <name>/perplexity}, its exponential.
 */
public final class LossEvaluation implements Evaluation {
    private static final String LOSS = "/loss";
    private static final String PERPLEXITY = "/perplexity";

    private final String name;
    private final EvalBatches batches;

    /**
     * @param name of the data: the score is {@code <name>/loss}
     * @param batches the examples, the same in every evaluation
     */
    public LossEvaluation(String name, EvalBatches batches) {
        this.name = name;
        this.batches = batches;
    }

    @Override
    public Result evaluate(SequenceModel model) {
        Map<String, Double> scores = new LinkedHashMap<>();
        double loss = meanLoss(model, batches);
        scores.put(name + LOSS, loss);
        scores.put(name + PERPLEXITY, Math.exp(loss));
        return new Result(scores, List.of());
    }

    /** Mean negative log-likelihood over the targets of all batches, in nats. */
    static double meanLoss(SequenceModel model, EvalBatches batches) {
        double sum = 0;
        long targets = 0;
        for (EvalBatch each : batches) {
            Batch batch = each.batch();
            sum += model.evaluateLoss(ModelBatch.of(model.config(), batch)).negativeLogLikelihood();
            targets += batch.targetTokens();
        }
        return sum / targets;
    }

    @Override
    public Set<String> scoreNames() {
        return Set.of(name + LOSS, name + PERPLEXITY);
    }

    @Override
    public String mainScore() {
        return name + LOSS;
    }

    @Override
    public boolean higherIsBetter(String score) {
        return !scoreNames().contains(score);
    }
}
