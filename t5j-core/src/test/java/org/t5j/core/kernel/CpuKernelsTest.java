package org.t5j.core.kernel;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.t5j.core.kernel.cpu.CpuKernels;
import org.t5j.core.tensor.IntTensor;
import org.t5j.core.tensor.Nd4jBackend;
import org.t5j.core.tensor.Tensor;

/** The CPU kernels with the fastest lanes of this JVM and two threads. */
class CpuKernelsTest extends AttentionContract {

    @Override
    Kernels create() {
        return new CpuKernels(Nd4jBackend.create(), 2);
    }

    /** Every operation, on tensors made beforehand. */
    private final class Calls {
        final Sequences sequences = Sequences.of(40, 7, 33);
        final AttentionShape shape = new AttentionShape(sequences, sequences, 2, 8);
        final Dropout dropout = new Dropout(3, 0.1f, null);
        final Tensor x = random(80, 16);
        final Tensor y = random(80, 16);
        final Tensor z = random(80, 16);
        final Tensor out = random(80, 16);
        final Tensor[] gradients = {random(80, 16), random(80, 16), random(80, 16)};
        final Tensor square = random(16, 16);
        final Tensor few = random(3, 16);
        final Tensor fewOut = random(3, 16);
        final Tensor weight = random(16);
        final Tensor perRow = random(80);
        final Tensor statistics = random(80, 2, 2);
        final Tensor weights = random(3, 2, 40, 40);
        final Tensor table = random(32, 2);
        final Tensor bias = random(2, shape.distances());
        final Tensor dBias = random(2, shape.distances());
        final IntTensor buckets =
                arena.takeInts(random.ints(shape.distances(), 0, 32).toArray());
        final IntTensor rows = arena.takeInts(random.ints(80, 0, 80).toArray());
        final IntTensor labels = arena.takeInts(random.ints(80, 0, 16).toArray());
        final AttentionMask causal = AttentionMask.none(true);
        final KeyRows keys = new KeyRows(new int[] {0, 2, 3}, new int[] {2, 1, 3}, new int[] {5, 9, 11, 0, 1, 2});
        final Tensor second = positive(80, 16);
        final Tensor rowMoment = positive(80);
        final Tensor columnMoment = positive(16);
        final Tensor weightMoment = positive(16);
        final AdamStep adam = new AdamStep(1e-3f, 0.9, 0.999, 1f, 1e-8f, 0f, 0f);
        final AdafactorStep adafactor = new AdafactorStep(1e-3f, 0.9, 1e-30f, 1e-3f, 1f, true, 0f, 0);

        Map<String, Runnable> byName() {
            Map<String, Runnable> calls = new LinkedHashMap<>();
            calls.put("matmul", () -> kernels.matmul(x, false, square, true, 1f, 0f, out));
            calls.put("matmul 2", () -> kernels.matmul(x, true, y, false, 1f, 1f, square));
            calls.put("matmul 3", () -> kernels.matmul(few, false, square, true, 1f, 0f, fewOut));
            calls.put("fill", () -> kernels.fill(z, 0.5f));
            calls.put("copy", () -> kernels.copy(x, z));
            calls.put("addInPlace", () -> kernels.addInPlace(z, y));
            calls.put("addScaled", () -> kernels.addScaled(y, 0.5f, z));
            calls.put("scaleInPlace", () -> kernels.scaleInPlace(z, 0.5f));
            calls.put("sumOfSquares", () -> kernels.sumOfSquares(z));
            calls.put("gatherRows", () -> kernels.gatherRows(x, rows, z));
            calls.put("scatterAddRows", () -> kernels.scatterAddRows(x, rows, z));
            calls.put("scatterRows", () -> kernels.scatterRows(x, rows, z));
            calls.put("rmsNorm", () -> kernels.rmsNorm(x, weight, 1e-6f, perRow, out));
            calls.put("rmsNormBackward", () -> kernels.rmsNormBackward(x, y, weight, perRow, out, weight));
            calls.put("dropout", () -> kernels.dropout(x, dropout, out));
            calls.put("addDropout", () -> kernels.addDropout(x, y, dropout, out));
            calls.put("positionBias", () -> kernels.positionBias(table, buckets, bias));
            calls.put("positionBiasBackward", () -> kernels.positionBiasBackward(dBias, buckets, table));
            calls.put("attention", () -> kernels.attention(shape, x, y, z, bias, causal, dropout, statistics, out));
            calls.put(
                    "attentionBackward",
                    () -> kernels.attentionBackward(
                            shape,
                            x,
                            x,
                            y,
                            z,
                            bias,
                            causal,
                            dropout,
                            statistics,
                            out,
                            gradients[0],
                            gradients[1],
                            gradients[2],
                            dBias));
            calls.put("attentionWeights", () -> kernels.attentionWeights(shape, x, y, bias, causal, weights));
            calls.put("cachedAttention", () -> kernels.cachedAttention(2, few, x, y, keys, null, null, fewOut));
            calls.put("crossEntropyInPlace", () -> kernels.crossEntropyInPlace(out, labels, CrossEntropy.PLAIN, 1f));
            calls.put("adam", () -> kernels.adam(x, y, z, second, adam));
            calls.put(
                    "adafactorFactored",
                    () -> kernels.adafactorFactored(x, y, rowMoment, columnMoment, null, adafactor));
            calls.put("adafactor", () -> kernels.adafactor(weight, weight, weightMoment, null, adafactor));
            for (Activation f : Activation.values()) {
                calls.put("activate " + f, () -> kernels.activate(f, x, dropout, out));
                calls.put("activateBackward " + f, () -> kernels.activateBackward(f, x, y, dropout, out));
                calls.put("gate " + f, () -> kernels.gate(f, x, y, dropout, out));
                calls.put(
                        "gateBackwardInPlace " + f,
                        () -> kernels.gateBackwardInPlace(f, z, gradients[0], gradients[1], dropout));
            }
            return calls;
        }
    }

    /** {@link CrossEntropy.Sums}, the one result that is an object. */
    private static final int BYTES_OF_SUMS = 40;

    @Test
    void allocatesNothingButResults() {
        Map<String, Runnable> calls = new Calls().byName();
        HeapUse heap = new HeapUse(200);
        calls.forEach((name, call) -> {
            long bytes = name.equals("crossEntropyInPlace") ? BYTES_OF_SUMS : 0;
            heap.requireBytes(bytes, name, () -> {}, call);
        });
    }
}
