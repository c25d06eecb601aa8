package org.t5j.train.evaluate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.t5j.core.T5Model;
import org.t5j.data.batch.Batch;
import org.t5j.data.batch.EvalBatch;
import org.t5j.data.batch.EvalBatches;
import org.t5j.train.batch.ModelBatch;

/** {@code <name>/loss}: mean negative log-likelihood of the targets of held-out examples, in nats. */
public final class LossEvaluation implements Evaluation {
    private static final String LOSS = "/loss";

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
    public Result evaluate(T5Model model) {
        Map<String, Double> scores = new LinkedHashMap<>();
        scores.put(mainScore(), meanLoss(model, batches));
        return new Result(scores, List.of());
    }

    /** Mean negative log-likelihood over the targets of all batches, in nats. */
    static double meanLoss(T5Model model, EvalBatches batches) {
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
        return Set.of(mainScore());
    }

    @Override
    public String mainScore() {
        return name + LOSS;
    }

    @Override
    public boolean higherIsBetter(String score) {
        return !score.endsWith(LOSS);
    }
}
