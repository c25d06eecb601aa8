package org.t5j.data.cache;

import org.t5j.data.random.CounterRandom;

/** {@link DocumentStore#checksum()} of documents as they come. */
final class DocumentChecksum {
    private long value;

    DocumentChecksum(long value) {
        this.value = value;
    }

    /** @param count number of documents with this one */
    void add(int[] ids, long count) {
        long sum = value;
        for (int id : ids) {
            sum = CounterRandom.mix(sum + id);
        }
        value = CounterRandom.mix(sum + count);
    }

    long value() {
        return value;
    }
}
