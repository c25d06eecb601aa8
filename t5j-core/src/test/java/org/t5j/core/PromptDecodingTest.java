package org.t5j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.t5j.core.decode.DecoderState;
import org.t5j.core.decode.Generated;
import org.t5j.core.decode.GenerationConfig;

/** A decoder alone goes on from prompts of different lengths as if it read every sequence whole. */
class PromptDecodingTest {
    /** Of 0 (an end of sequence alone), 1, 4 and 9 tokens, one of them beyond the buckets of exact distances. */
    private static final int[][] PROMPTS = {{1}, {5}, {6, 7, 8, 1}, {9, 3, 12, 4, 4, 17, 2, 11, 1}};

    private static T5Model model(String kernels, Architecture architecture, boolean biasPerLayer) {
        return T5Model.create(ArchitecturesTest.config(architecture, biasPerLayer), 3, PackingTest.kernels(kernels));
    }

    /** The logits after the last of {@code written}, reading everything at once. */
    private static float[] whole(T5Model model, int[] prompt, List<Integer> written) {
        int[] labels = new int[written.size() + 1];
        for (int i = 0; i < written.size(); i++) {
            labels[i] = written.get(i);
        }
        labels[written.size()] = 1;
        T5Batch batch = T5Batch.of(model.config(), 1, prompt.length, labels.length, prompt, labels);
        int read = (prompt.length == 1 && prompt[0] == 1 ? 0 : prompt.length) + written.size();
        int vocabulary = model.config().vocabSize();
        return Arrays.copyOfRange(model.activations(batch).logits(), read * vocabulary, (read + 1) * vocabulary);
    }

    @ParameterizedTest
    @CsvSource({
        "cpu, DECODER_LM, 1, false",
        "cpu, DECODER_LM, 4, true",
        "cpu, DECODER_PREFIX_LM, 1, true",
        "cpu, DECODER_PREFIX_LM, 4, false",
        "nd4j, DECODER_LM, 1, true",
        "nd4j, DECODER_LM, 4, false",
        "nd4j, DECODER_PREFIX_LM, 1, false",
        "nd4j, DECODER_PREFIX_LM, 4, true"
    })
    void decodingWithTheCacheGivesTheLogitsOfTheWholeSequence(
            String kernels, Architecture architecture, int beams, boolean biasPerLayer) {
        int steps = 6;
        Random random = new Random(7);
        try (T5Model model = model(kernels, architecture, biasPerLayer);
                DecoderState state = model.startDecoding(PROMPTS, beams, steps)) {
            int rows = PROMPTS.length * beams;
            List<List<Integer>> written = new java.util.ArrayList<>(
                    IntStream.range(0, rows).mapToObj(row -> List.<Integer>of()).toList());
            int[] tokens = new int[rows];
            for (int t = 0; t < steps; t++) {
                float[] logits = state.step(tokens).clone();
                for (int row = 0; row < rows; row++) {
                    float[] expected = whole(model, PROMPTS[row / beams], written.get(row));
                    float[] found = Arrays.copyOfRange(logits, row * 19, (row + 1) * 19);
                    assertThat(found).as("token %d of row %d", t, row).containsExactly(expected, within(1e-4f));
                }
                int[] parents = IntStream.range(0, rows)
                        .map(row -> row / beams * beams + random.nextInt(beams))
                        .toArray();
                state.reorder(parents);
                List<List<Integer>> next = new java.util.ArrayList<>();
                for (int row = 0; row < rows; row++) {
                    tokens[row] = 2 + random.nextInt(17);
                    next.add(java.util.stream.Stream.concat(
                                    written.get(parents[row]).stream(), java.util.stream.Stream.of(tokens[row]))
                            .toList());
                }
                written = next;
            }
            assertThatThrownBy(() -> state.step(tokens)).hasMessageContaining("full");
        }
    }

    @ParameterizedTest
    @CsvSource({"cpu, DECODER_LM", "cpu, DECODER_PREFIX_LM", "nd4j, DECODER_LM", "nd4j, DECODER_PREFIX_LM"})
    void maskedTokensOfAPromptStayMasked(String kernels, Architecture architecture) {
        int[] prompt = {5, 0, 6, 1, 0};
        int[] mask = {1, 0, 1, 1, 0};
        try (T5Model model = model(kernels, architecture, false);
                DecoderState state = model.startDecoding(1, 5, prompt, mask, 1, 4)) {
            T5Batch batch = T5Batch.of(model.config(), 1, 5, 3, prompt, new int[] {7, 8, 9});
            float[] expected = model.activations(batch).logits();
            int[] fed = {0, 7, 8};
            for (int t = 0; t < 3; t++) {
                assertThat(state.step(new int[] {fed[t]}).clone())
                        .containsExactly(Arrays.copyOfRange(expected, (4 + t) * 19, (5 + t) * 19), within(1e-4f));
            }
        }
    }

    @Test
    void generatedSequencesAreThoseOfEveryPromptAlone() {
        GenerationConfig beams =
                GenerationConfig.builder().numBeams(4).maxLength(7).build();
        for (Architecture architecture : List.of(Architecture.DECODER_LM, Architecture.DECODER_PREFIX_LM)) {
            try (T5Model model = model("cpu", architecture, false)) {
                List<List<Generated>> together = model.generate(PROMPTS, beams);
                for (int i = 0; i < PROMPTS.length; i++) {
                    Generated alone = model.generate(new int[][] {PROMPTS[i]}, beams)
                            .get(0)
                            .get(0);
                    assertThat(together.get(i).get(0).tokens()).isEqualTo(alone.tokens());
                    assertThat(together.get(i).get(0).score()).isCloseTo(alone.score(), within(1e-4));
                }
            }
        }
    }
}
