package org.t5j.examples.bench;

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
import org.t5j.core.kernel.Activation;
import org.t5j.core.tensor.Tensor;

/** Kernels that go over rows: normalisation, dropout, activations. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RowKernelsBenchmark {
    private static final float EPSILON = 1e-6f;

    private Tensor x;
    private Tensor out;
    private Tensor weight;
    private Tensor dWeight;
    private Tensor inverseRms;
    private Tensor wide;
    private Tensor wideLinear;
    private Tensor wideOut;

    @Setup
    public void allocate(KernelsState state) {
        x = state.random(KernelsState.ROWS, KernelsState.WIDTH);
        out = state.random(KernelsState.ROWS, KernelsState.WIDTH);
        weight = state.random(KernelsState.WIDTH);
        dWeight = state.random(KernelsState.WIDTH);
        inverseRms = state.random(KernelsState.ROWS);
        wide = state.random(KernelsState.ROWS, KernelsState.FEED_FORWARD);
        wideLinear = state.random(KernelsState.ROWS, KernelsState.FEED_FORWARD);
        wideOut = state.random(KernelsState.ROWS, KernelsState.FEED_FORWARD);
        state.kernels.rmsNorm(x, weight, EPSILON, inverseRms, out);
    }

    @Benchmark
    public void rmsNorm(KernelsState state) {
        state.kernels.rmsNorm(x, weight, EPSILON, inverseRms, out);
    }

    /** The gradient that is added to is set to zero first, lest it grow without end. */
    @Benchmark
    public void rmsNormBackward(KernelsState state) {
        state.kernels.fill(out, 0f);
        state.kernels.fill(dWeight, 0f);
        state.kernels.rmsNormBackward(x, x, weight, inverseRms, out, dWeight);
    }

    @Benchmark
    public void dropout(KernelsState state) {
        state.kernels.dropout(x, KernelsState.DROPOUT, out);
    }

    @Benchmark
    public void addDropout(KernelsState state) {
        state.kernels.addDropout(x, x, KernelsState.DROPOUT, out);
    }

    @Benchmark
    public void relu(KernelsState state) {
        state.kernels.activate(Activation.RELU, wide, KernelsState.DROPOUT, wideOut);
    }

    @Benchmark
    public void gatedGelu(KernelsState state) {
        state.kernels.gate(Activation.GELU_TANH, wide, wideLinear, KernelsState.DROPOUT, wideOut);
    }

    /** In place: what it writes is what the next call reads, which soon is all zeros and takes as long. */
    @Benchmark
    public void gatedGeluBackward(KernelsState state) {
        state.kernels.gateBackwardInPlace(Activation.GELU_TANH, wideOut, wide, wideLinear, KernelsState.DROPOUT);
    }
}
