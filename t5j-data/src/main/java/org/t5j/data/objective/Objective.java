package org.t5j.data.objective;

import org.t5j.data.TokenExample;
import org.t5j.data.random.CounterRandom;

/** Turns a segment of text into something to learn. Immutable and safe for use by many threads. */
public interface Objective {

    /** Number of tokens that one segment of the corpus has at most. */
    int segmentLength();

    /** Length of the inputs at most, end-of-sequence token included. */
    int inputLength();

    /** Length of the targets at most, end-of-sequence token included. */
    int targetLength();

    /** Whether documents are joined before they are cut into segments, so that hardly any padding is needed. */
    boolean mergeExamples();

    /** Whether every document ends with an end-of-sequence token of its own before documents are joined. */
    default boolean endsDocuments() {
        return false;
    }

    /** All settings as text: objectives with equal settings make equal examples. Guards resuming. */
    String settings();

    /**
     * The example made of a segment: inputs and targets, trimmed, each with its end-of-sequence token (targets only the
     * documents' own where {@link #endsDocuments()}). A pure function.
     *
     * @param tokens 1 … {@link #segmentLength()} ids, with end-of-sequence tokens only where {@link #endsDocuments()}; left
     *     as they are
     * @param random the numbers of this example in this epoch
     */
    TokenExample apply(int[] tokens, CounterRandom random);
}
