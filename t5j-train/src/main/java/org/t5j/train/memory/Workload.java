package org.t5j.train.memory;

import java.util.Arrays;
import java.util.function.Consumer;
import org.t5j.core.StepOptions;
import org.t5j.core.T5Batch;
import org.t5j.core.T5Config;
import org.t5j.core.T5Model;
import org.t5j.core.decode.DecoderState;
import org.t5j.core.kernel.CrossEntropy;
import org.t5j.core.kernel.RehearsalKernels;
import org.t5j.core.tensor.Nd4jBackend;
import org.t5j.train.average.AverageConfig;
import org.t5j.train.average.WeightAverage;
import org.t5j.train.optim.Optimizer;
import org.t5j.train.optim.OptimizerConfig;

/**
 * What decides the memory of a run.
 *
 * @param model its shape
 * @param prepare freezes what is not trained
 * @param optimizer whose moments are kept
 * @param average whose copy of the weights is kept
 * @param dropoutRate 0 … below 1
 * @param recompute whether activations are computed again instead of kept
 * @param batchSize rows of a batch
 * @param gradAcc batches of an update
 * @param inputLength of the longest inputs
 * @param targetLength of the longest targets
 * @param evalBatchSize rows of a batch of evaluation
 * @param beams of written answers; 0 where none are written
 */
public record Workload(
        T5Config model,
        Consumer<T5Model> prepare,
        OptimizerConfig optimizer,
        AverageConfig average,
        float dropoutRate,
        boolean recompute,
        int batchSize,
        int gradAcc,
        int inputLength,
        int targetLength,
        int evalBatchSize,
        int beams) {
    private static final int SOME_ID = 2;

    /** The same with activations computed again. */
    Workload recomputing() {
        return with(optimizer, true, batchSize, gradAcc, evalBatchSize);
    }

    /** The same updates of {@code parts} times as many batches. */
    Workload divided(int parts) {
        return with(optimizer, recompute, batchSize / parts, gradAcc * parts, evalBatchSize);
    }

    /** The same with other batches of evaluation. */
    Workload evaluating(int rows) {
        return with(optimizer, recompute, batchSize, gradAcc, rows);
    }

    /** The same with another optimizer. */
    Workload optimizer(OptimizerConfig other) {
        return with(other, recompute, batchSize, gradAcc, evalBatchSize);
    }

    private Workload with(OptimizerConfig newOptimizer, boolean newRecompute, int rows, int newGradAcc, int evalRows) {
        return new Workload(
                model,
                prepare,
                newOptimizer,
                average,
                dropoutRate,
                newRecompute,
                rows,
                newGradAcc,
                inputLength,
                targetLength,
                evalRows,
                beams);
    }

    /** The largest step, evaluation and answer of the run, on memory that is only counted. */
    MemoryPlan plan() {
        RehearsalKernels rehearsal = new RehearsalKernels(Nd4jBackend.threads());
        MemoryPlan.Builder plan = new MemoryPlan.Builder(rehearsal.backend());
        try (T5Model rehearsed = T5Model.zeros(model, rehearsal.kernels());
                Optimizer moments = optimizer.create(rehearsal.kernels());
                WeightAverage averages = new WeightAverage(average, rehearsed.parameters(), rehearsal.kernels())) {
            plan.add("weights", "%,d numbers of 4 bytes", model.parameterCount());
            prepare.accept(rehearsed);
            rehearsed.zeroGradients();
            plan.add("gradients", "one for every weight that is trained");
            moments.step(rehearsed.parameters(), 0);
            plan.add("optimizer", "its moments");
            averages.prepare(Long.MAX_VALUE);
            plan.add("average", "the averaged weights");
            T5Batch batch = batch(batchSize);
            for (int step = 0; step < 2; step++) {
                rehearsed.forwardBackward(batch, options(batch));
            }
            plan.addActivations(
                    "%d x %d inputs, %d targets%s",
                    batchSize, inputLength, targetLength, recompute ? ", computed again block by block" : "");
            evaluate(rehearsed, plan);
            plan.add("scratch", rehearsal.scratchBytes(), "what single operations need");
        }
        return plan.build();
    }

    private void evaluate(T5Model rehearsed, MemoryPlan.Builder plan) {
        T5Batch batch = batch(evalBatchSize);
        for (int i = 0; i < 2; i++) {
            rehearsed.evaluateLoss(batch);
        }
        plan.add("evaluation", "%d x %d inputs, beyond what a step holds", evalBatchSize, inputLength);
        if (beams > 0) {
            int[][] inputs = new int[evalBatchSize][inputLength];
            Arrays.stream(inputs).forEach(row -> Arrays.fill(row, SOME_ID));
            try (DecoderState state = rehearsed.startDecoding(inputs, beams, targetLength + 1)) {
                plan.add("answers", "keys and values of %d texts being written", state.rows());
            }
        }
    }

    private T5Batch batch(int rows) {
        int[] inputs = new int[Math.multiplyExact(rows, inputLength)];
        int[] labels = new int[Math.multiplyExact(rows, targetLength)];
        Arrays.fill(inputs, SOME_ID);
        Arrays.fill(labels, SOME_ID);
        return T5Batch.of(model, rows, inputLength, targetLength, inputs, labels);
    }

    private StepOptions options(T5Batch batch) {
        float scale = 1f / batch.targets();
        return new StepOptions(dropoutRate, false, 0, 0, 0, CrossEntropy.PLAIN, scale).withRecompute(recompute);
    }
}
