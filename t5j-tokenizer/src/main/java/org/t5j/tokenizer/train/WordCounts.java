package org.t5j.tokenizer.train;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.t5j.tokenizer.bytes.Bytes;

/** Distinct words and how often they occur: a hash table over one buffer of bytes. */
final class WordCounts {

    private final Bytes text = new Bytes(1 << 16);
    private int[] ends = new int[1 << 12];
    private long[] counts = new long[1 << 12];
    private int[] table = new int[1 << 13];
    private int size;

    /** Adds {@code count} occurrences of {@code array[from, to)}. */
    void add(byte[] array, int from, int to, long count) {
        int slot = hash(array, from, to) & table.length - 1;
        while (table[slot] != 0) {
            int word = table[slot] - 1;
            if (Arrays.equals(text.array(), start(word), ends[word], array, from, to)) {
                counts[word] += count;
                return;
            }
            slot = slot + 1 & table.length - 1;
        }
        if (size == ends.length) {
            grow();
            add(array, from, to, count);
            return;
        }
        text.append(array, from, to);
        ends[size] = text.length();
        counts[size] = count;
        table[slot] = ++size;
    }

    void addAll(WordCounts other) {
        for (int word = 0; word < other.size; word++) {
            add(other.text.array(), other.start(word), other.ends[word], other.counts[word]);
        }
    }

    /** The words by falling count, then by their bytes. */
    List<Sentence> sorted() {
        Sentence[] words = new Sentence[size];
        for (int word = 0; word < size; word++) {
            words[word] = new Sentence(Arrays.copyOfRange(text.array(), start(word), ends[word]), counts[word]);
        }
        Arrays.parallelSort(
                words,
                Comparator.comparingLong(Sentence::count)
                        .reversed()
                        .thenComparing(Sentence::text, Arrays::compareUnsigned));
        return List.of(words);
    }

    private int start(int word) {
        return word == 0 ? 0 : ends[word - 1];
    }

    private void grow() {
        ends = Arrays.copyOf(ends, 2 * size);
        counts = Arrays.copyOf(counts, 2 * size);
        table = new int[4 * size];
        for (int word = 0; word < size; word++) {
            int slot = hash(text.array(), start(word), ends[word]) & table.length - 1;
            while (table[slot] != 0) {
                slot = slot + 1 & table.length - 1;
            }
            table[slot] = word + 1;
        }
    }

    private static int hash(byte[] array, int from, int to) {
        int hash = 1;
        for (int at = from; at < to; at++) {
            hash = 31 * hash + array[at];
        }
        hash *= 0x9E3779B9;
        return hash ^ hash >>> 15;
    }
}
