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
import org.t5j.core.kernel.AttentionMask;
import org.t5j.core.kernel.AttentionShape;
import org.t5j.core.tensor.Tensor;

/** The encoder's self-attention without padding, forward and backward. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class AttentionBenchmark {
    private static final AttentionShape SHAPE = new AttentionShape(
            KernelsState.BATCH, KernelsState.HEADS, KernelsState.SOURCE, KernelsState.SOURCE, KernelsState.HEAD_WIDTH);

    private Tensor q;
    private Tensor k;
    private Tensor v;
    private Tensor bias;
    private Tensor statistics;
    private Tensor out;
    private Tensor dOut;
    private Tensor dQ;
    private Tensor dK;
    private Tensor dV;
    private Tensor dBias;

    @Setup
    public void allocate(KernelsState state) {
        q = state.random(KernelsState.ROWS, SHAPE.inner());
        k = state.random(KernelsState.ROWS, SHAPE.inner());
        v = state.random(KernelsState.ROWS, SHAPE.inner());
        out = state.random(KernelsState.ROWS, SHAPE.inner());
        dQ = state.random(KernelsState.ROWS, SHAPE.inner());
        dK = state.random(KernelsState.ROWS, SHAPE.inner());
        dV = state.random(KernelsState.ROWS, SHAPE.inner());
        dOut = state.random(KernelsState.ROWS, SHAPE.inner());
        bias = state.random(SHAPE.heads(), SHAPE.distances());
        dBias = state.random(SHAPE.heads(), SHAPE.distances());
        statistics = state.random(KernelsState.ROWS, SHAPE.heads(), 2);
        forward(state);
    }

    @Benchmark
    public void forward(KernelsState state) {
        state.kernels.attention(SHAPE, q, k, v, bias, AttentionMask.none(false), KernelsState.DROPOUT, statistics, out);
    }

    /** The gradient that is added to is set to zero first, lest it grow without end. */
    @Benchmark
    public void backward(KernelsState state) {
        state.kernels.fill(dBias, 0f);
        state.kernels.attentionBackward(
                SHAPE,
                dOut,
                q,
                k,
                v,
                bias,
                AttentionMask.none(false),
                KernelsState.DROPOUT,
                statistics,
                out,
                dQ,
                dK,
                dV,
                dBias);
    }
}
