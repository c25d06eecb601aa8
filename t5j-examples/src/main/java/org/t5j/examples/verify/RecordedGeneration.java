package org.t5j.examples.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.t5j.core.FileFailure;
import org.t5j.core.T5Config;
import org.t5j.core.T5Exception;
import org.t5j.core.T5Model;
import org.t5j.core.decode.DecoderState;
import org.t5j.core.decode.EarlyStopping;
import org.t5j.core.decode.Generated;
import org.t5j.core.decode.GenerationConfig;
import org.t5j.core.decode.Generator;

/**
 * A JSON file with inputs and what calls of Hugging Face's {@code generate()} made of them: {@code generate: {input_ids,
 * attention_mask, max_length, runs: {NAME: {args, sequences, sequences_scores}}}}. A file with {@code runs} alone takes
 * the inputs from {@code fixture.json} beside it.
 *
 * <p>Before 4.36, transformers counted the start token in the length that the length penalty divides by, for hypotheses
 * cut off by {@code max_length}. Which version made the file is read from {@code made_with}; scores are compared in the
 * convention of that version. (4.36 itself, which in addition did not count the end of sequence, is taken for a later
 * one.)
 */
public final class RecordedGeneration {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int[] FIRST_WITHOUT_START_TOKEN = {4, 36};

    private final Path file;
    private final String madeWith;
    private final JsonNode inputs;
    private final JsonNode runs;

    private RecordedGeneration(Path file, String madeWith, JsonNode inputs, JsonNode runs) {
        this.file = file;
        this.madeWith = madeWith;
        this.inputs = inputs;
        this.runs = runs;
    }

    /**
     * Reads a file.
     *
     * @throws T5Exception where it is not of that form
     */
    public static RecordedGeneration read(Path file) {
        JsonNode root = parse(file);
        JsonNode generate = root.path("generate");
        JsonNode inputs = generate;
        if (!generate.has("input_ids")) {
            Path beside = file.resolveSibling("fixture.json");
            inputs = Files.exists(beside) ? parse(beside).path("generate") : generate;
        }
        JsonNode runs = generate.has("runs") ? generate.get("runs") : root.path("runs");
        JsonNode madeWith = root.path("made_with");
        String version = madeWith.isTextual()
                ? madeWith.asText()
                : madeWith.path("transformers").asText("");
        if (!inputs.has("input_ids") || !inputs.has("max_length") || !runs.isObject() || runs.isEmpty()) {
            throw new T5Exception(
                    file + " holds no generation runs: it needs generate.input_ids, generate.max_length and"
                            + " generate.runs (or runs, with the inputs in fixture.json beside it)");
        }
        return new RecordedGeneration(file, version, inputs, runs);
    }

    private static JsonNode parse(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new T5Exception(file + " is not JSON: " + e.getOriginalMessage(), e);
        } catch (NoSuchFileException | java.io.FileNotFoundException e) {
            throw new T5Exception("There is no file " + file, e);
        } catch (IOException e) {
            throw new T5Exception("Cannot read " + file + ": " + FileFailure.reason(e), e);
        }
    }

    /** The convention of the recorded scores, in a sentence. */
    public String scoreConvention() {
        return (madeWith.isEmpty() ? "unknown version of transformers" : "transformers " + madeWith)
                + (countsStartToken()
                        ? ": the length of outputs cut by max_length counts the start token"
                        : ": lengths do not count the start token");
    }

    private boolean countsStartToken() {
        String[] parts = madeWith.split("[^0-9]+");
        for (int i = 0; i < FIRST_WITHOUT_START_TOKEN.length; i++) {
            int number = i < parts.length && !parts[i].isEmpty() ? Integer.parseInt(parts[i]) : Integer.MAX_VALUE;
            if (number != FIRST_WITHOUT_START_TOKEN[i]) {
                return number < FIRST_WITHOUT_START_TOKEN[i];
            }
        }
        return false;
    }

    /** Generates every run with {@code model}: for each whether its sequences are the recorded ones, and the scores. */
    public List<Comparison> compare(T5Model model, Tolerances tolerances) {
        List<Comparison> comparisons = new ArrayList<>();
        for (Map.Entry<String, JsonNode> run : runs.properties()) {
            GenerationConfig config = config(run.getKey(), run.getValue(), model.config());
            List<Generated> outputs = generate(model, config);
            compare(run.getKey(), run.getValue(), outputs, config, tolerances, comparisons);
        }
        return comparisons;
    }

    private List<Generated> generate(T5Model model, GenerationConfig config) {
        int[][] ids = convert(inputs.get("input_ids"), int[][].class);
        int[] flat = Arrays.stream(ids).flatMapToInt(Arrays::stream).toArray();
        int[] mask = inputs.has("attention_mask")
                ? Arrays.stream(convert(inputs.get("attention_mask"), int[][].class))
                        .flatMapToInt(Arrays::stream)
                        .toArray()
                : Arrays.stream(flat)
                        .map(id -> id == model.config().padTokenId() ? 0 : 1)
                        .toArray();
        try (DecoderState state =
                model.startDecoding(ids.length, ids[0].length, flat, mask, config.rowsPerInput(), config.maxLength())) {
            return Generator.generate(state, ids.length, config).stream()
                    .flatMap(List::stream)
                    .toList();
        }
    }

    private void compare(
            String name,
            JsonNode run,
            List<Generated> outputs,
            GenerationConfig config,
            Tolerances tolerances,
            List<Comparison> comparisons) {
        int[][] sequences = convert(run.path("sequences"), int[][].class);
        if (sequences == null || sequences.length != outputs.size()) {
            throw new T5Exception(file + ": run " + name + " must have " + outputs.size() + " sequences, found "
                    + (sequences == null ? 0 : sequences.length));
        }
        int different = 0;
        String worst = "";
        for (int i = 0; i < sequences.length; i++) {
            if (!Arrays.equals(outputs.get(i).tokens(), withoutPadding(sequences[i], config.eosTokenId()))) {
                worst = different++ == 0 ? "sequence " + i : worst;
            }
        }
        String group = "generate." + name;
        comparisons.add(new Comparison(group, sequences.length, "sequences differ", different, worst, 0));
        if (run.has("sequences_scores")) {
            double[] scores = convert(run.get("sequences_scores"), double[].class);
            Comparison comparison = Comparison.empty(group + ".scores", "max abs", tolerances.scores());
            for (int i = 0; i < scores.length; i++) {
                comparison =
                        comparison.plus("sequence " + i, Math.abs(scores[i] - recordedForm(outputs.get(i), config)));
            }
            comparisons.add(comparison);
        }
    }

    /** The score as the version that made the file computes it. */
    private double recordedForm(Generated output, GenerationConfig config) {
        double n = output.tokens().length;
        return output.finished() || !countsStartToken()
                ? output.score()
                : output.score() * Math.pow(n / (n + 1), config.lengthPenalty());
    }

    private GenerationConfig config(String name, JsonNode run, T5Config model) {
        GenerationConfig.Builder config = GenerationConfig.builder()
                .maxLength(inputs.get("max_length").asInt())
                .startTokenId(model.decoderStartTokenId())
                .eosTokenId(model.eosTokenId())
                .padTokenId(model.padTokenId());
        run.path("args").properties().forEach(argument -> {
            JsonNode value = argument.getValue();
            switch (argument.getKey()) {
                case "num_beams" -> config.numBeams(value.asInt());
                case "length_penalty" -> config.lengthPenalty(value.asDouble());
                case "early_stopping" -> config.earlyStopping(earlyStopping(value));
                case "num_return_sequences" -> config.numReturnSequences(value.asInt());
                case "no_repeat_ngram_size" -> config.noRepeatNgramSize(value.asInt());
                case "repetition_penalty" -> config.repetitionPenalty(value.asDouble());
                case "min_length" -> config.minLength(value.asInt());
                case "max_length" -> config.maxLength(value.asInt());
                case "do_sample" -> requireGreedy(name, value);
                default ->
                    throw new T5Exception(file + ": run " + name + " was made with " + argument.getKey()
                            + ", which verify cannot repeat; leave the run out");
            }
        });
        return config.build();
    }

    private void requireGreedy(String name, JsonNode doSample) {
        if (doSample.asBoolean()) {
            throw new T5Exception(file + ": run " + name + " was sampled, which cannot be repeated; leave it out");
        }
    }

    private static EarlyStopping earlyStopping(JsonNode value) {
        if (value.isTextual()) {
            return EarlyStopping.NEVER;
        }
        return value.asBoolean() ? EarlyStopping.TRUE : EarlyStopping.FALSE;
    }

    /** Without the start token, up to and with end of sequence. */
    private static int[] withoutPadding(int[] sequence, int eosTokenId) {
        int end = 1;
        while (end < sequence.length && sequence[end] != eosTokenId) {
            end++;
        }
        return Arrays.copyOfRange(sequence, 1, Math.min(end + 1, sequence.length));
    }

    private static <T> T convert(JsonNode node, Class<T> type) {
        return JSON.convertValue(node, type);
    }
}
