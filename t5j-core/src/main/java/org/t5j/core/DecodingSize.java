package org.t5j.core;

import java.util.Locale;

/**
 * How much is decoded side by side: what fits into arrays of Java.
 *
 * @param inputs that are written for, at least 1
 * @param beams hypotheses of each, at least 1
 * @param maxLength tokens of a hypothesis, the start token included, at least 1
 */
record DecodingSize(int inputs, int beams, int maxLength, int vocabSize) {

    DecodingSize {
        if (inputs < 1 || beams < 1 || maxLength < 1) {
            throw new T5Exception("Decoding needs at least 1 input, 1 hypothesis of each and 1 token, found " + inputs
                    + " inputs, " + beams + " hypotheses and " + maxLength + " tokens");
        }
        requireArray(maxLength, inputs, beams, "outputs of " + maxLength + " tokens");
        requireArray(vocabSize, inputs, beams, "rows of " + vocabSize + " logits");
    }

    private static void requireArray(int row, int inputs, int beams, String what) {
        if ((double) inputs * beams * row > Integer.MAX_VALUE) {
            throw new T5Exception(
                    of(inputs, beams) + ": their " + what + " do not fit into an array of Java, which ends"
                            + " at 2^31 - 1 values; decode fewer inputs side by side, with fewer beams or shorter outputs");
        }
    }

    private static String of(int inputs, int beams) {
        return inputs + (inputs == 1 ? " input" : " inputs") + " cannot be decoded side by side with " + beams
                + (beams == 1 ? " hypothesis" : " hypotheses") + " each";
    }

    int rows() {
        return inputs * beams;
    }

    /** Space for the logits of all hypotheses, {@code [rows * vocabSize]}. */
    float[] newLogits() {
        int length = rows() * vocabSize;
        try {
            return new float[length];
        } catch (OutOfMemoryError e) {
            throw new T5Exception(String.format(
                    Locale.ROOT,
                    "%s: their logits take %.0f MB of the Java heap, which has no room for them; decode fewer inputs side"
                            + " by side or with fewer beams, or make the heap larger (-Xmx; T5J_HEAP for bin/t5j)",
                    of(inputs, beams),
                    length * 4e-6));
        }
    }
}
