package org.t5j.core.decode;

import java.util.List;

/** What has ended of the hypotheses of one input, by the rules of a {@link BeamRule}. */
interface EndedHypotheses {

    /** Whether a candidate of this rank, 0 for the best, may end. */
    boolean mayEnd(int rank);

    /**
     * Adds a hypothesis if it is among the best.
     *
     * @param tokens start token first; the first {@code length} are the hypothesis
     * @param finished whether end of sequence follows these tokens; else they are all that {@code maxLength} allows
     */
    void add(int[] tokens, int length, boolean finished, float logProbability);

    /**
     * Whether open hypotheses are given up.
     *
     * @param bestCandidate log-probability of the best continuation, which may have ended
     * @param bestOpen that of the best that stays open
     * @param generated tokens chosen so far, end of sequence included
     */
    boolean isDone(float bestCandidate, float bestOpen, int generated);

    /** The best {@code numReturnSequences}, best first. */
    List<Generated> best();
}
