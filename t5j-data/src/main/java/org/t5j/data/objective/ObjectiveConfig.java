package org.t5j.data.objective;

import org.t5j.data.DataException;

/**
 * Settings of an unsupervised objective. Values that are left out (null) take the defaults of T5.
 *
 * @param name of the objective, see {@link Objectives}; default {@code span_corruption}
 * @param inputLength length of the inputs in tokens, end-of-sequence token included; default 512
 * @param targetLength length of the targets likewise; default: what the objective needs (114 for T5's 512)
 * @param noiseDensity share of the tokens that is noise, 0 … 1 exclusive; default 0.15
 * @param meanNoiseSpanLength mean length of a run of noise in tokens; default 3
 * @param mergeExamples whether documents are joined before they are cut into segments; default true
 */
public record ObjectiveConfig(
        String name,
        Integer inputLength,
        Integer targetLength,
        Double noiseDensity,
        Double meanNoiseSpanLength,
        Boolean mergeExamples) {

    public ObjectiveConfig {
        name = name == null ? SpanCorruption.NAME : name;
        inputLength = inputLength == null ? 512 : inputLength;
        noiseDensity = noiseDensity == null ? 0.15 : noiseDensity;
        meanNoiseSpanLength = meanNoiseSpanLength == null ? 3.0 : meanNoiseSpanLength;
        mergeExamples = mergeExamples == null || mergeExamples;
        DataException.check(inputLength >= 2, "inputLength is %d, but must be at least 2.", inputLength);
        DataException.check(
                targetLength == null || targetLength >= 1, "targetLength is %d, but must be at least 1.", targetLength);
    }

    /** T5's span corruption (density 0.15, mean span 3) for inputs of that length. */
    public static ObjectiveConfig spanCorruption(int inputLength) {
        return new ObjectiveConfig(SpanCorruption.NAME, inputLength, null, null, null, null);
    }
}
