package org.t5j.examples.bench;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.t5j.core.kernel.AdafactorStep;
import org.t5j.core.kernel.AdamStep;
import org.t5j.core.kernel.CrossEntropy;
import org.t5j.core.tensor.Arena;
import org.t5j.core.tensor.IntTensor;
import org.t5j.core.tensor.Tensor;

/** The loss over the vocabulary, embedding rows, and the update of the embedding table. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class LossAndUpdateBenchmark {
    private static final AdafactorStep ADAFACTOR = new AdafactorStep(1e-3f, 0.5, 1e-30f, 1e-3f, 1f, true, 0f, 0);
    private static final AdamStep ADAM = new AdamStep(1e-4f, 0.9, 0.999, 1f, 1e-8f, 0f, 0f);

    private Tensor logits;
    private IntTensor labels;
    private IntTensor ids;
    private Tensor table;
    private Tensor gradient;
    private Tensor rows;
    private Tensor rowMoments;
    private Tensor columnMoments;
    private Tensor m;
    private Tensor v;

    @Setup
    public void allocate(KernelsState state) {
        Arena arena = new Arena(state.kernels.backend());
        SplittableRandom random = new SplittableRandom(1);
        logits = state.random(KernelsState.TARGET_ROWS, KernelsState.VOCABULARY);
        labels = arena.takeInts(random.ints(KernelsState.TARGET_ROWS, 0, KernelsState.VOCABULARY)
                .toArray());
        ids = arena.takeInts(
                random.ints(KernelsState.ROWS, 0, KernelsState.VOCABULARY).toArray());
        table = state.random(KernelsState.VOCABULARY, KernelsState.WIDTH);
        gradient = state.random(KernelsState.VOCABULARY, KernelsState.WIDTH);
        rows = state.random(KernelsState.ROWS, KernelsState.WIDTH);
        rowMoments = state.kernels.backend().allocateTensor(KernelsState.VOCABULARY);
        columnMoments = state.kernels.backend().allocateTensor(KernelsState.WIDTH);
        m = state.kernels.backend().allocateTensor(KernelsState.VOCABULARY, KernelsState.WIDTH);
        v = state.kernels.backend().allocateTensor(KernelsState.VOCABULARY, KernelsState.WIDTH);
    }

    /** From the second call on the logits are the gradients of the call before: as much work, other values. */
    @Benchmark
    public CrossEntropy.Sums crossEntropy(KernelsState state) {
        return state.kernels.crossEntropyInPlace(logits, labels, CrossEntropy.PLAIN, 1f);
    }

    @Benchmark
    public void gatherRows(KernelsState state) {
        state.kernels.gatherRows(table, ids, rows);
    }

    @Benchmark
    public void scatterAddRows(KernelsState state) {
        state.kernels.scatterAddRows(rows, ids, gradient);
    }

    @Benchmark
    public void adafactorFactored(KernelsState state) {
        state.kernels.adafactorFactored(table, gradient, rowMoments, columnMoments, null, ADAFACTOR);
    }

    @Benchmark
    public void adam(KernelsState state) {
        state.kernels.adam(table, gradient, m, v, ADAM);
    }
}
