package org.t5j.data.random;

/** What random numbers are for; draws for different purposes are independent. The keys are part of resumability. */
public enum Purpose {
    /** The order of the examples in an epoch. */
    SHUFFLE(1),
    /** Which dataset of a mixture comes next. */
    MIXTURE(2),
    /** The order of the batches of a bucketing window. */
    BUCKET(3),
    /** Which chunk of a long document an epoch sees. */
    CHUNK(4),
    /** Where an epoch starts in the corpus. */
    ROTATION(5),
    /** The noise mask of an example. */
    NOISE(6);

    final long key;

    Purpose(long key) {
        this.key = key;
    }
}
