package org.t5j.core.decode;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What Hugging Face transformers 4.43 generated with one of the golden models.
 *
 * @param inputIds {@code [batch][source]}, padded
 * @param attentionMask {@code [batch][source]}, 1 for tokens and 0 for padding
 */
record GenerationFixture(String model, int[][] inputIds, int[][] attentionMask, List<Run> runs) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static final List<String> MODELS =
            List.of("v10_tiny", "v11_tiny", "v10_long", "v11_tied_odd", "v10_reverse_trained", "v11_reverse_trained");

    /**
     * One call of {@code generate()}.
     *
     * @param sequences {@code [batch * numReturnSequences]} outputs in the form of {@link Generated#tokens}
     * @param scores of the sequences, or null for greedy search
     */
    record Run(String name, GenerationConfig config, List<int[]> sequences, double[] scores) {}

    /** Reads {@code fixture.json} and {@code generate_443.json} of a model; the calling test is skipped without them. */
    static GenerationFixture read(String model) {
        JsonNode generate = json(model, "fixture.json").required("generate");
        GenerationConfig base = GenerationConfig.builder()
                .maxLength(generate.required("max_length").intValue())
                .build();
        List<Run> runs = new ArrayList<>();
        json(model, "generate_443.json")
                .required("runs")
                .properties()
                .forEach(entry -> runs.add(run(entry.getKey(), base, entry.getValue())));
        return new GenerationFixture(
                model,
                convert(generate.required("input_ids"), int[][].class),
                convert(generate.required("attention_mask"), int[][].class),
                List.copyOf(runs));
    }

    private static Run run(String name, GenerationConfig base, JsonNode run) {
        GenerationConfig.Builder config = base.toBuilder();
        run.required("args").properties().forEach(arg -> set(config, arg.getKey(), arg.getValue()));
        List<int[]> sequences = Arrays.stream(convert(run.required("sequences"), int[][].class))
                .map(sequence -> generated(sequence, base.eosTokenId()))
                .toList();
        JsonNode scores = run.get("sequences_scores");
        return new Run(name, config.build(), sequences, scores == null ? null : convert(scores, double[].class));
    }

    private static void set(GenerationConfig.Builder config, String argument, JsonNode value) {
        switch (argument) {
            case "num_beams" -> config.numBeams(value.intValue());
            case "length_penalty" -> config.lengthPenalty(value.doubleValue());
            case "early_stopping" ->
                config.earlyStopping(value.booleanValue() ? EarlyStopping.TRUE : EarlyStopping.FALSE);
            case "num_return_sequences" -> config.numReturnSequences(value.intValue());
            case "no_repeat_ngram_size" -> config.noRepeatNgramSize(value.intValue());
            case "repetition_penalty" -> config.repetitionPenalty(value.doubleValue());
            case "min_length" -> config.minLength(value.intValue());
            default -> throw new IllegalArgumentException("unknown argument of generate(): " + argument);
        }
    }

    /** Without the start token, up to and with end of sequence. */
    private static int[] generated(int[] sequence, int eosTokenId) {
        int end = 1;
        while (end < sequence.length && sequence[end] != eosTokenId) {
            end++;
        }
        return Arrays.copyOfRange(sequence, 1, Math.min(end + 1, sequence.length));
    }

    private static <T> T convert(JsonNode node, Class<T> type) {
        return JSON.convertValue(node, type);
    }

    private static JsonNode json(String model, String file) {
        try (InputStream resource = GenerationFixture.class.getResourceAsStream("/golden/t5/" + model + "/" + file)) {
            if (resource != null) {
                return JSON.readTree(resource);
            }
            Path shared = Path.of(System.getProperty("t5j.shared", ""), "golden", "t5", model, file);
            assumeTrue(Files.exists(shared), () -> "golden file " + shared + " is absent");
            return JSON.readTree(shared.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException("golden file " + model + "/" + file, e);
        }
    }
}
