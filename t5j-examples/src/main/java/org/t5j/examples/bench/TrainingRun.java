package org.t5j.examples.bench;

import org.t5j.core.StepOptions;
import org.t5j.core.T5Batch;
import org.t5j.core.T5Model;
import org.t5j.core.kernel.CrossEntropy;
import org.t5j.core.kernel.Kernels;
import org.t5j.train.optim.AdafactorConfig;
import org.t5j.train.optim.AdamWConfig;
import org.t5j.train.optim.Optimizer;

/** A model in training on one batch, step by step. Closes the kernels it is given. */
final class TrainingRun implements AutoCloseable {
    private static final double ADAFACTOR_RATE = 1e-3;
    private static final double ADAMW_RATE = 1e-4;

    private final TrainingWork work;
    private final T5Batch batch;
    private final int targets;
    private final T5Model model;
    private final Optimizer optimizer;
    private final double learningRate;
    private long step;
    private double loss;

    TrainingRun(TrainingWork work, Kernels kernels) {
        this.work = work;
        this.batch = work.tokenBatch();
        this.targets = batch.targets();
        this.model = T5Model.create(work.config(), 1, kernels);
        boolean adamW = work.optimizer().equals("adamw");
        this.learningRate = adamW ? ADAMW_RATE : ADAFACTOR_RATE;
        this.optimizer = adamW
                ? AdamWConfig.defaults().create(kernels)
                : AdafactorConfig.t5x().create(kernels);
    }

    /** Zeroes gradients, runs forward and backward, updates; the seconds that took. */
    double step() {
        long started = System.nanoTime();
        StepOptions options = new StepOptions(work.dropout(), false, 1, step++, 0, CrossEntropy.PLAIN, 1f / targets);
        model.zeroGradients();
        loss = model.forwardBackward(batch, options).loss() / targets;
        optimizer.step(model.parameters(), learningRate);
        return (System.nanoTime() - started) / 1e9;
    }

    /** The mean loss of the last step, in nats. */
    double loss() {
        return loss;
    }

    @Override
    public void close() {
        optimizer.close();
        model.close();
    }
}
