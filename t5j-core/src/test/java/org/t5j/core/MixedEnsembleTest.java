package org.t5j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.t5j.core.decode.Averaging;
import org.t5j.core.decode.DecoderState;
import org.t5j.core.decode.Generated;
import org.t5j.core.decode.GenerationConfig;
import org.t5j.core.decode.Generator;

/** Models of any architectures answer together: those that read the start token with the inputs, and those that do not. */
class MixedEnsembleTest {
    private static final int[][] INPUTS = {{7, 8, 9, 1}, {11, 12, 1}, {1}, {10, 3, 12, 3, 4, 1}};
    private static final GenerationConfig GREEDY =
            GenerationConfig.builder().maxLength(9).lengthPenalty(0).build();
    private static final GenerationConfig BEAMS = GREEDY.toBuilder().numBeams(3).build();

    private static T5Model model(Architecture architecture, long seed) {
        return T5Model.create(ArchitecturesTest.config(architecture, seed % 2 == 0), seed);
    }

    /** A model twice has the bits of the model once. */
    @ParameterizedTest
    @EnumSource
    void equalModelsAreTheModel(Architecture architecture) {
        try (T5Model model = model(architecture, 3);
                Ensemble twice =
                        Ensemble.of(List.of(model(architecture, 3), model(architecture, 3)), Averaging.LOGITS)) {
            for (T5Batch batch : List.of(PackingTest.packed(model.config()), PackingTest.unpacked(model.config()))) {
                assertThat(twice.logLikelihoods(batch)).isEqualTo(model.logLikelihoods(batch));
                assertThat(twice.evaluateLoss(batch).loss())
                        .isEqualTo(model.evaluateLoss(batch).loss());
            }
            assertThat(twice.generate(INPUTS, BEAMS)).isEqualTo(model.generate(INPUTS, BEAMS));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ENCODER_DECODER, DECODER_LM, LOGITS",
        "DECODER_PREFIX_LM, ENCODER_DECODER, PROBABILITIES",
        "DECODER_LM, DECODER_PREFIX_LM, PROBABILITIES",
        "SHARED, DECODER_PREFIX_LM, LOGITS"
    })
    void outputsAreThoseOfTheAverageAndAreScoredAlike(Architecture first, Architecture second, Averaging averaging) {
        T5Model a = model(first, 3);
        T5Model b = model(second, 4);
        try (Ensemble ensemble = Ensemble.of(List.of(a, b), averaging)) {
            for (GenerationConfig config : List.of(GREEDY, BEAMS)) {
                List<List<Generated>> expected;
                try (DecoderState state = new HandAverage(averaging, a, b, INPUTS, config)) {
                    expected = Generator.generate(state, INPUTS.length, config);
                }
                List<List<Generated>> found = ensemble.generate(INPUTS, config);
                EnsembleTest.assertAlike(found, expected);
                for (int i = 0; i < INPUTS.length; i++) {
                    assertScoredAlike(ensemble, INPUTS[i], found.get(i).get(0));
                }
            }
        }
    }

    /** The likelihood of what was written is the score that it was written with. */
    private static void assertScoredAlike(Ensemble ensemble, int[] input, Generated written) {
        int[] tokens = written.tokens();
        T5Batch batch = T5Batch.of(ensemble.config(), 1, input.length, tokens.length, input, tokens);
        int targets = batch.targets();
        assertThat(targets).as(Arrays.toString(tokens)).isEqualTo(tokens.length);
        assertThat(ensemble.logLikelihoods(batch)[0]).isCloseTo(written.score(), within(1e-4));
        assertThat(ensemble.evaluateLoss(batch).negativeLogLikelihood()).isCloseTo(-written.score(), within(1e-4));
    }

    @ParameterizedTest
    @CsvSource({"ENCODER_DECODER, DECODER_LM", "DECODER_PREFIX_LM, SHARED"})
    void likelihoodsOfPackedRowsAreThoseOfTheirExamples(Architecture first, Architecture second) {
        try (Ensemble ensemble = Ensemble.of(List.of(model(first, 3), model(second, 4)), Averaging.PROBABILITIES)) {
            T5Config config = ensemble.config();
            double[] packed = ensemble.logLikelihoods(PackingTest.packed(config));
            assertThat(packed).containsExactly(ensemble.logLikelihoods(PackingTest.unpacked(config)), within(1e-5));
            assertThat(ensemble.evaluateLoss(PackingTest.packed(config)).negativeLogLikelihood())
                    .isCloseTo(-Arrays.stream(packed).sum(), within(1e-4));
        }
    }
}
