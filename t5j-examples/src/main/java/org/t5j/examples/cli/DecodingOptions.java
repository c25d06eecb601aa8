package org.t5j.examples.cli;

import java.util.Map;
import org.t5j.core.decode.BeamRule;
import org.t5j.core.decode.GenerationConfig;
import org.t5j.core.decode.LengthNormalization;
import org.t5j.core.decode.Sampling;
import picocli.CommandLine.Option;

/** The options that say how to write outputs; what is not given comes from the checkpoint's generation_config.json. */
final class DecodingOptions {
    private static final double T5X_PENALTY = 0.6;
    private static final OptionNames NAMES = new OptionNames(Map.ofEntries(
            Map.entry("numBeams", "--beams"),
            Map.entry("lengthPenalty", "--length-penalty"),
            Map.entry("lengthNormalization", "--length-normalization"),
            Map.entry("beamRule", "--beam-rule"),
            Map.entry("maxLength", "--max-length"),
            Map.entry("minLength", "--min-length"),
            Map.entry("noRepeatNgramSize", "--no-repeat-ngram"),
            Map.entry("repetitionPenalty", "--repetition-penalty"),
            Map.entry("temperature", "--temperature"),
            Map.entry("topK", "--top-k"),
            Map.entry("topP", "--top-p"),
            Map.entry("minP", "--min-p")));

    @Option(names = "--beams", paramLabel = "N", description = "Beams; 1 for greedy search.")
    private Integer beams;

    @Option(
            names = "--beam-rule",
            paramLabel = "RULE",
            description = "Whose beam search: HUGGING_FACE, or T5X with GNMT and a length penalty of 0.6 if not given.",
            defaultValue = "HUGGING_FACE")
    private BeamRule beamRule;

    @Option(
            names = "--length-penalty",
            paramLabel = "P",
            description = "Exponent of the length normalisation of beam search; the larger, the longer the outputs.")
    private Double lengthPenalty;

    @Option(
            names = "--length-normalization",
            paramLabel = "RULE",
            description =
                    "POWER: n^P, Hugging Face's and the default; GNMT: ((5+n)/6)^P, that of the T5 paper (P = 0.6)"
                            + " and of the beam rule T5X.")
    private LengthNormalization lengthNormalization;

    @Option(
            names = "--max-length",
            paramLabel = "N",
            description = "Most tokens of an output, start token included (128 where the checkpoint does not say).")
    private Integer maxLength;

    @Option(names = "--min-length", paramLabel = "N", description = "Least tokens of an output, start token included.")
    private Integer minLength;

    @Option(
            names = "--no-repeat-ngram",
            paramLabel = "N",
            description = "No sequence of N tokens occurs twice in an output; 0 for no limit.")
    private Integer noRepeatNgram;

    @Option(
            names = "--repetition-penalty",
            paramLabel = "R",
            description = "Makes tokens that were written already less likely; 1 for none.")
    private Double repetitionPenalty;

    @Option(names = "--sample", description = "Draw tokens at random instead of taking the likeliest.")
    private boolean sample;

    @Option(names = "--temperature", paramLabel = "T", description = "With --sample.", defaultValue = "1")
    private double temperature;

    @Option(names = "--top-k", paramLabel = "K", description = "With --sample; 0 for all.", defaultValue = "0")
    private int topK;

    @Option(names = "--top-p", paramLabel = "P", description = "With --sample; 1 for all.", defaultValue = "1")
    private double topP;

    @Option(
            names = "--min-p",
            paramLabel = "P",
            description = "With --sample: only tokens at least P times as likely as the likeliest; 0 for all.",
            defaultValue = "0")
    private double minP;

    @Option(names = "--seed", paramLabel = "N", description = "With --sample.", defaultValue = "0")
    private long seed;

    /** What is not given is as in {@code defaults}. */
    GenerationConfig over(GenerationConfig defaults, Subcommand command) {
        return command.made(NAMES, () -> over(defaults));
    }

    private GenerationConfig over(GenerationConfig defaults) {
        GenerationConfig.Builder config = defaults.toBuilder()
                .maxLength(maxLength != null ? maxLength : defaults.maxLength())
                .minLength(minLength != null ? minLength : defaults.minLength())
                .noRepeatNgramSize(noRepeatNgram != null ? noRepeatNgram : defaults.noRepeatNgramSize())
                .repetitionPenalty(repetitionPenalty != null ? repetitionPenalty : defaults.repetitionPenalty());
        if (sample) {
            return config.numBeams(1)
                    .sampling(new Sampling(temperature, topK, topP, minP, seed))
                    .build();
        }
        if (beams == null && defaults.sampling() != null) {
            return config.sampling(defaults.sampling().reseeded(seed)).build();
        }
        config.sampling(null);
        double penalty = beamRule == BeamRule.T5X ? T5X_PENALTY : defaults.lengthPenalty();
        config.numBeams(beams != null ? beams : defaults.numBeams())
                .beamRule(beamRule)
                .lengthPenalty(lengthPenalty != null ? lengthPenalty : penalty);
        return (lengthNormalization == null ? config : config.lengthNormalization(lengthNormalization)).build();
    }

    /** Whether the options contradict each other, in words; empty where they do not. */
    String contradiction() {
        return sample && beams != null && beams > 1 ? "--sample and --beams " + beams + " exclude each other" : "";
    }
}
