package org.t5j.tokenizer.unigram;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Sorts the suffixes of a text in linear time by induced sorting (SA-IS: Nong, Zhang and Chan, "Two Efficient
 * Algorithms for Linear Time Suffix Array Construction", 2011). Beside the text and the result it takes a bit and, for
 * the levels of recursion, at most two bytes a character.
 */
final class SuffixArray {

    private static final int EMPTY = -1;

    private final int[] text;
    private final int offset;
    private final int[] sorted;
    private final int length;
    private final int alphabet;
    private final BitSet smallerThanNext;
    private final int[] counts;

    private SuffixArray(int[] text, int offset, int[] sorted, int length, int alphabet) {
        this.text = text;
        this.offset = offset;
        this.sorted = sorted;
        this.length = length;
        this.alphabet = alphabet;
        counts = new int[alphabet];
        smallerThanNext = new BitSet(length);
        smallerThanNext.set(length - 1);
        counts[text[offset + length - 1]]++;
        for (int i = length - 2; i >= 0; i--) {
            int c = text[offset + i];
            int next = text[offset + i + 1];
            counts[c]++;
            if (c < next || c == next && smallerThanNext.get(i + 1)) {
                smallerThanNext.set(i);
            }
        }
    }

    /**
     * The positions in {@code text} in the order of the suffixes that begin there.
     *
     * @param text numbers from 0 to {@code alphabet - 1}; the last is 0 and no other is
     */
    static int[] of(int[] text, int alphabet) {
        int[] sorted = new int[text.length];
        if (text.length > 1) {
            new SuffixArray(text, 0, sorted, text.length, alphabet).sort();
        }
        return sorted;
    }

    /**
     * By position, how many characters its suffix shares with the suffix sorted before it (Kärkkäinen, Manzini and
     * Puglisi, "Permuted Longest-Common-Prefix Array", 2009).
     */
    static int[] commonPrefixes(int[] text, int[] sorted) {
        int[] common = new int[text.length];
        common[sorted[0]] = EMPTY;
        for (int i = 1; i < sorted.length; i++) {
            common[sorted[i]] = sorted[i - 1];
        }
        int shared = 0;
        for (int i = 0; i < text.length; i++) {
            int before = common[i];
            if (before == EMPTY) {
                shared = 0;
            } else {
                int most = text.length - Math.max(i, before);
                while (shared < most && text[i + shared] == text[before + shared]) {
                    shared++;
                }
            }
            common[i] = shared;
            shared = Math.max(0, shared - 1);
        }
        return common;
    }

    /** Sorts into {@code sorted[0, length)}. */
    private void sort() {
        Arrays.fill(sorted, 0, length, EMPTY);
        int[] ends = ends();
        for (int i = 1; i < length; i++) {
            if (startsValley(i)) {
                sorted[--ends[at(i)]] = i;
            }
        }
        induce();
        int valleys = 0;
        for (int i = 0; i < length; i++) {
            if (startsValley(sorted[i])) {
                sorted[valleys++] = sorted[i];
            }
        }
        int names = name(valleys);
        sortNamed(valleys, names);
        placeValleys(valleys);
        induce();
    }

    /** Gives equal stretches from valley to valley equal names, leaving the names in text order at the end. */
    private int name(int valleys) {
        Arrays.fill(sorted, valleys, length, EMPTY);
        int names = 0;
        int previous = EMPTY;
        for (int i = 0; i < valleys; i++) {
            int position = sorted[i];
            if (previous == EMPTY || !sameStretch(previous, position)) {
                names++;
            }
            previous = position;
            sorted[valleys + position / 2] = names - 1;
        }
        for (int from = length - 1, to = length - 1; from >= valleys; from--) {
            if (sorted[from] != EMPTY) {
                sorted[to--] = sorted[from];
            }
        }
        return names;
    }

    private boolean sameStretch(int one, int other) {
        for (int i = 0; ; i++) {
            if (one + i >= length
                    || other + i >= length
                    || at(one + i) != at(other + i)
                    || smallerThanNext.get(one + i) != smallerThanNext.get(other + i)) {
                return false;
            }
            if (i > 0 && (startsValley(one + i) || startsValley(other + i))) {
                return startsValley(one + i) && startsValley(other + i);
            }
        }
    }

    private void sortNamed(int valleys, int names) {
        int start = length - valleys;
        if (names < valleys) {
            new SuffixArray(sorted, start, sorted, valleys, names).sort();
        } else {
            for (int i = 0; i < valleys; i++) {
                sorted[sorted[start + i]] = i;
            }
        }
    }

    /** Turns the order of the valleys, by number in the text, into positions at the ends of their buckets. */
    private void placeValleys(int valleys) {
        for (int i = 1, to = length - valleys; i < length; i++) {
            if (startsValley(i)) {
                sorted[to++] = i;
            }
        }
        for (int i = 0; i < valleys; i++) {
            sorted[i] = sorted[length - valleys + sorted[i]];
        }
        Arrays.fill(sorted, valleys, length, EMPTY);
        int[] ends = ends();
        for (int i = valleys - 1; i >= 0; i--) {
            int position = sorted[i];
            sorted[i] = EMPTY;
            sorted[--ends[at(position)]] = position;
        }
    }

    /** Sorts all suffixes from the sorted valleys: first those greater than their next, then the others. */
    private void induce() {
        int[] starts = starts();
        for (int i = 0; i < length; i++) {
            int before = sorted[i] - 1;
            if (before >= 0 && !smallerThanNext.get(before)) {
                sorted[starts[at(before)]++] = before;
            }
        }
        int[] ends = ends();
        for (int i = length - 1; i >= 0; i--) {
            int before = sorted[i] - 1;
            if (before >= 0 && smallerThanNext.get(before)) {
                sorted[--ends[at(before)]] = before;
            }
        }
    }

    /** Whether the suffix at {@code i} is smaller than its next and the one before it is not. */
    private boolean startsValley(int i) {
        return i > 0 && smallerThanNext.get(i) && !smallerThanNext.get(i - 1);
    }

    private int at(int i) {
        return text[offset + i];
    }

    private int[] starts() {
        int[] starts = new int[alphabet];
        for (int c = 1; c < alphabet; c++) {
            starts[c] = starts[c - 1] + counts[c - 1];
        }
        return starts;
    }

    private int[] ends() {
        int[] ends = counts.clone();
        for (int c = 1; c < alphabet; c++) {
            ends[c] += ends[c - 1];
        }
        return ends;
    }
}
