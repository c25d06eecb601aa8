package org.t5j.data.cache;

import org.t5j.data.random.CounterRandom;

/** The documents {@code first}, {@code first + n}, {@code first + 2n}, … of a store. */
record EveryNth(DocumentStore all, int first, int n) implements DocumentStore {

    @Override
    public long size() {
        return (all.size() - first + n - 1) / n;
    }

    @Override
    public int length(long document) {
        return all.length(first + document * n);
    }

    @Override
    public void copyInto(long document, int from, int[] target, int at, int count) {
        all.copyInto(first + document * n, from, target, at, count);
    }

    @Override
    public long checksum() {
        return CounterRandom.mix(CounterRandom.mix(all.checksum() + n) + first);
    }

    @Override
    public int longest() {
        return all.longest();
    }
}
