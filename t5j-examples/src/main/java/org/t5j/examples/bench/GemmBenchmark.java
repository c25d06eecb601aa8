package org.t5j.examples.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.t5j.core.kernel.Kernels;
import org.t5j.core.tensor.Backend;
import org.t5j.core.tensor.Tensor;

/**
 * The rate of float32 matrix products on this machine: the ceiling of a training step.
 *
 * @param threads of the kernels, for the record
 */
public record GemmBenchmark(int threads) {
    private static final int[] SIZES = {512, 1024, 2048};
    private static final int REPETITIONS = 12;

    /** The best rate of square matrices of three sizes, and that of each. */
    public ObjectNode run() {
        try (Kernels kernels = KernelSets.chosen()) {
            ObjectNode out = Report.start("gemm", kernels, threads);
            ObjectNode bySize = out.objectNode();
            for (int size : SIZES) {
                bySize.put(Integer.toString(size), StepTimes.rounded(gflops(kernels, size), 1));
            }
            double best = Arrays.stream(SIZES)
                    .mapToDouble(size -> bySize.get(Integer.toString(size)).asDouble())
                    .max()
                    .orElseThrow();
            out.put("gflops_best", best);
            out.set("gflops_by_size", bySize);
            return Report.finish(out);
        }
    }

    /** The best rate of any size, in GFLOP/s. */
    static double ceiling() {
        try (Kernels kernels = KernelSets.chosen()) {
            return Arrays.stream(SIZES)
                    .mapToDouble(size -> gflops(kernels, size))
                    .max()
                    .orElseThrow();
        }
    }

    private static double gflops(Kernels kernels, int size) {
        Backend backend = kernels.backend();
        Tensor a = random(backend, size);
        Tensor b = random(backend, size);
        Tensor product = backend.allocateTensor(size, size);
        long best = Long.MAX_VALUE;
        for (int i = 0; i < REPETITIONS; i++) {
            long started = System.nanoTime();
            kernels.matmul(a, false, b, false, 1f, 0f, product);
            best = Math.min(best, System.nanoTime() - started);
        }
        for (Tensor tensor : new Tensor[] {a, b, product}) {
            backend.free(tensor.storage());
        }
        return 2.0 * size * size * size / best;
    }

    private static Tensor random(Backend backend, int size) {
        SplittableRandom random = new SplittableRandom(size);
        float[] values = new float[size * size];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        Tensor tensor = backend.allocateTensor(size, size);
        backend.write(tensor, values, 0);
        return tensor;
    }
}
