package org.t5j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.t5j.core.decode.Averaging;
import org.t5j.core.decode.BeamRule;
import org.t5j.core.decode.DecoderState;
import org.t5j.core.decode.Generated;
import org.t5j.core.decode.GenerationConfig;
import org.t5j.core.decode.Generator;
import org.t5j.core.kernel.Kernels;
import org.t5j.core.kernel.cpu.CpuKernels;
import org.t5j.core.tensor.Nd4jBackend;

/** An ensemble answers as the average of its models' distributions, which is computed here by hand. */
class EnsembleTest {
    private static final int VOCABULARY = 40;
    private static final int[][] INPUTS = {{7, 8, 9, 1}, {11, 12, 1}, {30, 31, 32, 33, 34, 1}};
    private static final GenerationConfig GREEDY =
            GenerationConfig.builder().maxLength(12).build();
    private static final GenerationConfig BEAMS =
            GREEDY.toBuilder().numBeams(3).numReturnSequences(3).build();

    @TempDir
    Path directory;

    private static T5ConfigBuilder shape(int vocabulary, int dModel) {
        return T5Config.builder()
                .vocabSize(vocabulary)
                .dModel(dModel)
                .dKv(4)
                .dFf(24)
                .layers(2, 1)
                .numHeads(2);
    }

    private static T5Model model(int dModel, long seed) {
        return T5Model.create(shape(VOCABULARY, dModel).build(), seed);
    }

    /** Two rows of different lengths; what is behind a row's end has no target. */
    private static T5Batch batch() {
        Random random = new Random(5);
        T5Config config = shape(VOCABULARY, 8).build();
        T5Batch full = T5Batch.of(
                config,
                2,
                5,
                4,
                random.ints(10, 2, VOCABULARY).toArray(),
                random.ints(8, 2, VOCABULARY).toArray());
        int[] labels = full.labels().clone();
        labels[7] = T5Batch.NO_TARGET;
        return new T5Batch(2, 5, 4, full.inputIds(), full.attentionMask(), full.decoderInputIds(), null, labels);
    }

    @ParameterizedTest
    @EnumSource
    void equalModelsAreTheModel(Averaging averaging) {
        try (T5Model model = model(16, 3);
                Ensemble ensemble = Ensemble.of(List.of(model(16, 3), model(16, 3), model(16, 3)), averaging)) {
            double loss = model.evaluateLoss(batch()).negativeLogLikelihood();
            double[] likelihoods = model.logLikelihoods(batch());
            if (averaging == Averaging.LOGITS) {
                assertThat(ensemble.evaluateLoss(batch()).negativeLogLikelihood())
                        .isEqualTo(loss);
                assertThat(ensemble.logLikelihoods(batch())).isEqualTo(likelihoods);
                assertThat(ensemble.generate(INPUTS, BEAMS)).isEqualTo(model.generate(INPUTS, BEAMS));
            }
            assertThat(ensemble.evaluateLoss(batch()).negativeLogLikelihood()).isCloseTo(loss, within(1e-5));
            assertThat(ensemble.logLikelihoods(batch())).containsExactly(likelihoods, within(1e-5));
            assertAlike(ensemble.generate(INPUTS, GREEDY), model.generate(INPUTS, GREEDY));
            assertAlike(ensemble.generate(INPUTS, BEAMS), model.generate(INPUTS, BEAMS));
        }
    }

    @ParameterizedTest
    @EnumSource
    void lossAndLikelihoodsAreThoseOfTheAverage(Averaging averaging) {
        T5Model a = model(16, 3);
        T5Model b = model(8, 4);
        T5Batch batch = batch();
        double[] expected = new double[2];
        float[] logitsOfA = a.activations(batch).logits();
        float[] logitsOfB = b.activations(batch).logits();
        for (int at = 0; at < batch.labels().length; at++) {
            if (batch.labels()[at] != T5Batch.NO_TARGET) {
                double[] p = HandAverage.average(averaging, row(logitsOfA, at), row(logitsOfB, at));
                expected[at / 4] += Math.log(p[batch.labels()[at]]);
            }
        }
        try (Ensemble ensemble = Ensemble.of(List.of(a, b), averaging)) {
            assertThat(ensemble.logLikelihoods(batch)).containsExactly(expected, within(1e-4));
            assertThat(ensemble.evaluateLoss(batch).negativeLogLikelihood())
                    .isCloseTo(-expected[0] - expected[1], within(1e-4));
            assertThat(ensemble.evaluateLoss(batch).loss()).isCloseTo(-expected[0] - expected[1], within(1e-4));
            assertThat(a.evaluateLoss(batch).loss()).isNotCloseTo(-expected[0] - expected[1], within(1e-2));
        }
    }

    @ParameterizedTest
    @EnumSource
    void outputsAreThoseOfTheAverage(Averaging averaging) {
        T5Model a = model(16, 3);
        T5Model b = model(8, 4);
        GenerationConfig t5x =
                BEAMS.toBuilder().beamRule(BeamRule.T5X).lengthPenalty(0.6).build();
        GenerationConfig ngrams =
                BEAMS.toBuilder().noRepeatNgramSize(2).repetitionPenalty(1.3).build();
        try (Ensemble ensemble = Ensemble.of(List.of(a, b), averaging)) {
            for (GenerationConfig config : List.of(GREEDY, BEAMS, t5x, ngrams)) {
                List<List<Generated>> expected;
                try (DecoderState state = new HandAverage(averaging, a, b, INPUTS, config)) {
                    expected = Generator.generate(state, INPUTS.length, config);
                }
                assertAlike(ensemble.generate(INPUTS, config), expected);
                assertThat(expected).isNotEqualTo(a.generate(INPUTS, config));
            }
        }
    }

    @Test
    void theTwoAveragesDiffer() {
        T5Batch batch = batch();
        try (Ensemble logits = Ensemble.of(List.of(model(16, 3), model(8, 4)), Averaging.LOGITS);
                Ensemble probabilities = Ensemble.of(List.of(model(16, 3), model(8, 4)), Averaging.PROBABILITIES)) {
            assertThat(logits.evaluateLoss(batch).loss())
                    .isNotCloseTo(probabilities.evaluateLoss(batch).loss(), within(1e-3));
        }
    }

    @Test
    void kernelsThatAreSharedOutliveTheirModels() {
        Nd4jBackend backend = Nd4jBackend.create();
        List<Path> paths = saved();
        try (Kernels kernels = new CpuKernels(backend, 3)) {
            try (T5Model first = T5Model.load(paths.get(0), kernels)) {
                try (T5Model second = T5Model.load(paths.get(1), kernels)) {
                    assertThat(second.evaluateLoss(batch()).loss()).isPositive();
                }
                assertThat(first.evaluateLoss(batch()).loss()).isPositive();
            }
        }
        assertThat(backend.allocatedBytes()).isZero();
    }

    @Test
    void modelsOfDirectoriesShareThreads() {
        List<Path> paths = saved();
        int threads = Nd4jBackend.threads();
        Nd4jBackend.setThreads(3);
        try {
            long before = helpers();
            try (Ensemble ensemble =
                    Ensemble.load(List.of(paths.get(0), paths.get(1), paths.get(0)), Averaging.LOGITS)) {
                assertThat(ensemble.generate(INPUTS, GREEDY)).hasSize(3);
                assertThat(helpers() - before).isEqualTo(2);
            }
        } finally {
            Nd4jBackend.setThreads(threads);
        }
    }

    @Test
    void closingGivesTheMemoryOfAllBack() {
        T5Model a = model(16, 3);
        T5Model b = model(8, 4);
        try (Ensemble ensemble = Ensemble.of(List.of(a, b), Averaging.PROBABILITIES)) {
            ensemble.evaluateLoss(batch());
            assertThatThrownBy(() -> ensemble.startDecoding(INPUTS, 2_000_000_000, 2))
                    .isInstanceOf(T5Exception.class)
                    .hasMessageContaining("cannot be decoded side by side");
        }
        assertThat(a.backend().allocatedBytes()).isZero();
        assertThat(b.backend().allocatedBytes()).isZero();
    }

    @Test
    void whatIsNoEnsembleIsRefused() {
        assertThatThrownBy(() -> Ensemble.of(List.of(), Averaging.LOGITS))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("needs a model");
        try (T5Model model = model(8, 1);
                T5Model larger = T5Model.create(shape(41, 8).build(), 1);
                T5Model otherIds =
                        T5Model.create(shape(VOCABULARY, 8).eosTokenId(2).build(), 1)) {
            assertThatThrownBy(() -> Ensemble.of(List.of(model, larger), Averaging.LOGITS))
                    .isInstanceOf(T5Exception.class)
                    .hasMessage("The models of an ensemble must have one vocabulary, but its size and the ids of start,"
                            + " end and padding are [40, 0, 1, 0] in model 1 and [41, 0, 1, 0] in model 2; leave one of"
                            + " the two out");
            assertThatThrownBy(() -> Ensemble.of(List.of(model, otherIds), Averaging.LOGITS))
                    .isInstanceOf(T5Exception.class)
                    .hasMessageContaining("[40, 0, 2, 0] in model 2");
            assertThatThrownBy(() -> Ensemble.of(List.of(model, model), Averaging.LOGITS))
                    .isInstanceOf(T5Exception.class)
                    .hasMessageContaining("given twice");
            larger.save(directory.resolve("larger"));
        }
        List<Path> paths = List.of(saved().get(0), directory.resolve("larger"));
        assertThatThrownBy(() -> Ensemble.load(paths, Averaging.LOGITS))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("in " + paths.get(1));
    }

    private List<Path> saved() {
        for (int i = 0; i < 2; i++) {
            try (T5Model model = model(8 + 8 * i, i)) {
                model.save(directory.resolve("m" + i));
            }
        }
        return List.of(directory.resolve("m0"), directory.resolve("m1"));
    }

    static long helpers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().matches("t5j-\\d+"))
                .count();
    }

    private static float[] row(float[] logits, int at) {
        return Arrays.copyOfRange(logits, at * VOCABULARY, (at + 1) * VOCABULARY);
    }

    /** Same tokens, and scores that differ by rounding. */
    static void assertAlike(List<List<Generated>> found, List<List<Generated>> expected) {
        for (int input = 0; input < expected.size(); input++) {
            for (int rank = 0; rank < expected.get(input).size(); rank++) {
                Generated each = expected.get(input).get(rank);
                Generated other = found.get(input).get(rank);
                assertThat(other.tokens()).isEqualTo(each.tokens());
                assertThat(other.score()).isCloseTo(each.score(), within(1e-5));
            }
        }
    }
}
