package org.t5j.core.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.t5j.core.T5Exception;

/** Sampling on toy models: frequencies, determinism, limits. */
class SamplingSearchTest {
    private static final MarkovModel MODEL = new MarkovModel(7, 9, 1);

    private static GenerationConfig.Builder sampling(Sampling sampling) {
        return GenerationConfig.builder().sampling(sampling).maxLength(12);
    }

    private static List<List<Generated>> generate(GenerationConfig config) {
        return Generator.generate(MODEL.decoder(2, config), 2, config);
    }

    @Test
    void first_tokens_are_as_frequent_as_their_probability() {
        int draws = 20_000;
        GenerationConfig config = sampling(Sampling.withSeed(3))
                .maxNewTokens(1)
                .numReturnSequences(draws)
                .build();
        double[] frequencies = new double[MODEL.vocabSize()];
        generate(config).get(1).forEach(output -> frequencies[output.tokens()[0]] += 1.0 / draws);
        float[] logProbabilities = MODEL.logProbabilities(1, new int[1], 1);
        for (int token = 0; token < frequencies.length; token++) {
            assertThat(frequencies[token]).isCloseTo(Math.exp(logProbabilities[token]), within(0.015));
        }
    }

    @Test
    void a_seed_fixes_the_outputs_and_another_changes_them() {
        GenerationConfig config =
                sampling(Sampling.withSeed(3)).numReturnSequences(5).build();
        GenerationConfig other =
                config.toBuilder().sampling(Sampling.withSeed(4)).build();
        assertThat(generate(config)).isEqualTo(generate(config)).isNotEqualTo(generate(other));
    }

    @Test
    void the_listener_hears_every_token_of_every_output_in_order() {
        GenerationConfig config =
                sampling(Sampling.withSeed(3)).numReturnSequences(5).build();
        Map<Integer, List<Integer>> heard = new TreeMap<>();
        List<List<Generated>> outputs =
                Generator.generate(MODEL.decoder(2, config), 2, config, (input, sequence, id) -> heard.computeIfAbsent(
                                5 * input + sequence, row -> new ArrayList<>())
                        .add(id));
        assertThat(outputs).isEqualTo(generate(config));
        for (int input = 0; input < 2; input++) {
            List<List<Integer>> written = new ArrayList<>();
            outputs.get(input)
                    .forEach(output ->
                            written.add(Arrays.stream(output.tokens()).boxed().toList()));
            assertThat(heard.values().stream().skip(5L * input).limit(5)).containsExactlyInAnyOrderElementsOf(written);
        }
    }

    @Test
    void a_beam_search_cannot_tell_of_tokens_before_it_ends() {
        GenerationConfig beams =
                GenerationConfig.builder().numBeams(2).maxLength(12).build();
        assertThatThrownBy(() -> Generator.generate(MODEL.decoder(2, beams), 2, beams, TokenListener.NONE))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("numBeams must be 1")
                .hasMessageContaining("found 2");
    }

    @Test
    void every_input_gets_its_outputs_best_first() {
        GenerationConfig config =
                sampling(Sampling.withSeed(3)).numReturnSequences(5).build();
        assertThat(generate(config)).hasSize(2).allSatisfy(outputs -> assertThat(outputs)
                .hasSize(5)
                .isSortedAccordingTo(
                        Comparator.comparingDouble(Generated::score).reversed()));
    }

    @Test
    void drawing_from_the_likeliest_alone_is_greedy_search() {
        List<List<Generated>> greedy =
                generate(GenerationConfig.builder().maxLength(12).build());
        for (Sampling sampling : List.of(
                new Sampling(1, 1, 1, 5),
                new Sampling(1, 0, 1e-6, 5),
                new Sampling(0.001, 0, 1, 5),
                new Sampling(1, 0, 1, 1, 5))) {
            assertThat(generate(sampling(sampling).build()))
                    .usingRecursiveComparison()
                    .ignoringFields("score")
                    .isEqualTo(greedy);
        }
    }
}
