package org.t5j.examples.cli;

import java.io.PrintWriter;
import java.util.List;
import org.t5j.tokenizer.SentencePieceTokenizer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "encode",
        description = "Turns every line of standard input into a line of ids or pieces, separated by spaces.")
final class TokenizerEncodeCommand extends Subcommand {
    @Mixin
    private Vocabulary vocabulary;

    @Option(
            names = "--output-format",
            paramLabel = "FORMAT",
            description = "What to print: ${COMPLETION-CANDIDATES}.",
            defaultValue = "id")
    private Vocabulary.Form form;

    @Option(names = "--eos", description = "End every line with the end-of-sequence token.")
    private boolean eos;

    @Override
    public Integer call() {
        SentencePieceTokenizer tokenizer = vocabulary.load();
        require(!eos || tokenizer.eosId() >= 0, "--eos cannot be given: the vocabulary has no end-of-sequence token");
        LineInput lines = lines();
        PrintWriter out = out();
        for (String line = lines.next(); line != null; line = lines.next()) {
            if (form == Vocabulary.Form.id) {
                writeIds(tokenizer, line, out);
            } else {
                writePieces(tokenizer, line, out);
            }
            out.write('\n');
            if (!lines.ready()) {
                out.flush();
            }
        }
        return 0;
    }

    private void writeIds(SentencePieceTokenizer tokenizer, String line, PrintWriter out) {
        int[] ids = tokenizer.encode(line);
        for (int i = 0; i < ids.length; i++) {
            if (i > 0) {
                out.write(' ');
            }
            out.write(Integer.toString(ids[i]));
        }
        if (eos) {
            out.write(ids.length > 0 ? " " + tokenizer.eosId() : Integer.toString(tokenizer.eosId()));
        }
    }

    private void writePieces(SentencePieceTokenizer tokenizer, String line, PrintWriter out) {
        List<String> pieces = tokenizer.encodePieces(line);
        out.write(String.join(" ", pieces));
        if (eos) {
            out.write((pieces.isEmpty() ? "" : " ") + tokenizer.piece(tokenizer.eosId()));
        }
    }
}
