package org.t5j.examples.cli;

import java.nio.file.Path;
import org.t5j.tokenizer.SentencePieceTokenizer;
import org.t5j.tokenizer.SentinelConvention;
import org.t5j.tokenizer.model.ModelProto;
import picocli.CommandLine.Option;

/** The options that say which vocabulary to use. */
final class Vocabulary {
    @Option(names = "--model", required = true, paramLabel = "FILE", description = "The .model file of SentencePiece.")
    private Path model;

    @Option(
            names = "--extra_ids",
            paramLabel = "N",
            description = "Sentinels <extra_id_0> ... after the pieces, recognised in the text; 100 for T5, 0 for what"
                    + " spm_encode does.",
            defaultValue = "0")
    private int extraIds;

    @Option(
            names = "--sentinels",
            paramLabel = "CONVENTION",
            description = "How sentinels are found in text: hf_legacy and hf_exact as Hugging Face's T5Tokenizer with"
                    + " legacy=True and legacy=False, seqio as seqio and mT5. hf_legacy if not given, or seqio for a"
                    + " model that holds sentinels.")
    private SentinelConvention convention;

    SentencePieceTokenizer load() {
        return convention == null
                ? SentencePieceTokenizer.load(model, extraIds)
                : SentencePieceTokenizer.load(model, extraIds, convention);
    }

    /** The vocabulary with some of its pieces only. */
    SentencePieceTokenizer load(AllowedPieces allowed) {
        ModelProto restricted = allowed.restrict(ModelProto.read(model));
        return convention == null
                ? SentencePieceTokenizer.of(restricted, extraIds)
                : SentencePieceTokenizer.of(restricted, extraIds, convention);
    }
}
