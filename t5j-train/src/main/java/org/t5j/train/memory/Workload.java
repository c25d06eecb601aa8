package org.t5j.train.memory;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.t5j.core.StepOptions;
import org.t5j.core.T5Batch;
import org.t5j.core.T5Config;
import org.t5j.core.T5Model;
import org.t5j.core.decode.DecoderState;
import org.t5j.core.decode.GenerationConfig;
import org.t5j.core.kernel.RehearsalKernels;
import org.t5j.core.layer.Additions;
import org.t5j.core.tensor.Nd4jBackend;
import org.t5j.train.average.AverageConfig;
import org.t5j.train.average.WeightAverage;
import org.t5j.train.optim.Optimizer;
import org.t5j.train.optim.OptimizerConfig;

/**
 * What decides the memory of a run.
 *
 * @param model its shape
 * @param additions what it has beside
 * @param prepare freezes what is not trained
 * @param optimizer whose moments are kept
 * @param average whose copy of the weights is kept
 * @param pass how gradients are computed
 * @param batchSize rows of a batch
 * @param gradAcc batches of an update
 * @param inputLength of the longest inputs
 * @param targetLength of the longest targets
 * @param evalBatchSize rows of a batch of evaluation
 * @param answers how evaluations write texts; none where they write nothing
 */
public record Workload(
        T5Config model,
        Additions additions,
        Consumer<T5Model> prepare,
        OptimizerConfig optimizer,
        AverageConfig average,
        StepOptions pass,
        int batchSize,
        int gradAcc,
        int inputLength,
        int targetLength,
        int evalBatchSize,
        List<GenerationConfig> answers) {
    private static final int SOME_ID = 2;

    public Workload {
        answers = List.copyOf(answers);
    }

    /** Whether activations are computed again instead of kept. */
    boolean recompute() {
        return pass.recompute();
    }

    /** The same with activations computed again. */
    Workload recomputing() {
        return with(optimizer, pass.withRecompute(true), batchSize, gradAcc, evalBatchSize);
    }

    /** The same updates of {@code parts} times as many batches. */
    Workload divided(int parts) {
        return with(optimizer, pass, batchSize / parts, gradAcc * parts, evalBatchSize);
    }

    /** The same with other batches of evaluation. */
    Workload evaluating(int rows) {
        return with(optimizer, pass, batchSize, gradAcc, rows);
    }

    /** The same with another optimizer. */
    Workload optimizer(OptimizerConfig other) {
        return with(other, pass, batchSize, gradAcc, evalBatchSize);
    }

    private Workload with(OptimizerConfig newOptimizer, StepOptions newPass, int rows, int newGradAcc, int evalRows) {
        return new Workload(
                model,
                additions,
                prepare,
                newOptimizer,
                average,
                newPass,
                rows,
                newGradAcc,
                inputLength,
                targetLength,
                evalRows,
                answers);
    }

    /** The largest step, evaluation and answer of the run, on memory that is only counted. */
    MemoryPlan plan() {
        RehearsalKernels rehearsal = new RehearsalKernels(Nd4jBackend.threads());
        MemoryPlan.Builder plan = new MemoryPlan.Builder(rehearsal.backend());
        try (T5Model rehearsed = T5Model.zeros(model, additions, rehearsal.kernels());
                Optimizer moments = optimizer.create(rehearsal.kernels());
                WeightAverage averages = new WeightAverage(average, rehearsed.parameters(), rehearsal.kernels())) {
            plan.add("weights", "%,d numbers of 4 bytes", rehearsed.parameters().count());
            prepare.accept(rehearsed);
            rehearsed.zeroGradients();
            plan.add("gradients", "one for every weight that is trained");
            moments.step(rehearsed.parameters(), 0);
            plan.add("optimizer", "its moments");
            averages.prepare(Long.MAX_VALUE);
            plan.add("average", "the averaged weights");
            T5Batch batch = batch(batchSize);
            for (int step = 0; step < 2; step++) {
                rehearsed.forwardBackward(batch, pass);
            }
            plan.addActivations(
                    "%d x %d inputs, %d targets%s",
                    batchSize, inputLength, targetLength, recompute() ? ", computed again block by block" : "");
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
        answers.stream().max(Comparator.comparingLong(Workload::tokens)).ifPresent(search -> {
            int[][] inputs = new int[evalBatchSize][inputLength];
            Arrays.stream(inputs).forEach(row -> Arrays.fill(row, SOME_ID));
            try (DecoderState state = rehearsed.startDecoding(inputs, search.numBeams(), search.maxLength())) {
                plan.add(
                        "answers",
                        "keys and values of %d texts of up to %d tokens being written",
                        state.rows(),
                        search.maxLength());
            }
        });
    }

    /** Of an answer at most, all beams together. */
    private static long tokens(GenerationConfig search) {
        return (long) search.numBeams() * search.maxLength();
    }

    private T5Batch batch(int rows) {
        int[] inputs = new int[Math.multiplyExact(rows, inputLength)];
        int[] labels = new int[Math.multiplyExact(rows, targetLength)];
        Arrays.fill(inputs, SOME_ID);
        Arrays.fill(labels, SOME_ID);
        return T5Batch.of(model, rows, inputLength, targetLength, inputs, labels);
    }
}
