package org.t5j.data.dedup;

import java.util.Arrays;
import org.t5j.data.DataException;
import org.t5j.data.random.CounterRandom;

/**
 * Signatures of documents whose agreement tells how alike their sets of shingles are (Broder 1997). A shingle is some
 * words that follow each other, in small letters without punctuation; a character of a script without spaces counts as a
 * word.
 *
 * <p>Documents that agree in all rows of a band are candidates: with {@code b} bands of {@code r} rows, those of
 * similarity {@code s} become so with probability {@code 1 - (1 - s^r)^b}.
 *
 * @param shingleWords words in a shingle
 * @param bands at least 1
 * @param rows hash functions in a band, at least 1
 */
public record MinHash(int shingleWords, int bands, int rows) {
    private static final int[] EMPTY = {};

    public MinHash {
        DataException.check(shingleWords >= 1, "shingleWords is %d, but must be at least 1.", shingleWords);
        DataException.check(bands >= 1 && bands <= 1000, "bands is %d, but must be 1 to 1000.", bands);
        DataException.check(rows >= 1 && rows <= 1000, "rows is %d, but must be 1 to 1000.", rows);
    }

    /** Hashes of the shingles of a text, ascending, each once; one shingle if it has fewer words; none without words. */
    public long[] shingles(String text) {
        long[] words = wordHashes(text);
        if (words.length == 0) {
            return words;
        }
        int length = Math.min(shingleWords, words.length);
        long[] shingles = new long[words.length - length + 1];
        for (int i = 0; i < shingles.length; i++) {
            long hash = length;
            for (int j = 0; j < length; j++) {
                hash = TextHash.combine(hash, words[i + j]);
            }
            shingles[i] = hash;
        }
        Arrays.sort(shingles);
        return distinct(shingles);
    }

    private static long[] distinct(long[] sorted) {
        int count = 0;
        for (long value : sorted) {
            if (count == 0 || sorted[count - 1] != value) {
                sorted[count++] = value;
            }
        }
        return Arrays.copyOf(sorted, count);
    }

    private static long[] wordHashes(String text) {
        long[] hashes = new long[16];
        int count = 0;
        long word = 0;
        for (int at = 0; at <= text.length(); at++) {
            char c = at < text.length() ? text.charAt(at) : ' ';
            boolean alone = Character.isIdeographic(c) || c >= 0x3040 && c < 0x3100;
            boolean letter = Character.isLetterOrDigit(c) || Character.isSurrogate(c);
            if (word != 0 && (alone || !letter)) {
                hashes = count == hashes.length ? Arrays.copyOf(hashes, 2 * count) : hashes;
                hashes[count++] = word;
                word = 0;
            }
            if (letter) {
                word = (word + 1 + Character.toLowerCase(c)) * 0x9E3779B97F4A7C15L;
                word ^= word >>> 29;
            }
        }
        return Arrays.copyOf(hashes, count);
    }

    /** The smallest value of each hash function over the shingles; empty for a text without words. */
    public int[] signature(String text) {
        long[] shingles = shingles(text);
        if (shingles.length == 0) {
            return EMPTY;
        }
        int functions = bands * rows;
        int[] factors = new int[functions];
        int[] addends = new int[functions];
        for (int i = 0; i < functions; i++) {
            factors[i] = (int) CounterRandom.mix(2L * i + 1) | 1;
            addends[i] = (int) CounterRandom.mix(2L * i + 2);
        }
        int[] smallest = new int[functions];
        Arrays.fill(smallest, Integer.MAX_VALUE);
        for (long shingle : shingles) {
            int low = (int) shingle;
            int high = (int) (shingle >>> 32);
            for (int i = 0; i < functions; i++) {
                int hash = (low + addends[i]) * factors[i] ^ high;
                smallest[i] = Math.min(smallest[i], hash * 0x9E3779B1);
            }
        }
        return smallest;
    }

    /** One key for each band; empty for a text without words. No key is 0. */
    public int[] bandKeys(String text) {
        int[] signature = signature(text);
        int[] keys = new int[signature.length / rows];
        for (int band = 0; band < keys.length; band++) {
            long hash = band;
            for (int row = 0; row < rows; row++) {
                hash = TextHash.combine(hash, signature[band * rows + row]);
            }
            keys[band] = (int) hash == 0 ? 1 : (int) hash;
        }
        return keys;
    }

    /** Share of the shingles of both that both have, 0 … 1, exactly; 0 if both have none. */
    public static double jaccard(long[] shingles, long[] others) {
        int common = 0;
        for (int i = 0, j = 0; i < shingles.length && j < others.length; ) {
            int order = Long.compare(shingles[i], others[j]);
            common += order == 0 ? 1 : 0;
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }
        int all = shingles.length + others.length - common;
        return all == 0 ? 0 : (double) common / all;
    }
}
