package org.t5j.tokenizer.bpe;

import java.nio.charset.StandardCharsets;
import org.t5j.tokenizer.bytes.Utf8;
import org.t5j.tokenizer.model.Vocabulary;

/**
 * The pairs of neighbouring characters that occur within pieces. Where two characters are no such pair, no piece spans
 * them and no merge joins them: a text falls apart there into runs that are segmented one by one.
 *
 * <p>A set of hashes: a pair that does not occur may be taken for one that does, which makes a run longer than need be.
 */
final class CharacterPairs {

    private static final int HASH_BITS = 18;

    private final long[] bits = new long[1 << HASH_BITS - 6];

    static CharacterPairs of(Vocabulary vocabulary) {
        CharacterPairs pairs = new CharacterPairs();
        for (int id = 0; id < vocabulary.size(); id++) {
            pairs.addAll(vocabulary.piece(id).text().getBytes(StandardCharsets.UTF_8));
        }
        return pairs;
    }

    /** The character of {@code length} bytes at {@code at} as a number. */
    static int character(byte[] text, int at, int length) {
        int character = text[at];
        for (int i = 1; i < length; i++) {
            character = character << 8 | text[at + i] & 0xFF;
        }
        return character;
    }

    /** False if no piece holds {@code right} straight after {@code left}. */
    boolean mayJoin(int left, int right) {
        int hash = hash(left, right);
        return (bits[hash >>> 6] & 1L << hash) != 0;
    }

    private void addAll(byte[] piece) {
        int left = 0;
        for (int at = 0; at < piece.length; ) {
            int length = Utf8.length(piece[at]);
            int right = character(piece, at, length);
            if (at > 0) {
                int hash = hash(left, right);
                bits[hash >>> 6] |= 1L << hash;
            }
            left = right;
            at += length;
        }
    }

    private static int hash(int left, int right) {
        return (left * 0x9E3779B1 + right) * 0x85EBCA6B >>> 32 - HASH_BITS;
    }
}
