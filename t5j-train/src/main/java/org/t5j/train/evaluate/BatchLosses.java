package org.t5j.train.evaluate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.t5j.core.SequenceModel;
import org.t5j.data.batch.Batch;
import org.t5j.data.batch.EvalBatch;
import org.t5j.data.batch.EvalBatches;
import org.t5j.data.metric.Resampling;
import org.t5j.train.batch.ModelBatch;

/**
 * {@code loss}, the mean negative log-likelihood of the targets of batches in nats, and {@code perplexity}, its exponential.
 * They are resampled by batches, whose losses are what a model gives.
 */
final class BatchLosses {
    static final String LOSS = "loss";
    static final String PERPLEXITY = "perplexity";
    /** Fewer units are too few to draw from. */
    private static final int ENOUGH = 20;

    private BatchLosses() {}

    private record OfBatch(double negativeLogLikelihood, int targets) {}

    static Resampling of(SequenceModel model, EvalBatches batches) {
        List<OfBatch> losses = new ArrayList<>();
        for (EvalBatch each : batches) {
            Batch batch = each.batch();
            losses.add(new OfBatch(
                    model.evaluateLoss(ModelBatch.of(model.config(), batch)).negativeLogLikelihood(),
                    batch.targetTokens()));
        }
        return Resampling.of(List.copyOf(losses), BatchLosses::scores);
    }

    private static Map<String, Double> scores(List<OfBatch> batches) {
        double sum = 0;
        long targets = 0;
        for (OfBatch batch : batches) {
            sum += batch.negativeLogLikelihood;
            targets += batch.targets;
        }
        Map<String, Double> scores = new LinkedHashMap<>();
        scores.put(LOSS, sum / targets);
        scores.put(PERPLEXITY, Math.exp(sum / targets));
        return scores;
    }

    /** {@code losses}, or nothing where there are too few batches to say how sure they are. */
    static List<Resampling> ifEnough(Resampling losses) {
        return losses.units() >= ENOUGH ? List.of(losses) : List.of();
    }
}
