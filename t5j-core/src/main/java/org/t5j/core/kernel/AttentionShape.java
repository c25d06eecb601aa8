package org.t5j.core.kernel;

/**
 * The sizes of one attention.
 *
 * @param batch number of sequences
 * @param heads number of heads
 * @param queries query positions of a sequence
 * @param keys key positions of a sequence that are attended to
 * @param dKv width of a head
 * @param keyCapacity rows between the keys of one sequence and the next: {@code keys}, or the capacity of a cache
 */
public record AttentionShape(int batch, int heads, int queries, int keys, int dKv, int keyCapacity) {
    public AttentionShape {
        if (batch < 1 || heads < 1 || queries < 1 || keys < 1 || dKv < 1 || keyCapacity < keys) {
            throw new IllegalArgumentException(
                    "Attention needs positive sizes and a capacity of at least the keys: batch "
                            + batch + ", heads " + heads + ", queries " + queries + ", keys " + keys + ", dKv " + dKv
                            + ", capacity " + keyCapacity);
        }
    }

    public AttentionShape(int batch, int heads, int queries, int keys, int dKv) {
        this(batch, heads, queries, keys, dKv, keys);
    }

    /** Width of all heads together. */
    public int inner() {
        return heads * dKv;
    }
}
