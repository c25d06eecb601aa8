package org.t5j.core.kernel;

/**
 * The sizes of one attention.
 *
 * @param queries the sequences that attend
 * @param keys the sequences attended to, as many as those that attend
 * @param heads number of heads
 * @param dKv width of a head
 */
public record AttentionShape(Sequences queries, Sequences keys, int heads, int dKv) {
    public AttentionShape {
        if (queries.count() != keys.count() || heads < 1 || dKv < 1) {
            throw new IllegalArgumentException("Attention needs as many key sequences as query sequences and positive"
                    + " sizes: " + queries.count() + " and " + keys.count() + " sequences, heads " + heads + ", dKv "
                    + dKv);
        }
    }

    /** {@code batch} sequences of one length. */
    public AttentionShape(int batch, int heads, int queries, int keys, int dKv) {
        this(Sequences.uniform(batch, queries), Sequences.uniform(batch, keys), heads, dKv);
    }

    /** Number of sequences. */
    public int batch() {
        return queries.count();
    }

    /** Width of all heads together. */
    public int inner() {
        return heads * dKv;
    }

    /** Number of different distances from a query to a key in the longest sequence: the width of a position bias. */
    public int distances() {
        return queries.maxLength() + keys.maxLength() - 1;
    }

    /** The index of the distance from query {@code i} to key {@code j}, 0 … {@link #distances}-1. */
    public int distance(int i, int j) {
        return j - i + queries.maxLength() - 1;
    }

    /**
     * Where the dropout mask of a row of attention weights begins: weights are numbered as a matrix {@code [batch, heads,
     * longest query sequence, longest key sequence]}, without the queries where these share a mask.
     */
    public int maskStart(Dropout dropout, int sequence, int head, int query) {
        int row = sequence * heads + head;
        if (!dropout.shared()) {
            row = row * queries.maxLength() + query;
        }
        return row * keys.maxLength();
    }
}
