package org.t5j.train.setup;

import java.nio.file.Path;
import org.t5j.train.config.Doc;
import org.t5j.train.config.Require;

/** The vocabulary. */
public record TokenizerSection(
        @Doc("SentencePiece .model file; by default the spiece.model of model.checkpoint")
        Path file,

        @Doc(
                "sentinels that follow its pieces; by default what the tokenizer_config.json beside the file says, 100 where"
                        + " there is none")
        Integer extraIds) {
    /** Name of the vocabulary in a model directory, as Hugging Face has it. */
    public static final String FILE_NAME = "spiece.model";

    public TokenizerSection {
        Require.that(extraIds == null || extraIds >= 0, "extraIds", "must not be negative", extraIds);
    }

    /** The model's own vocabulary. */
    public static TokenizerSection defaults() {
        return new TokenizerSection(null, null);
    }

    TokenizerSection orElseOf(Path modelDirectory) {
        return file != null ? this : new TokenizerSection(modelDirectory.resolve(FILE_NAME), extraIds);
    }

    /**
     * The file.
     *
     * @throws org.t5j.core.T5Exception where none is named
     */
    public Path requireFile() {
        Require.that(
                file != null,
                "tokenizer.file",
                "must name a SentencePiece model (--tokenizer FILE; bin/t5j tokenizer train makes one from text), unless training starts from a checkpoint (--init DIR), which has one",
                "none");
        return file;
    }
}
