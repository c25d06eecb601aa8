package org.t5j.train.setup;

import java.nio.file.Path;
import org.t5j.tokenizer.SentencePieceTokenizer;
import org.t5j.train.config.Doc;
import org.t5j.train.config.Require;

/** The vocabulary. */
public record TokenizerSection(
        @Doc("SentencePiece .model file; by default the spiece.model of model.checkpoint")
        Path file,

        @Doc("sentinels that follow its pieces; 100 in T5") int extraIds) {
    /** Name of the vocabulary in a model directory, as Hugging Face has it. */
    public static final String FILE_NAME = "spiece.model";

    public TokenizerSection {
        Require.that(extraIds >= 0, "extraIds", "must not be negative", extraIds);
    }

    public static TokenizerSection defaults() {
        return new TokenizerSection(null, SentencePieceTokenizer.T5_EXTRA_IDS);
    }

    TokenizerSection resolved(ModelSection model) {
        return file != null || model.checkpoint() == null
                ? this
                : new TokenizerSection(model.checkpoint().resolve(FILE_NAME), extraIds);
    }

    /** The file. */
    public Path requireFile() {
        Require.that(file != null, "tokenizer.file", "must name a SentencePiece model, such as spiece.model", "none");
        return file;
    }
}
