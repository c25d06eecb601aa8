package org.t5j.data.batch;

/** An endless sequence of batches: what a trainer learns from, one after the other. */
public interface Batches {

    /** The next batch. */
    Batch next();

    /** Where the sequence stands after the last batch. */
    DataPosition position();
}
