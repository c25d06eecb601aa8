package org.t5j.core.kernel.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import org.t5j.core.tensor.Backend;
import org.t5j.core.tensor.HostMemory;
import org.t5j.core.tensor.Nd4jBackend;
import org.t5j.core.tensor.Tensor;

/** A run of floats inside a tensor, with guards before and behind it. */
final class Run {
    private static final float GUARD = 12345f;
    private static final int BEFORE = 3;
    private static final int BEHIND = 40;

    final HostMemory memory;
    final long at = BEFORE;
    final float[] before;
    private final Backend backend;
    private final Tensor tensor;

    Run(Backend backend, float... values) {
        this.backend = backend;
        this.before = values.clone();
        tensor = new Tensor(backend.allocate(BEFORE + values.length + BEHIND), 0, BEFORE + values.length + BEHIND);
        memory = Nd4jBackend.hostMemory(tensor);
        reset();
    }

    /** Writes the first values again. */
    void reset() {
        float[] all = new float[(int) tensor.length()];
        Arrays.fill(all, GUARD);
        System.arraycopy(before, 0, all, BEFORE, before.length);
        backend.write(tensor, all, 0);
    }

    float[] now() {
        float[] values = new float[before.length];
        System.arraycopy(backend.toArray(tensor), BEFORE, values, 0, values.length);
        return values;
    }

    /** Whether each value is near what it should be and nothing outside the run has changed. */
    void holds(IntToDoubleFunction expected, double tolerance) {
        float[] all = backend.toArray(tensor);
        for (int i = 0; i < before.length; i++) {
            double value = expected.applyAsDouble(i);
            double error = Math.abs(all[BEFORE + i] - value);
            assertThat(error <= tolerance * (1 + Math.abs(value)) || all[BEFORE + i] == value)
                    .as("element %d of %d is %s, expected %s", i, before.length, all[BEFORE + i], value)
                    .isTrue();
        }
        for (int i = 0; i < all.length; i++) {
            if (i < BEFORE || i >= BEFORE + before.length) {
                assertThat(all[i])
                        .as("guard at %d of %d", i - BEFORE, before.length)
                        .isEqualTo(GUARD);
            }
        }
    }

    void free() {
        backend.free(tensor.storage());
    }
}
