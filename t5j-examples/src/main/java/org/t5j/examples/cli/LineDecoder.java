package org.t5j.examples.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.t5j.core.T5Exception;
import org.t5j.tokenizer.SentencePieceTokenizer;
import org.t5j.tokenizer.TokenizerException;
import org.t5j.tokenizer.bytes.Bytes;

/** Writes lines of ids or pieces as text. Immutable; several threads may use it. */
final class LineDecoder {
    private static final OptionNames NAMES = new OptionNames(Map.of("extraIds", "--extra_ids"));

    private final SentencePieceTokenizer tokenizer;
    private final boolean ids;
    private final ExtraOptions extras;
    private final Set<String> known;

    /** @param ids whether ids are given, not pieces */
    LineDecoder(SentencePieceTokenizer tokenizer, boolean ids, ExtraOptions extras) {
        this.tokenizer = tokenizer;
        this.ids = ids;
        this.extras = extras;
        known = extras.namesUnknown()
                ? IntStream.range(0, tokenizer.vocabSize())
                        .mapToObj(tokenizer::piece)
                        .collect(Collectors.toSet())
                : Set.of();
    }

    Bytes decode(LineBlock block) {
        Bytes out = new Bytes(2 * block.text().length + 16);
        block.forEachLine((bytes, from, to, number) -> {
            String line = LineEncoder.utf16(bytes, from, to);
            try {
                String text = ids ? ofIds(line) : ofPieces(line);
                out.append(text, 0, text.length());
            } catch (TokenizerException e) {
                throw new T5Exception("Line " + number + " of " + block.source() + ": " + NAMES.in(e.getMessage()), e);
            }
            out.append((byte) '\n');
        });
        return out;
    }

    private String ofPieces(String line) {
        List<String> pieces = new ArrayList<>();
        for (String piece : line.split(" ")) {
            if (!piece.isEmpty()) {
                boolean unknown = extras.namesUnknown() && !known.contains(piece);
                pieces.add(unknown ? tokenizer.piece(tokenizer.unkId()) : piece);
            }
        }
        return tokenizer.decodePieces(extras.ofPieces(pieces));
    }

    private String ofIds(String line) {
        int[] found = new int[(line.length() + 1) / 2];
        int count = 0;
        for (int at = 0; at < line.length(); at++) {
            if (isSpace(line.charAt(at))) {
                continue;
            }
            int from = at;
            while (at < line.length() && !isSpace(line.charAt(at))) {
                at++;
            }
            found[count++] = id(line, from, at);
        }
        int[] given = Arrays.copyOf(found, count);
        return tokenizer.decode(extras.isEmpty() ? given : changed(given));
    }

    private int[] changed(int[] given) {
        return extras.ofIds(IntStream.of(given).boxed().toList()).stream()
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\r';
    }

    private static int id(String line, int from, int to) {
        try {
            return Integer.parseInt(line, from, to, 10);
        } catch (NumberFormatException e) {
            throw new TokenizerException("\"" + line.substring(from, to)
                    + "\" is no id; ids are numbers with spaces between them. For pieces leave out --input_format=id");
        }
    }
}
