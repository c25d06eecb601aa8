package org.t5j.data.objective;

import java.util.Arrays;
import org.t5j.data.TokenExample;
import org.t5j.data.random.CounterRandom;

/**
 * An objective with the same tokens in front of all inputs, which get longer by them: UL2's {@code prepend_prompt}.
 *
 * @param objective whose inputs get them
 * @param prompt the tokens; not copied
 */
record Prompted(Objective objective, int[] prompt) implements Objective {

    @Override
    public int segmentLength() {
        return objective.segmentLength();
    }

    @Override
    public int inputLength() {
        return prompt.length + objective.inputLength();
    }

    @Override
    public int targetLength() {
        return objective.targetLength();
    }

    @Override
    public boolean mergeExamples() {
        return objective.mergeExamples();
    }

    @Override
    public boolean endsDocuments() {
        return objective.endsDocuments();
    }

    @Override
    public String settings() {
        return Arrays.toString(prompt) + " " + objective.settings();
    }

    @Override
    public TokenExample apply(int[] tokens, CounterRandom random) {
        TokenExample example = objective.apply(tokens, random);
        int[] inputs = Arrays.copyOf(prompt, prompt.length + example.inputs().length);
        System.arraycopy(example.inputs(), 0, inputs, prompt.length, example.inputs().length);
        return new TokenExample(inputs, example.targets());
    }
}
