package org.t5j.train.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.t5j.core.T5Exception;
import org.t5j.tokenizer.SentencePieceTokenizer;
import org.t5j.train.setup.TokenizerSection;

/**
 * The vocabulary in a model directory: {@code spiece.model} and {@code tokenizer_config.json}, which says how many
 * sentinels follow its pieces. Held in memory, so that a run does not depend on the file it was started with.
 */
public final class VocabularyFiles {
    private static final String CONFIG = "tokenizer_config.json";
    private static final String EXTRA_IDS = "extra_ids";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SentencePieceTokenizer tokenizer;
    private final byte[] model;
    private final int extraIds;

    private VocabularyFiles(Path file, int extraIds) {
        this.tokenizer = SentencePieceTokenizer.load(file, extraIds);
        this.extraIds = extraIds;
        try {
            this.model = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new T5Exception("Cannot read the vocabulary " + file + ": " + e, e);
        }
    }

    static VocabularyFiles of(TokenizerSection section) {
        Path file = section.requireFile();
        return new VocabularyFiles(file, section.extraIds() != null ? section.extraIds() : extraIdsBeside(file));
    }

    /**
     * The vocabulary of a model directory; 100 sentinels unless its configuration says otherwise.
     *
     * @throws T5Exception where there is none
     */
    public static VocabularyFiles in(Path directory) {
        Path file = directory.resolve(TokenizerSection.FILE_NAME);
        if (!Files.exists(file)) {
            throw new T5Exception(directory + " has no " + TokenizerSection.FILE_NAME
                    + "; put the vocabulary that the model was trained with there");
        }
        return new VocabularyFiles(file, extraIdsBeside(file));
    }

    private static int extraIdsBeside(Path file) {
        Path config = file.resolveSibling(CONFIG);
        if (!Files.exists(config)) {
            return SentencePieceTokenizer.T5_EXTRA_IDS;
        }
        try {
            JsonNode value = JSON.readTree(config.toFile()).path(EXTRA_IDS);
            return value.asInt(SentencePieceTokenizer.T5_EXTRA_IDS);
        } catch (IOException e) {
            throw new T5Exception(config + " is not readable JSON: " + e.getMessage(), e);
        }
    }

    /** The vocabulary with its sentinels. */
    public SentencePieceTokenizer tokenizer() {
        return tokenizer;
    }

    void writeInto(Path directory) throws IOException {
        Files.write(directory.resolve(TokenizerSection.FILE_NAME), model);
        JsonNode config = JSON.createObjectNode()
                .put("tokenizer_class", "T5Tokenizer")
                .put(EXTRA_IDS, extraIds)
                .put("eos_token", tokenizer.piece(tokenizer.eosId()))
                .put("pad_token", tokenizer.piece(tokenizer.padId()))
                .put("unk_token", tokenizer.piece(tokenizer.unkId()));
        Files.writeString(directory.resolve(CONFIG), config.toPrettyString());
    }
}
