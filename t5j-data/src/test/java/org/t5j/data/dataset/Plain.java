package org.t5j.data.dataset;

import org.t5j.data.TokenExample;
import org.t5j.data.objective.Objective;
import org.t5j.data.random.CounterRandom;

/** An objective that shows the segments themselves. */
record Plain(int segmentLength, boolean mergeExamples, boolean endsDocuments) implements Objective {
    @Override
    public int inputLength() {
        return segmentLength;
    }

    @Override
    public int targetLength() {
        return segmentLength;
    }

    @Override
    public String settings() {
        return toString();
    }

    @Override
    public TokenExample apply(int[] tokens, CounterRandom random) {
        return new TokenExample(tokens, tokens);
    }
}
