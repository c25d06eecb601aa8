package org.t5j.core.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.t5j.core.T5Exception;

/** Greedy search on toy models, and what the searches refuse. */
class GreedySearchTest {
    private static final int BATCH = 4;
    private static final GenerationConfig CONFIG =
            GenerationConfig.builder().maxLength(10).build();

    private static List<List<Generated>> generate(MarkovModel model, GenerationConfig config) {
        return Generator.generate(model.decoder(BATCH, config), BATCH, config);
    }

    @Test
    void every_token_is_the_likeliest_after_those_before_it() {
        for (int seed = 0; seed < 20; seed++) {
            MarkovModel model = new MarkovModel(seed, 12, 1);
            List<List<Generated>> outputs = generate(model, CONFIG);
            for (int input = 0; input < BATCH; input++) {
                Generated output = outputs.get(input).get(0);
                int[] tokens = new int[output.tokens().length + 1];
                System.arraycopy(output.tokens(), 0, tokens, 1, output.tokens().length);
                for (int length = 1; length < tokens.length; length++) {
                    float[] logits = model.logits(input, tokens, length);
                    for (float logit : logits) {
                        assertThat(logit).isLessThanOrEqualTo(logits[tokens[length]]);
                    }
                }
                boolean endsInEos = tokens[tokens.length - 1] == CONFIG.eosTokenId();
                assertThat(output.finished()).isEqualTo(endsInEos);
                assertThat(endsInEos || tokens.length == CONFIG.maxLength()).isTrue();
            }
        }
    }

    @Test
    void the_search_stops_once_all_rows_end() {
        MarkovModel model = new MarkovModel(0, 12, 4);
        GenerationConfig config = CONFIG.toBuilder().maxLength(200).build();
        MarkovDecoder decoder = model.decoder(BATCH, config);
        int longest = Generator.generate(decoder, BATCH, config).stream()
                .mapToInt(outputs -> outputs.get(0).tokens().length)
                .max()
                .orElseThrow();
        assertThat(decoder.steps()).isEqualTo(longest).isLessThan(199);
    }

    @Test
    void rows_that_ended_are_fed_padding() {
        GenerationConfig config = CONFIG.toBuilder().padTokenId(7).build();
        MarkovDecoder decoder = new MarkovModel(0, 12, 3).decoder(BATCH, config);
        List<List<Generated>> outputs = Generator.generate(decoder, BATCH, config);
        SearchProperties.assertPaddingAfterTheEnd(decoder, outputs, config);
    }

    @Test
    void constraints_hold_for_every_output() {
        for (int seed = 0; seed < 20; seed++) {
            GenerationConfig config = GenerationConfig.builder()
                    .maxLength(20)
                    .minLength(9)
                    .noRepeatNgramSize(2)
                    .build();
            for (List<Generated> outputs : generate(new MarkovModel(seed, 9, 2), config)) {
                SearchProperties.assertConstraints(outputs.get(0), config);
            }
        }
    }

    @Test
    void a_state_of_the_wrong_size_is_refused() {
        MarkovDecoder decoder = new MarkovModel(0, 12, 0).decoder(BATCH, CONFIG);
        assertThatThrownBy(() -> Generator.generate(decoder, BATCH + 1, CONFIG))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("1 rows for each of 5 inputs, found 4");
    }

    @Test
    void ids_outside_the_vocabulary_are_refused() {
        GenerationConfig config = CONFIG.toBuilder().eosTokenId(12).build();
        assertThatThrownBy(() -> generate(new MarkovModel(0, 12, 0), config))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("eosTokenId must be below the model's vocabulary size 12, found 12");
    }

    @Test
    void logits_that_are_not_numbers_are_reported() {
        for (float damaged : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
            for (int beams : new int[] {1, 2}) {
                GenerationConfig config = CONFIG.toBuilder().numBeams(beams).build();
                assertThatThrownBy(() -> generate(new MarkovModel(0, 12, damaged), config))
                        .isInstanceOf(T5Exception.class)
                        .hasMessageContaining("logits must be finite");
            }
        }
    }

    @Test
    void excluding_every_token_is_reported() {
        GenerationConfig config = GenerationConfig.builder()
                .maxLength(10)
                .minLength(10)
                .noRepeatNgramSize(1)
                .build();
        assertThatThrownBy(() -> generate(new MarkovModel(0, 5, 0), config))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("loosen noRepeatNgramSize or minLength");
    }
}
