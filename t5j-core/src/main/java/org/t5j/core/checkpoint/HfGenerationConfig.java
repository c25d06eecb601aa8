package org.t5j.core.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.StreamSupport;
import org.t5j.core.T5Config;
import org.t5j.core.T5Exception;

/**
 * Hugging Face's {@code generation_config.json}: how a model wants to be decoded. What the file does not say has the
 * default of transformers' {@code GenerationConfig}; keys that are not asked for here are kept.
 */
public final class HfGenerationConfig {
    public static final String FILE = "generation_config.json";

    private final JsonObjectFile json;

    private HfGenerationConfig(JsonObjectFile json) {
        this.json = json;
    }

    /** The file that Hugging Face derives from a model's configuration. */
    public static HfGenerationConfig of(T5Config config) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        tree.put("_from_model_config", true);
        tree.put("decoder_start_token_id", config.decoderStartTokenId());
        tree.put("eos_token_id", config.eosTokenId());
        tree.put("pad_token_id", config.padTokenId());
        return new HfGenerationConfig(new JsonObjectFile(Path.of(FILE), tree));
    }

    /**
     * Reads a file.
     *
     * @throws T5Exception where it cannot be read; a value of a wrong type is found when it is asked for
     */
    public static HfGenerationConfig read(Path file) {
        return new HfGenerationConfig(JsonObjectFile.read(file));
    }

    /** The file of a model directory, or what follows from {@code config} where it has none. */
    public static HfGenerationConfig readFrom(Path directory, T5Config config) {
        Path file = directory.resolve(FILE);
        return Files.exists(file) ? read(file) : of(config);
    }

    /** This with the values of {@code others}, a JSON object, where it has any. */
    public HfGenerationConfig with(JsonNode others) {
        ObjectNode tree = json.tree().deepCopy();
        tree.setAll((ObjectNode) others);
        return new HfGenerationConfig(new JsonObjectFile(json.file(), tree));
    }

    /** Most tokens of a result, the start token counted. */
    public int maxLength() {
        return json.integer("max_length", 20);
    }

    /** Most tokens after the start token; takes precedence over {@link #maxLength}. */
    public OptionalInt maxNewTokens() {
        return json.has("max_new_tokens") ? OptionalInt.of(json.integer("max_new_tokens", 0)) : OptionalInt.empty();
    }

    /** Least tokens of a result, the start token counted; 0 where the file says nothing. */
    public int minLength() {
        return json.integer("min_length", 0);
    }

    /** Beams, 1 for greedy search or sampling; 1 where the file says nothing. */
    public int numBeams() {
        return json.integer("num_beams", 1);
    }

    /** Results per input; 1 where the file says nothing. */
    public int numReturnSequences() {
        return json.integer("num_return_sequences", 1);
    }

    /** Exponent of the length normalisation of beam search; 1 where the file says nothing. */
    public double lengthPenalty() {
        return json.number("length_penalty", 1);
    }

    /** Whether beam search stops at the first {@link #numBeams} finished hypotheses; the value "never" counts as false. */
    public boolean earlyStopping() {
        return !json.tree().path("early_stopping").isTextual() && json.flag("early_stopping", false);
    }

    /** Whether beam search goes on until nothing can get better: {@code early_stopping} is "never". */
    public boolean neverStopsEarly() {
        return "never".equals(json.tree().path("early_stopping").textValue());
    }

    /** Whether tokens are drawn; false where the file says nothing. */
    public boolean doSample() {
        return json.flag("do_sample", false);
    }

    /** Divisor of the logits in sampling; 1 where the file says nothing. */
    public double temperature() {
        return json.number("temperature", 1);
    }

    /** Likeliest tokens that sampling draws from, 0 for all; 50 where the file says nothing. */
    public int topK() {
        return json.integer("top_k", 50);
    }

    /** Probability mass that sampling draws from, 1 for all; 1 where the file says nothing. */
    public double topP() {
        return json.number("top_p", 1);
    }

    /** Least share of the likeliest token's probability that sampling draws from; 0 where the file says nothing. */
    public double minP() {
        return json.number("min_p", 0);
    }

    /** Penalty of tokens that were written already, 1 for none; 1 where the file says nothing. */
    public double repetitionPenalty() {
        return json.number("repetition_penalty", 1);
    }

    /** Length of sequences that may not occur twice, 0 for no limit; 0 where the file says nothing. */
    public int noRepeatNgramSize() {
        return json.integer("no_repeat_ngram_size", 0);
    }

    /** Ids that end a sequence; empty where the file names none. */
    public List<Integer> eosTokenIds() {
        JsonNode node = json.tree().path("eos_token_id");
        if (!node.isArray()) {
            return json.has("eos_token_id") ? List.of(json.integer("eos_token_id", 0)) : List.of();
        }
        return StreamSupport.stream(node.spliterator(), false)
                .map(this::tokenId)
                .toList();
    }

    private Integer tokenId(JsonNode id) {
        if (!id.isInt()) {
            throw new T5Exception(json.file() + ": \"eos_token_id\" must hold 32-bit integers, found " + id);
        }
        return id.intValue();
    }

    /** A copy of what the file says of {@code key}, a missing node where it says nothing. */
    public JsonNode get(String key) {
        return json.tree().path(key).deepCopy();
    }

    /**
     * Writes the file, replacing it.
     *
     * @throws T5Exception where that fails
     */
    public void write(Path file) {
        JsonObjectFile.write(file, json.tree());
    }
}
