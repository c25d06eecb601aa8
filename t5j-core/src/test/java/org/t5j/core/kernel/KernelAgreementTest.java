package org.t5j.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.t5j.core.kernel.cpu.CpuKernels;
import org.t5j.core.tensor.Arena;
import org.t5j.core.tensor.Backend;
import org.t5j.core.tensor.IntTensor;
import org.t5j.core.tensor.Nd4jBackend;
import org.t5j.core.tensor.Tensor;

/** The CPU kernels compute what the ND4J kernels do, over random shapes; both work on the same inputs. */
class KernelAgreementTest {
    private final Backend backend = Nd4jBackend.create();
    private final Arena arena = new Arena(backend);
    private final Kernels cpu = new CpuKernels(backend, 2);
    private final Kernels nd4j = new Nd4jKernels(backend);
    private Random random;

    @AfterEach
    void close() {
        cpu.close();
        nd4j.close();
        arena.close();
    }

    static Stream<Integer> seeds() {
        return IntStream.range(0, 25).boxed();
    }

    private interface Computation {
        /** Computes with the kernels and returns what they wrote. */
        Tensor[] run(Kernels kernels);
    }

    /** Runs a computation with both from the same state of {@code touched}, which it writes to. */
    private void compare(String what, Tensor[] touched, Computation computation) {
        float[][] before = values(touched);
        float[][] expected = values(computation.run(nd4j));
        for (int i = 0; i < touched.length; i++) {
            backend.write(touched[i], before[i], 0);
        }
        float[][] actual = values(computation.run(cpu));
        for (int i = 0; i < expected.length; i++) {
            for (int j = 0; j < expected[i].length; j++) {
                float e = expected[i][j];
                assertThat(actual[i][j])
                        .as("%s, output %d, element %d", what, i, j)
                        .isCloseTo(e, within(3e-5f * Math.max(1, Math.abs(e))));
            }
        }
    }

    private float[][] values(Tensor[] tensors) {
        return Stream.of(tensors).map(backend::toArray).toArray(float[][]::new);
    }

    private int size(int most) {
        return 1 + random.nextInt(most);
    }

    private Tensor random(int... shape) {
        Tensor tensor = arena.take(shape);
        float[] values = new float[(int) tensor.length()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        backend.write(tensor, values, 0);
        return tensor;
    }

    private Dropout dropout(int[] sequenceOfRow) {
        return random.nextInt(3) == 0
                ? Dropout.NONE
                : new Dropout(random.nextLong(), 0.2f, random.nextBoolean() ? sequenceOfRow : null);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void agreeOnProductsAndLosses(int seed) {
        random = new Random(seed);
        int m = size(90);
        int n = size(200);
        int k = size(70);
        boolean transposeA = random.nextBoolean();
        boolean transposeB = random.nextBoolean();
        Tensor a = transposeA ? random(k, m) : random(m, k);
        Tensor b = transposeB ? random(n, k) : random(k, n);
        Tensor out = random(m, n);
        compare("matmul", new Tensor[] {out}, kernels -> {
            kernels.matmul(a, transposeA, b, transposeB, 0.5f, 1f, out);
            return new Tensor[] {out};
        });
        IntTensor labels = arena.takeInts(random.ints(m, 0, n).toArray());
        CrossEntropy settings = new CrossEntropy(random.nextBoolean() ? 0.1f : 0f, random.nextBoolean() ? 1e-2f : 0f);
        compare("cross-entropy", new Tensor[] {out}, kernels -> {
            kernels.crossEntropyInPlace(out, labels, settings, 0.5f);
            return new Tensor[] {out};
        });
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void agreeOnRows(int seed) {
        random = new Random(seed);
        int rows = 2 + size(60);
        int width = size(150);
        Sequences sequences = Sequences.of(rows - 1, 1);
        Dropout dropout = dropout(sequences.sequenceOfRow());
        Activation f = Activation.values()[random.nextInt(Activation.values().length)];
        Tensor x = random(rows, width);
        Tensor y = random(rows, width);
        Tensor z = random(rows, width);
        Tensor out = random(rows, width);
        Tensor weight = random(width);
        Tensor dWeight = random(width);
        Tensor inverseRms = random(rows);
        IntTensor places = arena.takeInts(random.ints(rows, 0, rows).toArray());
        compare("rows", new Tensor[] {x, y, z, out, dWeight, inverseRms}, kernels -> {
            kernels.rmsNorm(x, weight, 1e-6f, inverseRms, out);
            kernels.rmsNormBackward(y, x, weight, inverseRms, z, dWeight);
            kernels.addDropout(out, y, dropout, out);
            kernels.scatterAddRows(y, places, out);
            kernels.activate(f, x, dropout, y);
            kernels.activateBackward(f, out, x, dropout, out);
            kernels.gateBackwardInPlace(f, z, x, y, dropout);
            return new Tensor[] {x, y, z, out, dWeight};
        });
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void agreeOnAttention(int seed) {
        random = new Random(seed);
        int batch = size(4);
        Sequences queries = Sequences.of(random.ints(batch, 1, 60).toArray());
        boolean self = random.nextBoolean();
        Sequences keys = self ? queries : Sequences.of(random.ints(batch, 1, 60).toArray());
        AttentionShape shape = new AttentionShape(queries, keys, size(3), size(20));
        int[] keyMask = random.nextBoolean()
                ? null
                : random.ints(keys.rows(), 0, 4).map(i -> Math.min(i, 1)).toArray();
        int[] prefixes = random.nextBoolean() ? null : random.ints(batch, 0, 60).toArray();
        AttentionMask mask = AttentionMask.of(arena, backend, keys, self && random.nextBoolean(), prefixes, keyMask);
        Dropout dropout = dropout(queries.sequenceOfRow());
        Tensor q = random(queries.rows(), shape.inner());
        Tensor k = random(keys.rows(), shape.inner());
        Tensor v = random(keys.rows(), shape.inner());
        Tensor bias = random.nextBoolean() ? random(shape.heads(), shape.distances()) : null;
        Tensor dBias = random(shape.heads(), shape.distances());
        Tensor statistics = random(queries.rows(), shape.heads(), 2);
        Tensor out = random(queries.rows(), shape.inner());
        Tensor dOut = random(queries.rows(), shape.inner());
        Tensor dQ = random(queries.rows(), shape.inner());
        Tensor dK = random(keys.rows(), shape.inner());
        Tensor dV = random(keys.rows(), shape.inner());
        compare("attention", new Tensor[] {dBias}, kernels -> {
            kernels.attention(shape, q, k, v, bias, mask, dropout, statistics, out);
            kernels.attentionBackward(
                    shape,
                    dOut,
                    q,
                    k,
                    v,
                    bias,
                    mask,
                    dropout,
                    statistics,
                    out,
                    dQ,
                    dK,
                    dV,
                    bias == null ? null : dBias);
            return new Tensor[] {out, dQ, dK, dV, dBias};
        });
    }
}
