package org.t5j.core.kernel;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.Map;
import org.t5j.core.tensor.RehearsalBackend;
import org.t5j.core.tensor.Tensor;

/**
 * Kernels that compute nothing, on memory that is only counted: a model trains with them to learn what it needs. They
 * reckon the scratch memory that the CPU kernels would take besides.
 */
public final class RehearsalKernels {
    /** Queries of an attention that are computed together, {@code AttentionScores.BLOCK}. */
    private static final long BLOCK = 256;
    /** Keys of a query are rounded up to a multiple, {@code AttentionOperands.ALIGNMENT}. */
    private static final long ALIGNMENT = 16;
    /** Pieces that a matrix is divided into for an update at most, {@code CpuUpdates}. */
    private static final long PIECES = 256;
    /** Numbers that a thread keeps of the product of a few rows, {@code CpuFewRowsMatmul}. */
    private static final long FEW_ROWS = 16 * 128;
    /** Rows of a layer norm whose gradients are summed together, {@code CpuRmsNorm}. */
    private static final long NORM_ROWS = 32;

    private final RehearsalBackend backend = new RehearsalBackend();
    private final int threads;
    private final Map<String, Long> scratchFloats = new LinkedHashMap<>();
    private final Kernels kernels;

    /** @param threads of the kernels that will compute */
    public RehearsalKernels(int threads) {
        this.threads = threads;
        InvocationHandler nothing = this::invoke;
        this.kernels = (Kernels)
                Proxy.newProxyInstance(Kernels.class.getClassLoader(), new Class<?>[] {Kernels.class}, nothing);
    }

    /** What a model and its optimizer are to be made with. */
    public Kernels kernels() {
        return kernels;
    }

    /** The memory that was counted. */
    public RehearsalBackend backend() {
        return backend;
    }

    /** About how many bytes of scratch memory the operations so far need, each operation its largest use. */
    public long scratchBytes() {
        return Float.BYTES
                * scratchFloats.values().stream().mapToLong(Long::longValue).sum();
    }

    private Object invoke(Object proxy, Method method, Object[] arguments) {
        switch (method.getName()) {
            case "backend":
                return backend;
            case "describe", "toString":
                return "rehearsal";
            case "hashCode":
                return System.identityHashCode(proxy);
            case "equals":
                return proxy == arguments[0];
            case "sumOfSquares":
                return 0.0;
            case "crossEntropyInPlace":
                return CrossEntropy.Sums.ZERO;
            default:
                reckon(method.getName(), arguments);
                return null;
        }
    }

    private void reckon(String operation, Object[] arguments) {
        long floats =
                switch (operation) {
                    case "matmul" -> threads * FEW_ROWS;
                    case "attention" -> scores((AttentionShape) arguments[0], 1);
                    case "attentionBackward" ->
                        scores((AttentionShape) arguments[0], 2) + distances((AttentionShape) arguments[0]);
                    case "adafactorFactored" ->
                        Math.min(PIECES, ((Tensor) arguments[0]).size(0)) * ((Tensor) arguments[0]).size(1);
                    case "adafactor" -> ((Tensor) arguments[0]).length();
                    case "rmsNormBackward" -> ((Tensor) arguments[1]).length() / NORM_ROWS;
                    default -> 0;
                };
        scratchFloats.merge(operation, floats, Math::max);
    }

    private long scores(AttentionShape shape, int matrices) {
        long keys = (shape.keys().maxLength() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        return threads * (matrices * BLOCK + 8) * keys;
    }

    private static long distances(AttentionShape shape) {
        return (long) shape.batch() * shape.heads() * shape.distances();
    }
}
