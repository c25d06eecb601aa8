package org.t5j.train.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.t5j.core.T5Exception;
import org.t5j.tokenizer.SentencePieceTokenizer;
import org.t5j.tokenizer.Tokenizer;
import org.t5j.train.huggingface.HuggingFaceFiles;
import org.t5j.train.huggingface.TokenizerConfig;
import org.t5j.train.setup.TokenizerSection;

/**
 * The vocabulary of a model directory, in Hugging Face's files. Held in memory, so that a run does not depend on the files
 * it was started with.
 */
public final class VocabularyFiles {
    private final Tokenizer tokenizer;

    private VocabularyFiles(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /**
     * The vocabulary that a run is configured to have; what the section leaves open is as the files beside its file say.
     *
     * @throws T5Exception where a file is needed and none is named
     */
    public static VocabularyFiles of(TokenizerSection section) {
        if (section.isBytes()) {
            return new VocabularyFiles(
                    bytes(TokenizerConfig.defaults().with(section.convention(), section.extraIds())));
        }
        Path file = section.requireFile().toAbsolutePath();
        TokenizerConfig config =
                TokenizerConfig.readIn(file.getParent()).with(section.convention(), section.extraIds());
        boolean usual = file.getFileName().toString().equals(HuggingFaceFiles.MODEL);
        return new VocabularyFiles(
                usual ? HuggingFaceFiles.readIn(file.getParent(), config) : HuggingFaceFiles.read(file, config));
    }

    private static Tokenizer bytes(TokenizerConfig config) {
        return config.convention().bytes(config.extraIds());
    }

    /**
     * The vocabulary of a model directory.
     *
     * @throws T5Exception where there is none
     */
    public static VocabularyFiles in(Path directory) {
        return new VocabularyFiles(HuggingFaceFiles.readIn(directory, TokenizerConfig.readIn(directory)));
    }

    /** The vocabulary with its sentinels. */
    public Tokenizer tokenizer() {
        return tokenizer;
    }

    /** Number of tokens of the vocabulary of a model directory; empty where it has none. */
    public static Optional<Integer> tokensIn(Path directory) {
        boolean bytes = TokenizerConfig.readIn(directory).convention().isBytes();
        return bytes || HuggingFaceFiles.vocabularyFile(directory).isPresent()
                ? Optional.of(in(directory).tokenizer().vocabSize())
                : Optional.empty();
    }

    /** What the vocabulary of a model directory is, for people: {@code spiece.model, 32000 pieces and 100 extra ids}. */
    public static String describe(Path directory) {
        TokenizerConfig config = TokenizerConfig.readIn(directory);
        Optional<Path> file = HuggingFaceFiles.vocabularyFile(directory);
        if (file.isEmpty() && !config.convention().isBytes()) {
            return "none (no " + HuggingFaceFiles.MODEL + ")";
        }
        Tokenizer tokenizer = HuggingFaceFiles.readIn(directory, config);
        String pieces = tokenizer instanceof SentencePieceTokenizer text
                ? file.get().getFileName() + ", " + text.model().pieces().size() + " pieces"
                : "bytes";
        return pieces + " and " + tokenizer.sentinelCount() + " extra ids";
    }

    void writeInto(Path directory) throws IOException {
        HuggingFaceFiles.write(tokenizer, directory);
    }
}
