package org.t5j.examples.cli;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import org.t5j.core.T5Exception;
import org.t5j.tokenizer.SentencePieceTokenizer;
import org.t5j.tokenizer.TokenizerException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "decode",
        description = "Turns every line of ids or pieces on standard input into a line of text: the inverse of encode.")
final class TokenizerDecodeCommand extends Subcommand {
    @Mixin
    private Vocabulary vocabulary;

    @Option(
            names = "--input-format",
            paramLabel = "FORMAT",
            description = "What is given: ${COMPLETION-CANDIDATES}.",
            defaultValue = "id")
    private Vocabulary.Form form;

    @Override
    public Integer call() {
        SentencePieceTokenizer tokenizer = vocabulary.load();
        LineInput lines = lines();
        PrintWriter out = out();
        long number = 0;
        for (String line = lines.next(); line != null; line = lines.next()) {
            number++;
            List<String> tokens = Arrays.stream(line.strip().split(" "))
                    .filter(token -> !token.isEmpty())
                    .toList();
            out.write(form == Vocabulary.Form.id ? text(tokenizer, tokens, number) : tokenizer.decodePieces(tokens));
            out.write('\n');
            if (!lines.ready()) {
                out.flush();
            }
        }
        return 0;
    }

    private static String text(SentencePieceTokenizer tokenizer, List<String> ids, long number) {
        try {
            return tokenizer.decode(ids.stream().mapToInt(Integer::parseInt).toArray());
        } catch (NumberFormatException e) {
            throw new T5Exception("Line " + number + " of the input must be ids separated by spaces, found \""
                    + e.getMessage().replaceFirst("(?s)^.*?\"(.*)\".*$", "$1")
                    + "\"; for pieces add --input-format piece");
        } catch (TokenizerException e) {
            throw new T5Exception("Line " + number + " of the input: " + e.getMessage(), e);
        }
    }
}
