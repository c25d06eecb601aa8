package org.t5j.examples.bench;

import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.t5j.core.kernel.Dropout;
import org.t5j.core.kernel.Kernels;
import org.t5j.core.tensor.Tensor;

/** The implementation under test, and random tensors at the sizes of preset {@code small}. */
@State(Scope.Benchmark)
public class KernelsState {
    static final int BATCH = 8;
    static final int SOURCE = 512;
    static final int ROWS = BATCH * SOURCE;
    static final int TARGET_ROWS = BATCH * 114;
    static final int WIDTH = 512;
    static final int FEED_FORWARD = 2048;
    static final int HEADS = 8;
    static final int HEAD_WIDTH = 64;
    static final int VOCABULARY = 32128;
    static final Dropout DROPOUT = new Dropout(42, 0.1f, null);

    /** A name of {@link KernelSets#byName}. */
    @Param({"nd4j", "cpu"})
    public String implementation;

    Kernels kernels;

    @Setup
    public void open() {
        kernels = KernelSets.byName().get(implementation).get();
    }

    @TearDown
    public void close() {
        kernels.close();
    }

    /** A tensor of values between -1 and 1. */
    Tensor random(int... shape) {
        Tensor tensor = kernels.backend().allocateTensor(shape);
        float[] values = new float[(int) tensor.length()];
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        kernels.backend().write(tensor, values, 0);
        return tensor;
    }
}
