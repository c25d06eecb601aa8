package org.t5j.core;

import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.t5j.core.kernel.Kernels;
import org.t5j.core.kernel.Nd4jKernels;
import org.t5j.core.kernel.cpu.CpuKernels;
import org.t5j.core.tensor.Nd4jBackend;

/**
 * Chooses what computes for a model: {@link CpuKernels} where tensors are in the memory of this process, else {@link
 * Nd4jKernels}. System property {@value #PROPERTY}, {@code cpu} or {@code nd4j}, overrides the choice.
 */
public final class DefaultKernels {
    static final String PROPERTY = "t5j.kernels";

    private static final Logger LOG = LoggerFactory.getLogger(DefaultKernels.class);
    private static final AtomicBoolean TOLD = new AtomicBoolean();

    private DefaultKernels() {}

    /**
     * Kernels on the backend found on the class path; says once which they are. The caller closes them.
     *
     * @param largestTensor elements of the largest tensor to compute with: a model's embedding
     */
    public static Kernels create(long largestTensor) {
        Nd4jBackend backend = Nd4jBackend.create();
        Kernels kernels = useCpuKernels(backend, largestTensor) ? new CpuKernels(backend) : new Nd4jKernels(backend);
        if (TOLD.compareAndSet(false, true)) {
            LOG.info("{}; {}", kernels.describe(), backend.describe());
        }
        return kernels;
    }

    private static boolean useCpuKernels(Nd4jBackend backend, long largestTensor) {
        String forced = System.getProperty(PROPERTY, "");
        switch (forced) {
            case "nd4j":
                return false;
            case "", "cpu":
                break;
            default:
                throw new T5Exception("System property " + PROPERTY + " must be cpu or nd4j, found \"" + forced + "\"");
        }
        if (!backend.onHost()) {
            return false;
        }
        if (!CpuKernels.reach(largestTensor)) {
            LOG.warn(
                    "A tensor has {} numbers, more than the CPU kernels reach on Java {}: ND4J operations are used,"
                            + " which are slower. Java 22 or newer has no such limit.",
                    largestTensor,
                    Runtime.version().feature());
            return false;
        }
        return true;
    }
}
