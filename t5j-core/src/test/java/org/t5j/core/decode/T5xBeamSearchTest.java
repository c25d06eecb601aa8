package org.t5j.core.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** T5X's beam search on toy models: against a plain implementation of the same algorithm, and where it is not Hugging Face's. */
class T5xBeamSearchTest {
    private static final int BATCH = 3;

    private static GenerationConfig.Builder beams(int numBeams) {
        return GenerationConfig.builder()
                .numBeams(numBeams)
                .numReturnSequences(numBeams)
                .beamRule(BeamRule.T5X);
    }

    private static List<List<Generated>> generate(MarkovModel model, GenerationConfig config) {
        return Generator.generate(model.decoder(BATCH, config), BATCH, config);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.6, 1, 2})
    void tokens_and_scores_are_those_of_the_plain_implementation(double penalty) {
        for (int seed = 0; seed < 200; seed++) {
            MarkovModel model = new MarkovModel(seed, 23, seed % 6 - 1);
            GenerationConfig config = beams(2 + seed % 4)
                    .maxLength(3 + seed % 11)
                    .lengthPenalty(penalty)
                    .build();
            List<List<Generated>> expected = IntStream.range(0, BATCH)
                    .mapToObj(input -> new ReferenceT5xBeamSearch(model, input, config).run())
                    .toList();
            assertThat(generate(model, config)).as("%s, seed %d", config, seed).isEqualTo(expected);
        }
    }

    @Test
    void what_is_cut_is_given_up_for_what_ended() {
        int differ = 0;
        for (int seed = 0; seed < 50; seed++) {
            MarkovModel model = new MarkovModel(seed, 23, 0);
            GenerationConfig t5x = beams(4).maxLength(5).lengthPenalty(0.6).build();
            GenerationConfig huggingFace =
                    t5x.toBuilder().beamRule(BeamRule.HUGGING_FACE).build();
            for (List<Generated> outputs : generate(model, t5x)) {
                boolean any = outputs.get(0).finished();
                assertThat(outputs)
                        .allMatch(output -> any ? output.finished() || output.score() == -1e7 : !output.finished());
            }
            differ += generate(model, t5x).equals(generate(model, huggingFace)) ? 0 : 1;
        }
        assertThat(differ).isPositive();
    }

    @Test
    void what_is_cut_has_its_log_probability_for_a_score() {
        MarkovModel model = new MarkovModel(3, 17, -30);
        GenerationConfig config = beams(3).maxLength(6).lengthPenalty(0.6).build();
        for (Generated output : generate(model, config).get(1)) {
            assertThat(output.finished()).isFalse();
            float sum = 0;
            int[] tokens = new int[config.maxLength()];
            for (int i = 0; i < output.tokens().length; i++) {
                sum += model.logProbabilities(1, tokens, i + 1)[output.tokens()[i]];
                tokens[i + 1] = output.tokens()[i];
            }
            assertThat((float) output.score())
                    .as(Arrays.toString(output.tokens()))
                    .isEqualTo(sum);
        }
    }
}
