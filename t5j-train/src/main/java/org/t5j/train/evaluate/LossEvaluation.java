package org.t5j.train.evaluate;

import java.util.List;
import java.util.Set;
import org.t5j.core.SequenceModel;
import org.t5j.data.batch.EvalBatches;
import org.t5j.data.metric.Resampling;

/**
 * {@code <name>/loss}, the mean negative log-likelihood of the targets of held-out examples in nats, and {@code
 * <name>/perplexity}, its exponential.
 */
public final class LossEvaluation implements Evaluation {
    private static final String LOSS = "/" + BatchLosses.LOSS;
    private static final String PERPLEXITY = "/" + BatchLosses.PERPLEXITY;

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
        Resampling losses = BatchLosses.of(model, batches).named(score -> name + "/" + score);
        return new Result(losses.scores(), List.of(), () -> BatchLosses.ifEnough(losses));
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
