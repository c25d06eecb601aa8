package org.t5j.examples.cli;

import java.util.Map;
import org.t5j.core.decode.BeamRule;
import org.t5j.core.decode.EarlyStopping;
import org.t5j.core.decode.GenerationConfig;
import org.t5j.core.decode.LengthNormalization;
import org.t5j.data.task.TaskGeneration;
import org.t5j.train.evaluate.TaskDecoding;
import picocli.CommandLine.Option;

/** The options that say how to write outputs; what is not given comes from the checkpoint's generation_config.json. */
final class DecodingOptions {
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
            Map.entry("minP", "--min-p"),
            Map.entry("earlyStopping", "--early-stopping"),
            Map.entry("seed", "--seed"),
            Map.entry("sample", "--sample")));

    @Option(names = "--beams", paramLabel = "N", description = "Beams; 1 for greedy search.")
    private Integer beams;

    @Option(
            names = "--beam-rule",
            paramLabel = "RULE",
            description =
                    "Whose beam search. HUGGING_FACE, the default: only the best N candidates of a step may end, and an"
                            + " output that --max-length cuts competes with those that ended. T5X: any of the best 2N may end, what"
                            + " is cut counts only where nothing ended, and lengths count by GNMT with P = 0.6.")
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

    @Option(
            names = "--early-stopping",
            paramLabel = "RULE",
            description =
                    "When a search with N beams, N outputs of which ended, stops: FALSE, once the best open one is"
                            + " no better; TRUE, at once; NEVER, once no open one can get better, as with the beam rule T5X.")
    private EarlyStopping earlyStopping;

    @Option(names = "--sample", description = "Draw tokens at random instead of taking the likeliest.")
    private boolean sample;

    @Option(names = "--temperature", paramLabel = "T", description = "With --sample; below 1 sharpens; 1 if not given.")
    private Double temperature;

    @Option(names = "--top-k", paramLabel = "K", description = "With --sample: only the K likeliest tokens; 0 for all.")
    private Integer topK;

    @Option(
            names = "--top-p",
            paramLabel = "P",
            description = "With --sample: only the likeliest tokens that together reach probability P; 1 for all.")
    private Double topP;

    @Option(
            names = "--min-p",
            paramLabel = "P",
            description = "With --sample: only tokens at least P times as likely as the likeliest; 0 for all.")
    private Double minP;

    @Option(names = "--seed", paramLabel = "N", description = "With --sample: of the draws; 0 if not given.")
    private Long seed;

    /** What is not given is as in {@code defaults}. */
    GenerationConfig over(GenerationConfig defaults, Subcommand command) {
        return command.made(NAMES, () -> TaskDecoding.over(defaults, given()));
    }

    private TaskGeneration given() {
        return new TaskGeneration(
                beams,
                name(beamRule),
                name(lengthNormalization),
                lengthPenalty,
                name(earlyStopping),
                maxLength,
                minLength,
                noRepeatNgram,
                repetitionPenalty,
                sample ? true : null,
                temperature,
                topK,
                topP,
                minP,
                seed);
    }

    private static String name(Enum<?> constant) {
        return constant == null ? null : constant.name();
    }

    /** Whether the options contradict each other, in words; empty where they do not. */
    String contradiction() {
        return sample && beams != null && beams > 1 ? "--sample and --beams " + beams + " exclude each other" : "";
    }
}
