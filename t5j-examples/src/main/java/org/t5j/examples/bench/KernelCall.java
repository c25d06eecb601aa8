package org.t5j.examples.bench;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.t5j.core.kernel.AttentionShape;
import org.t5j.core.tensor.Tensor;

/**
 * A call of a method of {@link org.t5j.core.kernel.Kernels}, and what can be told of its work from its arguments.
 *
 * @param kernel name of the method
 * @param arguments not to be changed
 */
record KernelCall(String kernel, Object[] arguments) {
    private static final String MATMUL = "matmul";

    /** Whether it is a matrix product and nothing else. */
    static boolean isMatmul(String kernel) {
        return kernel.startsWith(MATMUL);
    }

    /** Multiply-adds times two of its matrix products: two products in an attention, four in its backward pass. */
    double flops() {
        if (isMatmul(kernel)) {
            return matmulFlops();
        }
        return Arrays.stream(arguments)
                .filter(AttentionShape.class::isInstance)
                .map(AttentionShape.class::cast)
                .mapToDouble(shape -> (kernel.endsWith("Backward") ? 8.0 : 4.0) * pairs(shape) * shape.inner())
                .findFirst()
                .orElse(0);
    }

    private static double pairs(AttentionShape shape) {
        double pairs = 0;
        for (int b = 0; b < shape.batch(); b++) {
            pairs += (double) shape.queries().length(b) * shape.keys().length(b);
        }
        return pairs;
    }

    /** Of {@code [m, n] += [m, k] [k, n]}, whichever is transposed: {@code 2 sqrt(mk kn mn)}. */
    private double matmulFlops() {
        return 2 * Math.sqrt(tensors().mapToDouble(Tensor::length).reduce(1, (a, b) -> a * b));
    }

    /** Bytes of the tensors it was given; of a gather or scatter those of the rows, read and written. */
    double bytes() {
        double floats = kernel.endsWith("Rows")
                ? 2.0 * tensors().mapToLong(Tensor::length).min().orElse(0)
                : tensors().mapToLong(Tensor::length).sum();
        return floats * Float.BYTES;
    }

    /** Elements of its largest tensor; of a gather or scatter those of the rows. */
    double elements() {
        var lengths = tensors().mapToLong(Tensor::length);
        return (kernel.endsWith("Rows") ? lengths.min() : lengths.max()).orElse(0);
    }

    /** The kernel with the size of its largest tensor; of a matrix product all three. */
    String nameWithSizes() {
        String sizes = isMatmul(kernel)
                ? tensors().map(KernelCall::size).collect(Collectors.joining(" "))
                : tensors()
                        .max(Comparator.comparingLong(Tensor::length))
                        .map(KernelCall::size)
                        .orElse("");
        return kernel + " " + sizes;
    }

    private static String size(Tensor tensor) {
        return Arrays.stream(tensor.shape()).mapToObj(Integer::toString).collect(Collectors.joining("x"));
    }

    private Stream<Tensor> tensors() {
        return Arrays.stream(arguments).filter(Tensor.class::isInstance).map(Tensor.class::cast);
    }
}
