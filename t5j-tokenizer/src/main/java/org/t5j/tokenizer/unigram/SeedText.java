package org.t5j.tokenizer.unigram;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.t5j.tokenizer.TokenizerException;
import org.t5j.tokenizer.bytes.Utf8;
import org.t5j.tokenizer.train.PieceRule;
import org.t5j.tokenizer.train.Sentence;
import org.t5j.tokenizer.train.TrainingCorpus;

/**
 * The text whose substrings may become pieces, as one row of numbers for a suffix array.
 *
 * <p>Where pieces stay within words, it is made of the distinct words, each with the character that follows it in the
 * text. Its suffix tree has the same nodes within words as that of the whole text, and it is far smaller. A character
 * that follows a word has another number than the same character within a word, so that no substring runs on.
 */
final class SeedText {

    /** Stands for the end of a line, and for any character after a word. */
    static final int BOUNDARY = 0;

    private static final byte[] END_OF_LINE = {0};
    private static final int MAX_LENGTH = Integer.MAX_VALUE - 16;

    private final int[] symbols;
    private final int[] codePoints;
    private final int[] stretchAt;
    private final long[] counts;

    private SeedText(List<Sentence> stretches, byte[] afterEach, boolean counted) {
        BitSet characters = new BitSet();
        long length = 1;
        for (Sentence stretch : stretches) {
            length += readCharacters(stretch.text(), characters) + afterEach.length;
        }
        readCharacters(END_OF_LINE, characters);
        if (length > MAX_LENGTH) {
            throw new TokenizerException(
                    "The text to train on has " + length + " characters to find pieces in; at most " + MAX_LENGTH
                            + " are possible. Train on fewer lines (maxLines), or split by whitespace");
        }
        codePoints = codePoints(characters);
        symbols = new int[(int) length];
        stretchAt = counted ? new int[symbols.length] : null;
        counts = counted ? new long[stretches.size()] : null;
        fill(stretches, afterEach, characters);
    }

    /** The text of {@code corpus}, each line of which counts once. */
    static SeedText of(TrainingCorpus corpus, PieceRule rule) {
        return rule.splitByWhitespace()
                ? new SeedText(corpus.wordsWithNext(), new byte[0], true)
                : new SeedText(corpus.sentences(), END_OF_LINE, false);
    }

    private static int readCharacters(byte[] text, BitSet characters) {
        int count = 0;
        for (int at = 0; at < text.length; at += Utf8.length(text[at])) {
            characters.set(Utf8.codePoint(text, at));
            count++;
        }
        return count;
    }

    /** By symbol: 0 ends the text, then come the characters after stretches, then those within. */
    private static int[] codePoints(BitSet characters) {
        int size = characters.cardinality();
        int[] codePoints = new int[1 + 2 * size];
        int next = 1 + size;
        for (int c = characters.nextSetBit(0); c >= 0; c = characters.nextSetBit(c + 1)) {
            codePoints[next++] = c;
        }
        return codePoints;
    }

    private void fill(List<Sentence> stretches, byte[] afterEach, BitSet characters) {
        int size = characters.cardinality();
        int[] symbolOf = new int[characters.length()];
        for (int symbol = 1 + size; symbol < codePoints.length; symbol++) {
            symbolOf[codePoints[symbol]] = symbol;
        }
        int next = 0;
        for (int i = 0; i < stretches.size(); i++) {
            int first = next;
            next = append(stretches.get(i).text(), symbolOf, next);
            next = append(afterEach, symbolOf, next);
            symbols[next - 1] -= size;
            if (counts != null) {
                counts[i] = stretches.get(i).count();
                Arrays.fill(stretchAt, first, next, i);
            }
        }
    }

    private int append(byte[] text, int[] symbolOf, int from) {
        int next = from;
        for (int at = 0; at < text.length; at += Utf8.length(text[at])) {
            symbols[next++] = symbolOf[Utf8.codePoint(text, at)];
        }
        return next;
    }

    /** The numbers of the characters, ascending with them; the last is 0. */
    int[] symbols() {
        return symbols;
    }

    /** One more than the greatest symbol. */
    int alphabet() {
        return codePoints.length;
    }

    /** The character of a symbol, or {@link #BOUNDARY}. */
    int codePoint(int symbol) {
        return codePoints[symbol];
    }

    /** How often the text at {@code position} occurs. */
    long count(int position) {
        return counts == null ? 1 : counts[stretchAt[position]];
    }
}
