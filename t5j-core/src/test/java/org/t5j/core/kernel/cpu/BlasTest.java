package org.t5j.core.kernel.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;
import org.t5j.core.tensor.HostMemory;
import org.t5j.core.tensor.Nd4jBackend;
import org.t5j.core.tensor.Tensor;

class BlasTest {
    private static final Nd4jBackend BACKEND = Nd4jBackend.create();
    private static final float GUARD = -77.25f;

    private final Blas blas = new Blas(4);

    /** A product with operands somewhere in larger memories. */
    private final class Product {
        final Random random;
        final boolean transposeA;
        final boolean transposeB;
        final int m;
        final int n;
        final int k;
        final float alpha;
        final float beta;
        final int[] strides = new int[3];
        final int[] starts = new int[3];
        final float[][] values = new float[3][];
        final Tensor[] tensors = new Tensor[3];

        Product(Random random, int m, int n, int k, float beta) {
            this.random = random;
            this.m = m;
            this.n = n;
            this.k = k;
            this.beta = beta;
            transposeA = random.nextBoolean();
            transposeB = random.nextBoolean();
            alpha = random.nextInt(3) == 0 ? 1 : random.nextFloat() - 0.5f;
            operand(0, transposeA ? k : m, transposeA ? m : k);
            operand(1, transposeB ? n : k, transposeB ? k : n);
            operand(2, m, n);
        }

        private void operand(int index, int rows, int columns) {
            strides[index] = columns + random.nextInt(5);
            starts[index] = random.nextInt(7);
            values[index] = new float[starts[index] + rows * strides[index] + 3];
            for (int i = 0; i < values[index].length; i++) {
                values[index][i] = random.nextFloat() - 0.5f;
            }
            tensors[index] = tensor(values[index]);
        }

        private HostMemory memory(int index) {
            return Nd4jBackend.hostMemory(tensors[index]);
        }

        void fillOutput(float value) {
            Arrays.fill(values[2], value);
            BACKEND.write(tensors[2], values[2], 0);
        }

        float[] run(Worker worker) {
            blas.gemm(
                    worker,
                    transposeA,
                    transposeB,
                    m,
                    n,
                    k,
                    alpha,
                    memory(0),
                    starts[0],
                    strides[0],
                    memory(1),
                    starts[1],
                    strides[1],
                    beta,
                    memory(2),
                    starts[2],
                    strides[2]);
            float[] result = new float[values[2].length];
            BACKEND.read(tensors[2], result, 0);
            return result;
        }

        double expected(int i, int j) {
            double sum = 0;
            for (int l = 0; l < k; l++) {
                sum += (double) values[0][starts[0] + (transposeA ? l * strides[0] + i : i * strides[0] + l)]
                        * values[1][starts[1] + (transposeB ? j * strides[1] + l : l * strides[1] + j)];
            }
            return alpha * sum + (beta == 0 ? 0 : beta * values[2][starts[2] + i * strides[2] + j]);
        }

        void check(float[] result) {
            boolean[] inside = new boolean[result.length];
            for (int i = 0; i < m; i++) {
                for (int j = 0; j < n; j++) {
                    int at = starts[2] + i * strides[2] + j;
                    inside[at] = true;
                    assertThat((double) result[at])
                            .as("%s[%d, %d]", this, i, j)
                            .isCloseTo(expected(i, j), within(2e-5));
                }
            }
            for (int i = 0; i < result.length; i++) {
                if (!inside[i]) {
                    assertThat(result[i]).as("%s beside the output", this).isEqualTo(values[2][i]);
                }
            }
        }

        @Override
        public String toString() {
            return "[" + m + ", " + k + "] x [" + k + ", " + n + "], " + transposeA + ", " + transposeB + ", beta "
                    + beta;
        }
    }

    @Test
    void productsOfPartsOfMatricesAgreeWithNaiveOnesAndTouchNothingElse() {
        Random random = new Random(1);
        for (int trial = 0; trial < 150; trial++) {
            float beta = trial % 3 == 0 ? 0 : trial % 3 == 1 ? 1 : 0.5f;
            Product product =
                    new Product(random, 1 + random.nextInt(70), 1 + random.nextInt(70), 1 + random.nextInt(70), beta);
            product.check(product.run(worker(0)));
        }
    }

    @Test
    void withBetaZeroTheOutputIsNotRead() {
        Random random = new Random(2);
        for (int size : new int[] {1, 3, 17, 64, 200}) {
            for (int k : new int[] {0, 1, 33, 300}) {
                Product product = new Product(random, size, size + 1, k, 0);
                product.fillOutput(Float.NaN);
                float[] result = product.run(worker(1));
                for (int i = 0; i < product.m; i++) {
                    for (int j = 0; j < product.n; j++) {
                        float value = result[product.starts[2] + i * product.strides[2] + j];
                        assertThat((double) value).isCloseTo(product.expected(i, j), within(2e-5));
                    }
                }
            }
        }
    }

    @Test
    void emptyProductsLeaveTheOutputOrScaleIt() {
        Random random = new Random(3);
        for (int[] shape : new int[][] {{0, 5, 5}, {5, 0, 5}, {5, 4, 0}, {0, 0, 0}}) {
            for (float beta : new float[] {0, 0.5f}) {
                Product product = new Product(random, shape[0], shape[1], shape[2], beta);
                product.fillOutput(GUARD);
                product.check(product.run(worker(0)));
            }
        }
    }

    @Test
    void productsOnSeveralThreadsAtATimeAreRight() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        List<Throwable> failures = java.util.Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < 4; i++) {
            int index = i;
            Product product = new Product(new Random(10 + i), 60 + i, 70 - i, 130, 0);
            threads.add(new Thread(() -> {
                try {
                    float[] first = product.run(worker(index));
                    product.check(first);
                    for (int repeat = 0; repeat < 500; repeat++) {
                        assertThat(product.run(worker(index))).isEqualTo(first);
                    }
                } catch (Throwable e) {
                    failures.add(e);
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failures).isEmpty();
    }

    @Test
    void theLibraryThatNd4jUsesIsSetToOneThread() {
        Nd4j.factory().blas().setMaxThreads(2);
        assertThat(new Blas(1)).isNotNull();
        assertThat(Nd4j.factory().blas().getMaxThreads()).isEqualTo(1);
    }

    @Test
    void aProductAllocatesNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        HostMemory memory = Nd4jBackend.hostMemory(tensor(new float[300]));
        Worker worker = worker(0);
        long before = 0;
        for (int run = -10; run < 1000; run++) {
            if (run == 0) {
                before = threads.getCurrentThreadAllocatedBytes();
            }
            blas.gemm(worker, false, true, 10, 10, 10, 1, memory, 0, 10, memory, 100, 10, 0, memory, 200, 10);
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(1000);
    }

    @Test
    void matricesThatDoNotFitTheirMemoryAreRefused() {
        HostMemory memory = Nd4jBackend.hostMemory(tensor(new float[100]));
        assertThatThrownBy(() -> blas.gemm(
                        worker(0), false, false, 10, 10, 10, 1, memory, 1, 10, memory, 0, 10, 0, memory, 0, 10))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(
                        "Matrix a of gemm, 10 x 10 with leading dimension 10 from 1, does not fit a memory");
        assertThatThrownBy(() ->
                        blas.gemm(worker(0), false, true, 5, 10, 10, 1, memory, 0, 10, memory, 0, 9, 0, memory, 0, 10))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Matrix b of gemm");
        assertThatThrownBy(() -> blas.gemm(
                        worker(0), false, true, 5, 10, 10, 1, memory, 0, 10, memory, 0, 10, 0, memory, -1, 10))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Matrix c of gemm");
    }

    private static Worker worker(int index) {
        return new Worker(index, NoLanes.create());
    }

    private static Tensor tensor(float[] values) {
        Tensor tensor = new Tensor(BACKEND.allocate(values.length), 0, values.length);
        BACKEND.write(tensor, values, 0);
        return tensor;
    }
}
