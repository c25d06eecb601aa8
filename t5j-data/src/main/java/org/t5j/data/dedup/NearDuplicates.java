package org.t5j.data.dedup;

import java.util.Arrays;
import java.util.function.IntFunction;

/**
 * Finds documents that are like an earlier one. In every band of {@link MinHash} a document is compared with the first and
 * with the nearest earlier document of the same key; it is flagged if their sets of shingles, compared exactly, are alike
 * enough. So no document is lost for chance, and each band needs 8 bytes a document, or less where it is read in parts.
 */
public final class NearDuplicates {

    /** Keys of all documents, read band by band. */
    public interface BandKeys {
        /** Number of documents, at most 2³¹-1. */
        int documents();

        /** Gives the key of every document in order; 0 for a document that is not to be compared. */
        void forEach(int band, java.util.function.IntConsumer consumer);
    }

    private final MinHash hash;
    private final double similarity;
    private final IntFunction<String> text;
    private final int threads;

    /**
     * @param similarity smallest Jaccard similarity of duplicates, above 0 to 1
     * @param text gives any document, to any thread
     */
    public NearDuplicates(MinHash hash, double similarity, IntFunction<String> text, int threads) {
        this.hash = hash;
        this.similarity = similarity;
        this.text = text;
        this.threads = threads;
    }

    /**
     * Flags the documents that are like an earlier one.
     *
     * @param memory bytes for a band's keys at most
     */
    public Flags find(BandKeys keys, long memory) {
        Flags found = new Flags(keys.documents());
        int parts = (int) Math.max(1, (8L * keys.documents() + memory - 1) / memory);
        for (int band = 0; band < hash.bands(); band++) {
            for (int part = 0; part < parts; part++) {
                compare(sorted(keys, band, part, parts), found);
            }
        }
        return found;
    }

    /** Key and number of each document, by keys, those of the same key in order. */
    private static long[] sorted(BandKeys keys, int band, int part, int parts) {
        long[] entries = new long[parts == 1 ? keys.documents() : (int) (keys.documents() / parts * 1.1) + 16];
        long[][] holder = {entries};
        int[] at = {0, 0};
        keys.forEach(band, key -> {
            if (key != 0 && (key >>> 8) % parts == part) {
                if (at[0] == holder[0].length) {
                    holder[0] = Arrays.copyOf(holder[0], 2 * at[0]);
                }
                holder[0][at[0]++] = (long) key << 32 | at[1];
            }
            at[1]++;
        });
        Arrays.sort(holder[0], 0, at[0]);
        return Arrays.copyOf(holder[0], at[0]);
    }

    /** Shares the groups of the same key out among threads; a group belongs to the chunk in which it begins. */
    private void compare(long[] entries, Flags found) {
        int chunks = entries.length < 1024 ? 1 : 16 * threads;
        Parallel.forEach(chunks, threads, chunk -> {
            int from = (int) ((long) entries.length * chunk / chunks);
            int to = (int) ((long) entries.length * (chunk + 1) / chunks);
            while (from > 0 && from < to && key(entries, from) == key(entries, from - 1)) {
                from++;
            }
            for (int start = from; start < to; ) {
                int end = start + 1;
                while (end < entries.length && key(entries, end) == key(entries, start)) {
                    end++;
                }
                compareGroup(entries, start, end, found);
                start = end;
            }
        });
    }

    private static int key(long[] entries, int at) {
        return (int) (entries[at] >>> 32);
    }

    private void compareGroup(long[] entries, int start, int end, Flags found) {
        if (end - start == 1) {
            return;
        }
        long[] first = hash.shingles(text.apply((int) entries[start]));
        long[] previous = first;
        for (int at = start + 1; at < end; at++) {
            int document = (int) entries[at];
            boolean needed = !found.get(document) || at + 1 < end && !found.get((int) entries[at + 1]);
            if (!needed) {
                previous = null;
                continue;
            }
            long[] shingles = hash.shingles(text.apply(document));
            if (previous == null) {
                previous = hash.shingles(text.apply((int) entries[at - 1]));
            }
            if (!found.get(document)
                    && (MinHash.jaccard(shingles, first) >= similarity
                            || MinHash.jaccard(shingles, previous) >= similarity)) {
                found.set(document);
            }
            previous = shingles;
        }
    }
}
