package org.t5j.examples.cli;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.t5j.tokenizer.SentencePieceTokenizer;
import org.t5j.tokenizer.bytes.Bytes;
import org.t5j.tokenizer.model.Piece;

/** How often a text has each piece: what {@code spm_encode --generate_vocabulary} prints. For one thread. */
final class PieceCounts {
    private final SentencePieceTokenizer tokenizer;
    private final long[] counts;

    PieceCounts(SentencePieceTokenizer tokenizer) {
        this.tokenizer = tokenizer;
        counts = new long[tokenizer.vocabSize()];
    }

    /** The ids of a block, which may be found by another thread than the one that counts. */
    static int[] idsOf(LineBlock block, SentencePieceTokenizer tokenizer) {
        LineEncoder.Ids ids = new LineEncoder.Ids(tokenizer);
        IntStream.Builder all = IntStream.builder();
        block.forEachLine((text, from, to, number) -> {
            ids.read(text, from, to);
            for (int i = 0; i < ids.count(); i++) {
                all.add(ids.get(i));
            }
        });
        return all.build().toArray();
    }

    void add(int[] ids) {
        for (int id : ids) {
            counts[id]++;
        }
    }

    /** Lines of piece, tab and count, the most frequent first; unknown and control pieces are left out. */
    Bytes lines() {
        Bytes out = new Bytes(1 << 16);
        IntStream.range(0, tokenizer.model().pieces().size())
                .filter(id ->
                        counts[id] > 0 && isText(tokenizer.model().pieces().get(id)))
                .boxed()
                .sorted(Comparator.<Integer>comparingLong(id -> -counts[id])
                        .thenComparing(this::utf8, Arrays::compareUnsigned))
                .forEach(id -> {
                    String line = tokenizer.piece(id) + "\t" + counts[id] + "\n";
                    out.append(line, 0, line.length());
                });
        return out;
    }

    private static boolean isText(Piece piece) {
        return piece.type() != Piece.Type.UNKNOWN && piece.type() != Piece.Type.CONTROL;
    }

    private byte[] utf8(int id) {
        return tokenizer.piece(id).getBytes(StandardCharsets.UTF_8);
    }
}
