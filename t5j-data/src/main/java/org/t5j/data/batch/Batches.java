package org.t5j.data.batch;

/** A way of making batches of a stream of examples: {@link BucketedBatches} or {@link PackedBatches}. */
interface Batches {

    /** The next batch. */
    Batch next();

    /** Where the sequence stands after the last batch. */
    DataPosition position();
}
