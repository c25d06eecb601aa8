package org.t5j.train.setup;

import java.nio.file.Files;
import java.nio.file.Path;
import org.t5j.train.config.Doc;
import org.t5j.train.config.Require;
import org.t5j.train.huggingface.HuggingFaceFiles;
import org.t5j.train.huggingface.VocabularyConvention;

/** The vocabulary. */
public record TokenizerSection(
        @Doc("SentencePiece .model file; by default the spiece.model of model.checkpoint")
        Path file,

        @Doc(
                "how text becomes ids: HF_LEGACY, HF_EXACT or SEQIO for a SentencePiece file, which differ in the text around"
                        + " sentinels; BYT5 or BYT5_ORIGINAL for bytes, without a file; by default what the"
                        + " tokenizer_config.json beside the file says, HF_LEGACY where there is none")
        VocabularyConvention convention,

        @Doc(
                "sentinels that follow its pieces; by default what the tokenizer_config.json beside the file says, 100 where"
                        + " there is none, 125 for BYT5")
        Integer extraIds) {
    public TokenizerSection {
        Require.that(
                file == null || convention == null || !convention.isBytes(),
                "convention",
                "needs no file, whose vocabulary would not be used; leave tokenizer.file out",
                convention);
        Require.that(extraIds == null || extraIds >= 0, "extraIds", "must not be negative", extraIds);
    }

    /** The model's own vocabulary. */
    public static TokenizerSection defaults() {
        return new TokenizerSection(null, null, null);
    }

    TokenizerSection orElseOf(Path modelDirectory) {
        return file != null || isBytes()
                ? this
                : new TokenizerSection(modelDirectory.resolve(HuggingFaceFiles.MODEL), convention, extraIds);
    }

    /** True if bytes are chosen, which need no file. */
    public boolean isBytes() {
        return convention != null && convention.isBytes();
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
                "must name a SentencePiece model (--tokenizer FILE; bin/t5j tokenizer train makes one from text), unless training starts from a checkpoint (--init DIR), which has one, or"
                        + " reads bytes (tokenizer.convention=BYT5)",
                "none");
        Require.that(
                !Files.isDirectory(file),
                "tokenizer.file",
                "must be a SentencePiece model, not a directory: name the .model file in it",
                file);
        return file;
    }
}
