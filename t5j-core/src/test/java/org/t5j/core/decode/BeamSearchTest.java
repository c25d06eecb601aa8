package org.t5j.core.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Beam search on toy models: against a plain implementation of the same algorithm, against enumeration of all outputs,
 * and what must hold for any model.
 */
class BeamSearchTest {
    private static final int BATCH = 3;

    private static GenerationConfig.Builder beams(int numBeams) {
        return GenerationConfig.builder().numBeams(numBeams).numReturnSequences(numBeams);
    }

    private static List<List<Generated>> generate(MarkovModel model, GenerationConfig config) {
        return Generator.generate(model.decoder(BATCH, config), BATCH, config);
    }

    @ParameterizedTest
    @EnumSource(EarlyStopping.class)
    void tokens_and_scores_are_those_of_the_plain_implementation(EarlyStopping earlyStopping) {
        for (LengthNormalization normalization : LengthNormalization.values()) {
            for (double penalty : new double[] {-0.5, 0, 0.6, 2}) {
                for (int seed = 0; seed < 20; seed++) {
                    MarkovModel model = new MarkovModel(seed, 23, seed % 5);
                    GenerationConfig config = beams(2 + seed % 4)
                            .maxLength(4 + seed % 9)
                            .earlyStopping(earlyStopping)
                            .lengthNormalization(normalization)
                            .lengthPenalty(penalty)
                            .build();
                    List<List<Generated>> expected = IntStream.range(0, BATCH)
                            .mapToObj(input -> new ReferenceBeamSearch(model, input, config).run())
                            .toList();
                    assertThat(generate(model, config))
                            .as("%s, seed %d", config, seed)
                            .isEqualTo(expected);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(LengthNormalization.class)
    void enough_beams_find_the_best_of_all_outputs(LengthNormalization normalization) {
        for (int seed = 0; seed < 10; seed++) {
            MarkovModel model = new MarkovModel(seed, 4, 0);
            GenerationConfig config = GenerationConfig.builder()
                    .numBeams(64)
                    .numReturnSequences(10)
                    .maxNewTokens(3)
                    .earlyStopping(EarlyStopping.NEVER)
                    .lengthNormalization(normalization)
                    .lengthPenalty(0.8)
                    .build();
            List<Generated> all = new ArrayList<>();
            enumerate(model, new int[1 + config.maxNewTokens()], 1, 0, config, all);
            all.sort(Comparator.comparingDouble(Generated::score).reversed());

            assertThat(all).hasSize(1 + 3 + 9 + 27);
            assertThat(generate(model, config).get(0)).isEqualTo(all.subList(0, 10));
        }
    }

    private static void enumerate(
            MarkovModel model, int[] tokens, int length, float score, GenerationConfig config, List<Generated> all) {
        boolean ended = length > 1 && tokens[length - 1] == config.eosTokenId();
        if (ended || length == tokens.length) {
            int[] generated = Arrays.copyOfRange(tokens, 1, length);
            double divisor = config.lengthNormalization().divisor(generated.length, config.lengthPenalty());
            all.add(new Generated(generated, score / divisor, ended));
            return;
        }
        float[] logProbabilities = model.logProbabilities(0, tokens, length);
        for (int token = 0; token < model.vocabSize(); token++) {
            tokens[length] = token;
            enumerate(model, tokens, length + 1, score + logProbabilities[token], config, all);
        }
    }

    @Test
    void one_beam_is_greedy_search() {
        for (int seed = 0; seed < 50; seed++) {
            MarkovModel model = new MarkovModel(seed, 11, 1);
            GenerationConfig config =
                    GenerationConfig.builder().maxLength(12).lengthPenalty(0.6).build();
            assertThat(new BeamSearch(model.decoder(BATCH, config), config).run())
                    .isEqualTo(generate(model, config));
        }
    }

    @Test
    void the_score_is_the_models_log_probability_over_the_length() {
        MarkovModel model = new MarkovModel(5, 40, 2);
        GenerationConfig config = beams(4).maxLength(15).lengthPenalty(0.6).build();
        List<List<Generated>> outputs = generate(model, config);
        for (int input = 0; input < BATCH; input++) {
            for (Generated output : outputs.get(input)) {
                int[] tokens = new int[output.tokens().length + 1];
                System.arraycopy(output.tokens(), 0, tokens, 1, output.tokens().length);
                double sum = 0;
                for (int length = 1; length < tokens.length; length++) {
                    sum += model.logProbabilities(input, tokens, length)[tokens[length]];
                }
                assertThat(output.score()).isCloseTo(sum / Math.pow(output.tokens().length, 0.6), within(1e-5));
            }
        }
    }

    @Test
    void outputs_are_distinct_ordered_and_end_as_they_say() {
        for (int seed = 0; seed < 30; seed++) {
            GenerationConfig config = beams(5).maxLength(9).build();
            for (List<Generated> outputs : generate(new MarkovModel(seed, 17, 2), config)) {
                Set<String> distinct = new HashSet<>();
                outputs.forEach(output -> distinct.add(Arrays.toString(output.tokens())));
                assertThat(distinct).hasSize(5);
                assertThat(outputs)
                        .isSortedAccordingTo(
                                Comparator.comparingDouble(Generated::score).reversed());
                assertThat(outputs).allSatisfy(output -> {
                    int[] tokens = output.tokens();
                    int eosAt = IntStream.range(0, tokens.length)
                            .filter(i -> tokens[i] == config.eosTokenId())
                            .findFirst()
                            .orElse(-1);
                    assertThat(output.finished()).isEqualTo(eosAt >= 0);
                    assertThat(tokens).hasSize(eosAt >= 0 ? eosAt + 1 : config.maxNewTokens());
                });
            }
        }
    }

    @Test
    void fewer_outputs_are_the_best_of_more() {
        MarkovModel model = new MarkovModel(3, 17, 2);
        GenerationConfig all = beams(4).maxLength(9).build();
        GenerationConfig two = all.toBuilder().numReturnSequences(2).build();
        List<List<Generated>> expected = generate(model, all).stream()
                .map(outputs -> outputs.subList(0, 2))
                .toList();
        assertThat(generate(model, two)).isEqualTo(expected);
    }

    @Test
    void the_search_stops_once_all_inputs_are_done() {
        MarkovModel model = new MarkovModel(1, 17, 9);
        GenerationConfig config =
                beams(2).maxLength(100).earlyStopping(EarlyStopping.TRUE).build();
        MarkovDecoder decoder = model.decoder(BATCH, config);
        List<List<Generated>> outputs = Generator.generate(decoder, BATCH, config);
        int longest = outputs.stream()
                .flatMap(List::stream)
                .mapToInt(output -> output.tokens().length)
                .max()
                .orElseThrow();
        assertThat(decoder.steps()).isEqualTo(longest).isLessThan(99);
    }

    @Test
    void inputs_that_are_done_are_fed_padding() {
        GenerationConfig config = beams(2).maxLength(30)
                .padTokenId(7)
                .earlyStopping(EarlyStopping.TRUE)
                .build();
        MarkovDecoder decoder = new MarkovModel(2, 12, 1).decoder(BATCH, config);
        List<List<Generated>> outputs = Generator.generate(decoder, BATCH, config);
        SearchProperties.assertPaddingAfterTheEnd(decoder, outputs, config);
    }

    @Test
    void constraints_hold_for_every_output() {
        for (int seed = 0; seed < 20; seed++) {
            GenerationConfig config = beams(3).maxLength(14)
                    .minLength(7)
                    .noRepeatNgramSize(2)
                    .repetitionPenalty(1.2)
                    .build();
            generate(new MarkovModel(seed, 13, 3), config).stream()
                    .flatMap(List::stream)
                    .forEach(output -> SearchProperties.assertConstraints(output, config));
        }
    }
}
