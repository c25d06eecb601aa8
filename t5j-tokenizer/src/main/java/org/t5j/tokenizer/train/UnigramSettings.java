package org.t5j.tokenizer.train;

/**
 * How a unigram vocabulary is learned; other types have no such settings.
 *
 * @param seedSize number of frequent substrings to start from, at least 1
 * @param shrinkingFactor share of the pieces that a round of pruning keeps, 0.5 to 0.95
 * @param subIterations EM steps between two rounds of pruning, 1 to 10
 */
public record UnigramSettings(int seedSize, float shrinkingFactor, int subIterations) {

    /** What {@code spm_train} does unless told otherwise. */
    public static final UnigramSettings DEFAULT = new UnigramSettings(1_000_000, 0.75f, 2);

    public UnigramSettings {
        Setting.require(seedSize >= 1, "seedSize", seedSize, "at least 1, 1000000 as a rule");
        Setting.require(
                shrinkingFactor >= 0.5f && shrinkingFactor <= 0.95f, "shrinkingFactor", shrinkingFactor, "0.5 to 0.95");
        Setting.require(subIterations >= 1 && subIterations <= 10, "subIterations", subIterations, "1 to 10");
    }
}
