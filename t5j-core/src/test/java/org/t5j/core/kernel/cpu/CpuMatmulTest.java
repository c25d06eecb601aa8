package org.t5j.core.kernel.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.t5j.core.kernel.HeapUse;
import org.t5j.core.tensor.Nd4jBackend;
import org.t5j.core.tensor.Tensor;

class CpuMatmulTest {
    private static final Nd4jBackend BACKEND = Nd4jBackend.create();

    private final Random random = new Random(5);

    @Test
    void resultsAreRightAndTheSameForEveryNumberOfThreads() {
        try (Workers one = workers(1);
                Workers two = workers(2);
                Workers three = workers(3)) {
            for (int trial = 0; trial < 60; trial++) {
                check(random.nextInt(90), random.nextInt(90), random.nextInt(90), one, two, three);
            }
            check(1, 700, 33, one, two, three);
            check(16, 1000, 64, one, two, three);
            check(8, 300, 600, one, two, three);
            check(3, 129, 5, one, two, three);
            check(17, 1000, 64, one, two, three);
            check(1300, 5, 40, one, two, three);
            check(5, 2600, 40, one, two, three);
            check(1025, 1031, 3, one, two, three);
            check(700, 650, 130, one, two, three);
            check(20, 20_000, 2, one, two, three);
            check(20_000, 300, 1, one, two, three);
        }
    }

    private void check(int m, int n, int k, Workers... choices) {
        for (int transposes = 0; transposes < 4; transposes++) {
            boolean transposeA = (transposes & 1) != 0;
            boolean transposeB = (transposes & 2) != 0;
            float alpha = random.nextInt(3) == 0 ? 1 : random.nextFloat() - 0.5f;
            float beta = random.nextInt(2) == 0 ? 0 : random.nextFloat();
            float[] a = values(m * k);
            float[] b = values(n * k);
            float[] before = values(m * n);
            float[] first = null;
            for (Workers workers : choices) {
                float[] out = multiply(workers, m, n, k, a, transposeA, b, transposeB, alpha, beta, before);
                if (first == null) {
                    first = out;
                }
                assertThat(out).isEqualTo(first);
            }
            for (int i = 0; i < m; i++) {
                for (int j = 0; j < n; j++) {
                    double sum = 0;
                    for (int l = 0; l < k; l++) {
                        sum += (double) a[transposeA ? l * m + i : i * k + l] * b[transposeB ? j * k + l : l * n + j];
                    }
                    double expected = alpha * sum + (double) beta * before[i * n + j];
                    if (!(Math.abs(first[i * n + j] - expected) <= 2e-5)) {
                        assertThat((double) first[i * n + j])
                                .as("[%d, %d] x [%d, %d] at %d, %d", m, k, k, n, i, j)
                                .isCloseTo(expected, within(2e-5));
                    }
                }
            }
        }
    }

    private float[] multiply(
            Workers workers,
            int m,
            int n,
            int k,
            float[] a,
            boolean transposeA,
            float[] b,
            boolean transposeB,
            float alpha,
            float beta,
            float[] before) {
        Tensor left = tensor(a, transposeA ? k : m, transposeA ? m : k);
        Tensor right = tensor(b, transposeB ? n : k, transposeB ? k : n);
        Tensor out = tensor(before, m, n);
        new CpuMatmul(workers, new Blas(workers.count()), BACKEND)
                .matmul(left, transposeA, right, transposeB, alpha, beta, out);
        float[] result = new float[m * n];
        BACKEND.read(out, result, 0);
        for (Tensor tensor : new Tensor[] {left, right, out}) {
            BACKEND.free(tensor.storage());
        }
        return result;
    }

    @Test
    void withBetaZeroTheOutputIsNotRead() {
        try (Workers workers = workers(2)) {
            Tensor a = tensor(values(40 * 30), 40, 30);
            Tensor b = tensor(values(30 * 1100), 30, 1100);
            Tensor out = tensor(new float[40 * 1100], 40, 1100);
            Tensor expected = tensor(new float[40 * 1100], 40, 1100);
            float[] nan = new float[40 * 1100];
            java.util.Arrays.fill(nan, Float.NaN);
            BACKEND.write(out, nan, 0);
            CpuMatmul matmul = new CpuMatmul(workers, new Blas(2), BACKEND);
            matmul.matmul(a, false, b, false, 1, 0, out);
            matmul.matmul(a, false, b, false, 1, 0, expected);
            assertThat(read(out)).isEqualTo(read(expected));
        }
    }

    @Test
    void aProductAllocatesNothing() {
        try (Workers workers = workers(1)) {
            CpuMatmul matmul = new CpuMatmul(workers, new Blas(1), BACKEND);
            Tensor a = tensor(values(40 * 30), 40, 30);
            Tensor few = tensor(values(8 * 30), 8, 30);
            Tensor b = tensor(values(50 * 30), 50, 30);
            Tensor out = tensor(values(40 * 50), 40, 50);
            Tensor fewOut = tensor(values(8 * 50), 8, 50);
            HeapUse heap = new HeapUse(200);
            heap.requireBytes(0, "matmul", () -> {}, () -> matmul.matmul(a, false, b, true, 1, 1, out));
            heap.requireBytes(
                    0, "matmul of few rows", () -> {}, () -> matmul.matmul(few, false, b, true, 1, 0, fewOut));
        }
    }

    @Test
    void shapesThatDoNotMatchAreRefused() {
        try (Workers workers = workers(1)) {
            CpuMatmul matmul = new CpuMatmul(workers, new Blas(1), BACKEND);
            Tensor a = tensor(values(20 * 30), 20, 30);
            Tensor out = tensor(values(400), 20, 20);
            assertThatThrownBy(() -> matmul.matmul(a, false, a, false, 1, 0, out))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("found Tensor[20, 30], Tensor[20, 30], Tensor[20, 20]");
            assertThatThrownBy(() -> matmul.matmul(a, true, a, false, 1, 0, out))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> matmul.matmul(a.reshapeView(600), false, a, true, 1, 0, out))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static Workers workers(int count) {
        return new Workers(count, NoLanes::create);
    }

    private float[] values(int length) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        return values;
    }

    private static float[] read(Tensor tensor) {
        float[] values = new float[Math.toIntExact(tensor.length())];
        BACKEND.read(tensor, values, 0);
        return values;
    }

    private static Tensor tensor(float[] values, int rows, int columns) {
        Tensor tensor = new Tensor(BACKEND.allocate(values.length), 0, rows, columns);
        BACKEND.write(tensor, values, 0);
        return tensor;
    }
}
