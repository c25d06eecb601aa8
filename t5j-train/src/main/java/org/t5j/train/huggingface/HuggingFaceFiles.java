package org.t5j.train.huggingface;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.t5j.core.T5Exception;
import org.t5j.tokenizer.SentencePieceTokenizer;
import org.t5j.tokenizer.SentinelConvention;
import org.t5j.tokenizer.Tokenizer;
import org.t5j.tokenizer.TokenizerException;
import org.t5j.tokenizer.model.ModelProto;

/** Writes and reads a vocabulary as Hugging Face's {@code save_pretrained} and {@code from_pretrained} do. */
public final class HuggingFaceFiles {

    /** Name of the SentencePiece model. */
    public static final String MODEL = "spiece.model";

    private static final String SPECIAL_TOKENS_MAP = "special_tokens_map.json";
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final ObjectMapper COMPACT = new ObjectMapper();

    private HuggingFaceFiles() {}

    /**
     * Writes the vocabulary into {@code directory}: {@code spiece.model} unless it is bytes, {@code
     * tokenizer_config.json}, {@code special_tokens_map.json}, and for unigram models {@code tokenizer.json}.
     */
    public static void write(Tokenizer tokenizer, Path directory) throws IOException {
        JSON.writeValue(directory.resolve(TokenizerConfig.FILE_NAME).toFile(), TokenizerConfig.toJson(tokenizer));
        JSON.writeValue(directory.resolve(SPECIAL_TOKENS_MAP).toFile(), new AddedTokens(tokenizer).specialTokensMap());
        if (tokenizer instanceof SentencePieceTokenizer text) {
            text.model().write(directory.resolve(MODEL));
        }
        if (FastTokenizer.canExpress(tokenizer)) {
            COMPACT.writeValue(
                    directory.resolve(FastTokenizer.FILE_NAME).toFile(),
                    FastTokenizer.toJson((SentencePieceTokenizer) tokenizer));
        }
    }

    /**
     * The vocabulary in {@code directory}: bytes where {@code config} says so, else {@code spiece.model}, else {@code
     * tokenizer.json}.
     *
     * @param config what {@link TokenizerConfig#readIn} found, or something else that is wanted
     * @throws T5Exception where there is none, or a file is not what it should be
     * @throws TokenizerException where the model is damaged or of a type that is not supported
     */
    public static Tokenizer readIn(Path directory, TokenizerConfig config) {
        if (config.convention().isBytes()) {
            return config.convention().bytes(config.extraIds());
        }
        Path file = vocabularyFile(directory)
                .orElseThrow(() -> new T5Exception(
                        directory + " has no " + MODEL + "; put the vocabulary that the model was trained with there"));
        return file.endsWith(MODEL) ? read(file, config) : tokenizer(file, readFast(file, config), config);
    }

    /** Copies the files of the vocabulary in {@code directory}, as many as there are, to another directory. */
    public static void copy(Path directory, Path target) throws IOException {
        for (String name : List.of(
                MODEL, FastTokenizer.FILE_NAME, TokenizerConfig.FILE_NAME, SPECIAL_TOKENS_MAP, "added_tokens.json")) {
            if (Files.exists(directory.resolve(name))) {
                Files.copy(directory.resolve(name), target.resolve(name));
            }
        }
    }

    /** The file that holds the pieces of the vocabulary in {@code directory}. */
    public static Optional<Path> vocabularyFile(Path directory) {
        return Stream.of(MODEL, FastTokenizer.FILE_NAME)
                .map(directory::resolve)
                .filter(Files::exists)
                .findFirst();
    }

    /**
     * The SentencePiece vocabulary in a file. Sentinels that it holds as pieces win over the configuration.
     *
     * @throws TokenizerException where it is absent, damaged or of a type that is not supported
     */
    public static SentencePieceTokenizer read(Path model, TokenizerConfig config) {
        return tokenizer(model, ModelProto.read(model), config);
    }

    private static SentencePieceTokenizer tokenizer(Path file, ModelProto model, TokenizerConfig config) {
        SentinelConvention convention = model.sentinelCount() > 0
                ? SentinelConvention.SEQIO
                : config.convention().sentinels();
        try {
            return SentencePieceTokenizer.of(model, config.extraIds(), convention);
        } catch (TokenizerException unusable) {
            throw new TokenizerException(
                    "The vocabulary file " + file + " cannot be used: " + unusable.getMessage(), unusable);
        }
    }

    private static ModelProto readFast(Path file, TokenizerConfig config) {
        try {
            JsonNode json = COMPACT.readTree(file.toFile());
            return new FastTokenizerReader(json).model(config.eosPiece(), config.padPiece());
        } catch (IOException e) {
            throw new T5Exception(file + " is not readable JSON: " + e.getMessage(), e);
        } catch (T5Exception e) {
            throw new T5Exception(
                    file + " has " + e.getMessage() + "; put the " + MODEL + " of the model beside it", e);
        }
    }
}
