package org.t5j.data.dataset;

import org.t5j.data.TokenExample;

/** A finite set of examples as ids, each epoch's a pure function of seed and epoch. Immutable. */
public interface Dataset {

    /** Name, unique within what is trained on together. */
    String name();

    /** Length of any example's inputs at most, end-of-sequence token included. */
    int inputLength();

    /** Length of any example's targets at most, end-of-sequence token included. */
    int targetLength();

    /** Number of examples (of documents, for a corpus), for mixing rates. */
    long examples();

    /** A number that differs, almost surely, for other data; guards against resuming on changed files. */
    long checksum();

    /**
     * One pass over the data.
     *
     * @param seed of the run
     * @param epoch 0, 1, …
     */
    Epoch epoch(long seed, long epoch);

    /** The examples of one epoch, in the order of the files. */
    interface Epoch {

        /** Number of examples in this epoch, at least 1. */
        long size();

        /**
         * An example: the same whenever it is asked for.
         *
         * @param index 0 … {@link #size()}-1
         */
        TokenExample example(long index);
    }
}
