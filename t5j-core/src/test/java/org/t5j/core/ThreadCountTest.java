package org.t5j.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.t5j.core.kernel.CrossEntropy;
import org.t5j.core.kernel.cpu.CpuKernels;
import org.t5j.core.tensor.Nd4jBackend;

/** What a model computes does not depend on the number of threads, to the last bit. */
class ThreadCountTest {

    @ParameterizedTest
    @EnumSource(FeedForwardType.class)
    void gradientsAreTheSameWithAnyNumberOfThreads(FeedForwardType type) {
        assertSame(config(type).build());
    }

    @ParameterizedTest
    @EnumSource(Architecture.class)
    void gradientsOfEveryArchitectureAreTheSameWithAnyNumberOfThreads(Architecture architecture) {
        assertSame(config(FeedForwardType.RELU)
                .architecture(architecture)
                .relativeBiasPerLayer(true)
                .build());
    }

    private static void assertSame(T5Config config) {
        List<float[]> expected = gradients(config, 1);
        for (int threads : new int[] {2, 3}) {
            List<float[]> actual = gradients(config, threads);
            for (int i = 0; i < expected.size(); i++) {
                assertThat(actual.get(i)).isEqualTo(expected.get(i));
            }
        }
    }

    private static T5ConfigBuilder config(FeedForwardType type) {
        return T5Config.builder()
                .vocabSize(700)
                .dModel(48)
                .dKv(16)
                .numHeads(3)
                .dFf(96)
                .layers(2, 2)
                .feedForwardType(type);
    }

    private static List<float[]> gradients(T5Config config, int threads) {
        try (T5Model model = T5Model.create(config, 5, new CpuKernels(Nd4jBackend.create(), threads))) {
            T5Batch batch = batch(config);
            model.zeroGradients();
            model.forwardBackward(
                    batch, new StepOptions(0.1f, false, 3, 4, 0, CrossEntropy.PLAIN, 1f / batch.targets()));
            List<float[]> gradients = new ArrayList<>();
            model.parameters().forEach(p -> gradients.add(model.backend().toArray(p.gradient())));
            return gradients;
        }
    }

    /** Sequences of several lengths, with repeated ids. */
    private static T5Batch batch(T5Config config) {
        Random random = new Random(1);
        int inputs = 70;
        int targets = 30;
        int[] ids = new int[4 * inputs];
        int[] labels = new int[4 * targets];
        for (int b = 0; b < 4; b++) {
            for (int i = 0; i < inputs; i++) {
                ids[b * inputs + i] = i < inputs - 13 * b ? 2 + random.nextInt(50) : config.padTokenId();
            }
            for (int i = 0; i < targets; i++) {
                labels[b * targets + i] = i < targets - 7 * b ? 2 + random.nextInt(50) : T5Batch.NO_TARGET;
            }
        }
        return T5Batch.of(config, 4, inputs, targets, ids, labels);
    }
}
