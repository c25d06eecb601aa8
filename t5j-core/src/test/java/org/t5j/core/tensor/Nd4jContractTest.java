package org.t5j.core.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;
import org.t5j.core.T5Exception;
import org.t5j.core.kernel.Kernels;
import org.t5j.core.kernel.cpu.CpuKernels;

/**
 * What t5j leans on in ND4J, and what it avoids because ND4J does otherwise than one would think. Another version or
 * classifier of ND4J that changes any of this is told at once.
 */
class Nd4jContractTest {

    private static void exec(String op, INDArray out, int[] arguments, double[] scalars, INDArray... in) {
        Nd4j.exec(DynamicCustomOp.builder(op)
                .addInputs(in)
                .addOutputs(out)
                .addIntegerArguments(arguments)
                .addFloatingPointArguments(
                        java.util.Arrays.stream(scalars).boxed().toArray(Double[]::new))
                .build());
    }

    @Test
    void matmulAccumulatesIntoAnOutputInRowOrder() {
        INDArray x = Nd4j.rand(DataType.FLOAT, 3, 4);
        INDArray y = Nd4j.rand(DataType.FLOAT, 4, 5);
        INDArray z = Nd4j.ones(DataType.FLOAT, 3, 5);
        exec("matmul", z, new int[] {0, 0}, new double[] {2, 3}, x, y);
        assertThat(z.equalsWithEps(x.mmul(y).mul(2).add(3), 1e-5)).isTrue();
        assertThat(z.ordering()).isEqualTo('c');
    }

    @Test
    void batchedMatmulReadsStridedHeads() {
        INDArray x = Nd4j.rand(DataType.FLOAT, 2, 3, 4, 5);
        INDArray heads = x.permute(0, 2, 1, 3);
        INDArray z = Nd4j.create(DataType.FLOAT, 2, 4, 3, 3);
        INDArray expected = Nd4j.create(DataType.FLOAT, 2, 4, 3, 3);
        exec("matmul", z, new int[] {0, 1}, new double[] {1, 0}, heads, heads);
        INDArray copy = heads.dup('c');
        exec("matmul", expected, new int[] {0, 1}, new double[] {1, 0}, copy, copy);
        assertThat(z.equalsWithEps(expected, 1e-6)).isTrue();
    }

    @Test
    void assigningToAPermutedViewWritesThrough() {
        INDArray x = Nd4j.create(DataType.FLOAT, 2, 3);
        x.permute(1, 0).assign(Nd4j.createFromArray(new float[][] {{1, 2}, {3, 4}, {5, 6}}));
        assertThat(x.data().asFloat()).containsExactly(1, 3, 5, 2, 4, 6);
    }

    @Test
    void softmaxOfAFullyMaskedRowIsUniformOnlyForFiniteMasks() {
        INDArray finite = Nd4j.valueArrayOf(new long[] {1, 4}, -1e9f, DataType.FLOAT);
        exec("softmax", finite, new int[] {-1}, new double[0], finite);
        assertThat(finite.data().asFloat()).containsOnly(0.25f);
        INDArray infinite = Nd4j.valueArrayOf(new long[] {1, 4}, Float.NEGATIVE_INFINITY, DataType.FLOAT);
        exec("softmax", infinite, new int[] {-1}, new double[0], infinite);
        assertThat(infinite.getFloat(0)).isNaN();
    }

    @Test
    void scatterAddSumsRepeatedRows() {
        INDArray table = Nd4j.zeros(DataType.FLOAT, 3, 2);
        exec("scatter_add", table, new int[0], new double[0], table, Nd4j.createFromArray(1, 1, 1), Nd4j.ones(3, 2));
        assertThat(table.data().asFloat()).containsExactly(0, 0, 3, 3, 0, 0);
    }

    @Test
    void broadcastingAddsARowAndAColumn() {
        INDArray x = Nd4j.zeros(DataType.FLOAT, 2, 2);
        exec("add", x, new int[0], new double[0], x, Nd4j.createFromArray(1f, 2f));
        exec("add", x, new int[0], new double[0], x, Nd4j.createFromArray(new float[][] {{10}, {20}}));
        assertThat(x.data().asFloat()).containsExactly(11, 12, 21, 22);
    }

    @Test
    void closingAPermutedViewFreesItsParent() {
        INDArray parent = Nd4j.create(DataType.FLOAT, 2, 3);
        parent.permute(1, 0).close();
        assertThat(parent.wasClosed()).isTrue();
        assertThatThrownBy(() -> parent.addi(1)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void closingAReshapedViewDoesNothing() {
        INDArray parent = Nd4j.create(DataType.FLOAT, 2, 3);
        parent.reshape(3, 2).close();
        assertThat(parent.wasClosed()).isFalse();
    }

    @Test
    void elementwiseOperationsOfTheNamespacesOverwriteTheirInput() {
        INDArray x = Nd4j.createFromArray(1f, 4f);
        assertThat(Nd4j.math().sqrt(x)).isSameAs(x);
        assertThat(x.data().asFloat()).containsExactly(1f, 2f);
    }

    @Test
    void geluOfNd4jIsNotThatOfT5() {
        double gelu = Nd4j.nn().gelu(Nd4j.createFromArray(1f)).getDouble(0);
        double precise = Nd4j.nn().preciseGelu(Nd4j.createFromArray(1f)).getDouble(0);
        assertThat(Math.abs(gelu - 0.841192)).isGreaterThan(1e-3);
        assertThat(Math.abs(precise - 0.841192)).isGreaterThan(1e-3);
    }

    @Test
    void threadsComputeTheSame() throws InterruptedException {
        INDArray x = Nd4j.rand(DataType.FLOAT, 64, 64);
        INDArray expected = x.mmul(x);
        boolean[] equal = new boolean[2];
        Thread[] threads = new Thread[2];
        for (int i = 0; i < 2; i++) {
            int index = i;
            threads[i] = new Thread(() -> {
                boolean all = true;
                for (int round = 0; round < 50; round++) {
                    all &= x.mmul(x).equals(expected);
                }
                equal[index] = all;
            });
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(equal).containsOnly(true);
    }

    @Test
    void theBackendCopiesToAndFromViewsInTheMiddleOfItsMemory() {
        Backend backend = Nd4jBackend.create();
        Storage storage = backend.allocate(100);
        Tensor middle = new Tensor(storage, 40, 2, 3);
        backend.write(middle, new float[] {0, 1, 2, 3, 4, 5, 6}, 1);
        assertThat(Nd4jBackend.array(middle).getFloat(1, 2)).isEqualTo(6f);
        assertThat(backend.toArray(new Tensor(storage, 39, 2))).containsExactly(0f, 1f);
        assertThat(backend.describe()).contains("ND4J");
        assertThat(Nd4jBackend.array(middle).sumNumber().doubleValue()).isCloseTo(21, within(1e-6));
        backend.free(storage);
        assertThat(backend.allocatedBytes()).isZero();
    }

    @Test
    void takesTheNumberOfThreadsFromTheEnvironmentElseFromTheMachine() {
        int processors = Runtime.getRuntime().availableProcessors();
        assertThat(Nd4jBackend.threadsOf("3")).isEqualTo(3);
        for (String unusable : new String[] {null, "", "0", "-1", "4,2", "many", "1025", "99999999999"}) {
            assertThat(Nd4jBackend.threadsOf(unusable)).isEqualTo(processors);
        }
        for (int unusable : new int[] {0, -1, 1025}) {
            assertThatThrownBy(() -> Nd4jBackend.setThreads(unusable))
                    .isInstanceOf(T5Exception.class)
                    .hasMessage("The number of threads must be between 1 and 1024, found " + unusable);
        }
    }

    @Test
    void theSizeOfATensorIsSaid() {
        HostMemory tooLarge = new HostMemory(0, 3_276_800_000L, null);
        assertThatThrownBy(() -> tooLarge.get(0))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("3276800000 numbers, 13 GB, is too large");
    }

    @Test
    void memoryThatTheMachineDoesNotHaveIsRefused() {
        Nd4jBackend backend = Nd4jBackend.create();
        assertThatThrownBy(() -> backend.allocate(1L << 50))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("another block of 4194304.0 GiB");
        assertThat(backend.allocatedBytes()).isZero();
    }

    @Test
    void aFullHeapIsNotTakenForAMissingLibrary() {
        assertThatThrownBy(() -> Nd4jBackend.loadFailure(
                        new ExceptionInInitializerError(new OutOfMemoryError("Java heap space"))))
                .isInstanceOf(OutOfMemoryError.class);
        assertThat(Nd4jBackend.loadFailure(new ExceptionInInitializerError(new UnsatisfiedLinkError("no jnind4jcpu"))))
                .hasMessageContaining("no jnind4jcpu")
                .hasMessageContaining("pom.xml");
    }

    @Test
    void theDescriptionLeavesThreadsToTheKernels() {
        Nd4jBackend backend = Nd4jBackend.create();
        assertThat(backend.describe()).matches("ND4J \\w+, BLAS \\w+");
        try (Kernels one = new CpuKernels(backend, 1);
                Kernels two = new CpuKernels(backend, 2)) {
            assertThat(one.describe()).endsWith(", 1 thread, each BLAS call on one");
            assertThat(two.describe()).endsWith(", 2 threads, each BLAS call on one");
        }
    }

    /** The pages between are never touched, so that this takes no memory. */
    @Test
    void findsTensorsBeyondTwoGigabytesOfAStorage() {
        Nd4jBackend backend = Nd4jBackend.create();
        Storage storage = backend.allocate((1L << 29) + 64);
        Tensor last = new Tensor(storage, (1L << 29) + 32, 32);
        float[] values = new float[32];
        java.util.Arrays.fill(values, 3f);
        backend.write(last, values, 0);
        HostMemory memory = Nd4jBackend.hostMemory(last);
        assertThat(memory.bytes().capacity()).isEqualTo(128);
        assertThat(memory.get(31)).isEqualTo(3f);
        memory.set(0, 4f);
        assertThat(backend.toArray(last)).startsWith(4f, 3f);
        backend.free(storage);
    }
}
