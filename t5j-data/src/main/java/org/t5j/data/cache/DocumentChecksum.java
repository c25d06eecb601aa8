package org.t5j.data.cache;

import org.t5j.data.random.CounterRandom;

/**
 * {@link DocumentStore#checksum()} of documents as they come: of each a polynomial of its ids, which costs one multiplication
 * an id, then mixed into those before.
 */
final class DocumentChecksum {
    private static final long FACTOR = 0x9E3779B97F4A7C15L;

    private long value;

    DocumentChecksum(long value) {
        this.value = value;
    }

    /** @param count number of documents with this one */
    void add(int[] ids, long count) {
        long sum = ids.length;
        for (int id : ids) {
            sum = sum * FACTOR + id;
        }
        value = CounterRandom.mix(CounterRandom.mix(value + sum) + count);
    }

    long value() {
        return value;
    }
}
