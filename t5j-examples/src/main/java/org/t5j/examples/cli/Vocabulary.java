package org.t5j.examples.cli;

import java.nio.file.Path;
import org.t5j.tokenizer.SentencePieceTokenizer;
import picocli.CommandLine.Option;

/** The options that say which vocabulary to use. */
final class Vocabulary {
    @Option(names = "--model", required = true, paramLabel = "FILE", description = "The .model file of SentencePiece.")
    private Path model;

    @Option(
            names = "--extra-ids",
            paramLabel = "N",
            description = "Sentinels <extra_id_0> ... after the pieces, recognised in the text; 100 for T5, 0 for what"
                    + " spm_encode does.",
            defaultValue = "0")
    private int extraIds;

    /** How tokens are written. */
    enum Form {
        id,
        piece
    }

    SentencePieceTokenizer load() {
        return SentencePieceTokenizer.load(model, extraIds);
    }
}
