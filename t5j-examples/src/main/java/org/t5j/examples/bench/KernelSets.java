package org.t5j.examples.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.t5j.core.DefaultKernels;
import org.t5j.core.kernel.Kernels;
import org.t5j.core.kernel.Nd4jKernels;
import org.t5j.core.kernel.cpu.CpuKernels;
import org.t5j.core.tensor.Nd4jBackend;

/** The implementations of {@link Kernels} there are; each call makes a new one that the caller closes. */
final class KernelSets {
    private KernelSets() {}

    /** What a model computes with on this machine. */
    static Kernels chosen() {
        return DefaultKernels.create(0);
    }

    /** All that run on this machine by name, the one to compare with first. */
    static Map<String, Supplier<Kernels>> byName() {
        Map<String, Supplier<Kernels>> sets = new LinkedHashMap<>();
        sets.put("nd4j", () -> new Nd4jKernels(Nd4jBackend.create()));
        sets.put("cpu", () -> new CpuKernels(Nd4jBackend.create()));
        return sets;
    }

    /** One line that says what computes. */
    static String describe(Kernels kernels) {
        return kernels.describe() + "; " + kernels.backend().describe();
    }
}
