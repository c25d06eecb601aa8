package org.t5j.data.noise;

/** What happens to a segment with more runs than the vocabulary has sentinels. */
public enum SentinelOverflow {
    /** It is an error, reported before training where it can be foreseen. */
    ERROR,
    /**
     * Ids run on downward below the lowest sentinel, into ordinary tokens, as they did in the study's own runs (at a
     * corruption rate of 50 % a segment of 511 tokens has some 128 runs, T5's vocabulary 100 sentinels).
     */
    REUSE
}
