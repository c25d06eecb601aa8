package org.t5j.train.huggingface;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.StreamSupport;
import org.t5j.core.T5Exception;
import org.t5j.tokenizer.Tokenizer;

/**
 * What {@code tokenizer_config.json} says about a vocabulary.
 *
 * @param convention what makes ids of text
 * @param extraIds number of sentinels that are added to the vocabulary
 * @param eosPiece name of the end-of-sequence token
 * @param padPiece name of the padding token
 */
public record TokenizerConfig(VocabularyConvention convention, int extraIds, String eosPiece, String padPiece) {

    /** Name of the file. */
    public static final String FILE_NAME = "tokenizer_config.json";

    private static final String CLASS = "tokenizer_class";
    private static final String EXTRA_IDS = "extra_ids";
    private static final String LEGACY = "legacy";
    private static final String SENTINELS = "additional_special_tokens";
    /** Ours; Hugging Face knows no such vocabulary and takes it for a ByT5 without sentinels. */
    private static final String CONVENTION = "sentinel_convention";

    private static final String BYTE_CLASS = "byt5tokenizer";
    private static final int T5_MAX_LENGTH = 512;
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * What the files in {@code directory} say, {@code config.json} where there is no {@code tokenizer_config.json}; T5's
     * usual convention where they say nothing.
     *
     * @throws T5Exception where one of them is not readable JSON
     */
    public static TokenizerConfig readIn(Path directory) {
        JsonNode file = read(directory.resolve(FILE_NAME));
        JsonNode name = file.has(CLASS) ? file : read(directory.resolve("config.json"));
        String tokenizerClass = name.path(CLASS).asText("").toLowerCase(Locale.ROOT);
        VocabularyConvention convention = !tokenizerClass.startsWith(BYTE_CLASS)
                ? file.path(LEGACY).asBoolean(true) ? VocabularyConvention.HF_LEGACY : VocabularyConvention.HF_EXACT
                : file.path(CONVENTION).asText().equals(VocabularyConvention.BYT5_ORIGINAL.name())
                        ? VocabularyConvention.BYT5_ORIGINAL
                        : VocabularyConvention.BYT5;
        return new TokenizerConfig(
                convention,
                extraIds(file, convention),
                name(file, "eos_token", "</s>"),
                name(file, "pad_token", "<pad>"));
    }

    /** T5's usual convention. */
    public static TokenizerConfig defaults() {
        VocabularyConvention usual = VocabularyConvention.HF_LEGACY;
        return new TokenizerConfig(usual, usual.usualExtraIds(), "</s>", "<pad>");
    }

    /**
     * This with what a user has chosen.
     *
     * @param chosen null for what this says
     * @param chosenExtraIds null for what this says, or what is usual for another kind of vocabulary
     */
    public TokenizerConfig with(VocabularyConvention chosen, Integer chosenExtraIds) {
        VocabularyConvention other = chosen == null ? convention : chosen;
        int usual = other.isBytes() == convention.isBytes() ? extraIds : other.usualExtraIds();
        return new TokenizerConfig(other, chosenExtraIds == null ? usual : chosenExtraIds, eosPiece, padPiece);
    }

    /** A token is written as its text or as an object that holds it. */
    private static String name(JsonNode file, String key, String otherwise) {
        JsonNode token = file.path(key);
        return token.path("content").asText(token.asText(otherwise));
    }

    /** ByT5Tokenizer of recent releases writes 0 extra ids and the names of all of them. */
    private static int extraIds(JsonNode file, VocabularyConvention convention) {
        int named = (int) StreamSupport.stream(file.path(SENTINELS).spliterator(), false)
                .filter(token -> token.path("content").asText(token.asText()).startsWith("<extra_id_"))
                .count();
        int said = file.path(EXTRA_IDS).asInt(convention.usualExtraIds());
        return convention == VocabularyConvention.BYT5 && named > 0 ? named : said;
    }

    private static JsonNode read(Path file) {
        if (!Files.exists(file)) {
            return JsonNodeFactory.instance.objectNode();
        }
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new T5Exception(file + " is not readable JSON: " + e.getMessage(), e);
        }
    }

    /** The content of the file for {@code tokenizer}: that of T5's own files for T5's vocabulary. */
    static ObjectNode toJson(Tokenizer tokenizer) {
        VocabularyConvention convention = VocabularyConvention.of(tokenizer);
        AddedTokens added = new AddedTokens(tokenizer);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("added_tokens_decoder", added.byId());
        if (added.sentinelsAdded() > 0) {
            json.set(SENTINELS, added.sentinelNames());
        }
        json.put(EXTRA_IDS, added.sentinelsAdded());
        if (convention.isBytes()) {
            json.put(CLASS, "ByT5Tokenizer");
            json.put("clean_up_tokenization_spaces", false);
        } else {
            json.put(CLASS, "T5Tokenizer");
            json.put("clean_up_tokenization_spaces", true);
            json.put("add_prefix_space", true);
            json.put(LEGACY, convention != VocabularyConvention.HF_EXACT);
            json.put("model_max_length", T5_MAX_LENGTH);
            json.putObject("sp_model_kwargs");
        }
        if (convention == VocabularyConvention.BYT5_ORIGINAL) {
            json.put(CONVENTION, convention.name());
        }
        putName(json, "eos_token", tokenizer, tokenizer.eosId());
        putName(json, "pad_token", tokenizer, tokenizer.padId());
        putName(json, "unk_token", tokenizer, tokenizer.unkId());
        return json;
    }

    private static void putName(ObjectNode json, String key, Tokenizer tokenizer, int id) {
        if (id >= 0) {
            json.put(key, tokenizer.piece(id));
        }
    }
}
