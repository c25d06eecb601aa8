package org.t5j.examples.cli;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
        Map<String, Integer> pieces = form == Vocabulary.Form.piece ? pieceIds(tokenizer) : Map.of();
        LineInput lines = lines();
        PrintWriter out = out();
        long number = 0;
        for (String line = lines.next(); line != null; line = lines.next()) {
            number++;
            List<String> tokens = Arrays.stream(line.strip().split(" "))
                    .filter(token -> !token.isEmpty())
                    .toList();
            out.write(form == Vocabulary.Form.id ? text(tokenizer, tokens, number) : text(tokenizer, tokens, pieces));
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

    /** A piece that is not in the vocabulary is an unknown one's own text. */
    private static String text(SentencePieceTokenizer tokenizer, List<String> tokens, Map<String, Integer> pieces) {
        String text = tokenizer.decode(tokens.stream()
                .mapToInt(token -> pieces.getOrDefault(token, tokenizer.unkId()))
                .toArray());
        String unknown = tokenizer.model().trainerSpec().unkSurface();
        int from = 0;
        for (String token : tokens) {
            int at = pieces.containsKey(token) ? -1 : text.indexOf(unknown, from);
            if (at >= 0) {
                text = text.substring(0, at) + token + text.substring(at + unknown.length());
                from = at + token.length();
            }
        }
        return text;
    }

    private static Map<String, Integer> pieceIds(SentencePieceTokenizer tokenizer) {
        Map<String, Integer> ids = new HashMap<>();
        for (int id = 0; id < tokenizer.vocabSize(); id++) {
            ids.putIfAbsent(tokenizer.piece(id), id);
        }
        return ids;
    }
}
