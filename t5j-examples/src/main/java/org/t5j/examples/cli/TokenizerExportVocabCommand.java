package org.t5j.examples.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.t5j.tokenizer.bytes.Bytes;
import org.t5j.tokenizer.model.ModelProto;
import org.t5j.tokenizer.model.Piece;
import org.t5j.tokenizer.train.VocabularyList;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "export_vocab",
        aliases = "export-vocab",
        preprocessor = SpmFlags.class,
        description = "Writes the pieces of a vocabulary, a line for each, as spm_export_vocab does.")
final class TokenizerExportVocabCommand extends Subcommand {
    @Option(names = "--model", required = true, paramLabel = "FILE", description = "The .model file of SentencePiece.")
    private Path model;

    @Mixin
    private OutputOption output;

    /** What follows a piece and a tab. */
    enum Format {
        vocab,
        syms
    }

    @Option(
            names = "--output_format",
            paramLabel = "FORMAT",
            description = "vocab for pieces and scores, syms for pieces and ids.",
            defaultValue = "vocab")
    private Format format;

    @Option(
            names = "--minloglevel",
            paramLabel = "N",
            description = "Changes nothing: nothing is logged.",
            hidden = true)
    private int minLogLevel;

    @Override
    public Integer call() throws IOException {
        output.check(this);
        ModelProto proto = ModelProto.read(model);
        String lines = format == Format.vocab ? VocabularyList.text(proto, true) : ids(proto.pieces());
        Bytes content = new Bytes(lines.length());
        content.append(lines, 0, lines.length());
        output.write(this, content);
        return 0;
    }

    private static String ids(List<Piece> pieces) {
        return IntStream.range(0, pieces.size())
                .mapToObj(id -> pieces.get(id).text() + "\t" + id + "\n")
                .collect(Collectors.joining());
    }
}
