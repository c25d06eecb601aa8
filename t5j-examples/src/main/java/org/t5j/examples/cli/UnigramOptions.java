package org.t5j.examples.cli;

import org.t5j.tokenizer.TrainerConfigBuilder;
import org.t5j.tokenizer.train.UnigramSettings;
import picocli.CommandLine.Option;

/** How a unigram vocabulary is learned. */
final class UnigramOptions {
    @Option(
            names = "--seed_sentencepiece_size",
            paramLabel = "N",
            description = "Unigram: frequent substrings to start from.",
            defaultValue = "1000000")
    private int seedSize;

    @Option(
            names = "--shrinking_factor",
            paramLabel = "SHARE",
            description = "Unigram: share of the pieces that a round of pruning keeps.",
            defaultValue = "0.75")
    private float shrinkingFactor;

    @Option(
            names = "--num_sub_iterations",
            paramLabel = "N",
            description = "Unigram: EM steps between two rounds of pruning.",
            defaultValue = "2")
    private int subIterations;

    void addTo(TrainerConfigBuilder builder) {
        builder.unigram(new UnigramSettings(seedSize, shrinkingFactor, subIterations));
    }
}
