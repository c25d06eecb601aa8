package org.t5j.data.cache;

import org.t5j.data.random.CounterRandom;

/** The first documents of a store, as many as make up a number of tokens; the last of them is cut. */
final class FirstTokens implements DocumentStore {
    private final DocumentStore all;
    private final long size;
    private final int lastLength;

    FirstTokens(DocumentStore all, long maxTokens) {
        this.all = all;
        this.size = documents(all, maxTokens);
        this.lastLength = (int) (maxTokens - all.tokens(0, size - 1));
    }

    /** The fewest documents that hold {@code maxTokens}, which all documents do. */
    private static long documents(DocumentStore all, long maxTokens) {
        long low = 1;
        long high = all.size();
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (all.tokens(0, middle) >= maxTokens) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public int length(long document) {
        return document == size - 1 ? lastLength : all.length(document);
    }

    @Override
    public void copyInto(long document, int from, int[] target, int at, int count) {
        all.copyInto(document, from, target, at, count);
    }

    @Override
    public long tokens(long from, long to) {
        return from < to && to == size ? all.tokens(from, to - 1) + lastLength : all.tokens(from, to);
    }

    @Override
    public long checksum() {
        return CounterRandom.mix(all.checksum() + tokens());
    }

    @Override
    public int longest() {
        return all.longest();
    }
}
