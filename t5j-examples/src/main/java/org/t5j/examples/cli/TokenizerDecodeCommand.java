package org.t5j.examples.cli;

import java.io.IOException;
import org.t5j.tokenizer.SentencePieceTokenizer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "decode",
        preprocessor = SpmFlags.class,
        description =
                "Turns every line of pieces or ids, separated by spaces, into a line of text: the inverse of encode;"
                        + " takes the options of spm_decode.")
final class TokenizerDecodeCommand extends Subcommand {
    @Mixin
    private Vocabulary vocabulary;

    @Mixin
    private TextOptions text;

    /** How tokens are written. */
    enum Form {
        piece,
        id
    }

    @Option(
            names = "--input_format",
            paramLabel = "FORMAT",
            description = "What is given: ${COMPLETION-CANDIDATES}.",
            defaultValue = "piece")
    private Form form;

    @Option(
            names = "--output_format",
            paramLabel = "FORMAT",
            description = "Only string: text.",
            defaultValue = "string")
    private String outputFormat;

    @Option(
            names = "--extra_options",
            paramLabel = "LIST",
            description = "bos, eos, reverse and unk with colons between them, done to the pieces in this order.",
            defaultValue = "")
    private String extraOptions;

    @Override
    public Integer call() throws IOException {
        require(
                outputFormat.equals("string"),
                "--output_format " + outputFormat + " is not supported; decode writes text, which is string");
        text.check(this);
        SentencePieceTokenizer tokenizer = vocabulary.load();
        LineDecoder decoder =
                new LineDecoder(tokenizer, form == Form.id, ExtraOptions.parse(this, extraOptions, tokenizer));
        text.transform(this, decoder::decode);
        return 0;
    }
}
