package org.t5j.data.objective;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.t5j.data.DataException;
import org.t5j.data.noise.SentinelOverflow;
import org.t5j.data.noise.Sentinels;
import org.t5j.tokenizer.Tokenizer;

/**
 * Settings of an unsupervised objective. A value that is left out (null) takes the objective's own default, which is the
 * study's; one that the objective has no use for is an error when it is made.
 *
 * @param name of the objective, see {@link Objectives}; default {@code span_corruption}
 * @param inputLength length of the inputs in tokens, end-of-sequence token and mode tokens included; default 512. Objectives
 *     without inputs take it as default of {@code targetLength}
 * @param targetLength length of the targets likewise; default: what the objective needs (114 for T5's 512)
 * @param noiseDensity share of the tokens that is noise, 0 … 1
 * @param meanNoiseSpanLength mean length of a run of noise in tokens, at least 1
 * @param mergeExamples whether documents are joined before they are cut into segments
 * @param minNoiseSpanLength shortest run of {@code regular_spans}
 * @param maxNoiseSpanLength longest run of {@code regular_spans}
 * @param randomRoll whether {@code span_corruption} rotates its masks
 * @param randomTokenRate share of the noise tokens that {@code bert_style} replaces by random ones, 0 … 1
 * @param sentinelOverflow what becomes of more noise runs than the vocabulary has sentinels; default an error
 * @param alignSentinels whether the targets have the inputs' sentinel before every run of noise, also where a segment starts
 *     with noise; default false, as the reference
 * @param modeTokens whether {@code ul2} puts {@code [NLU]}, {@code [NLG]} or {@code [S2S]} in front of the inputs
 * @param rates of the denoisers of {@code ul2} by name, where they differ from its own; 0 leaves one out
 */
public record ObjectiveConfig(
        String name,
        Integer inputLength,
        Integer targetLength,
        Double noiseDensity,
        Double meanNoiseSpanLength,
        Boolean mergeExamples,
        Integer minNoiseSpanLength,
        Integer maxNoiseSpanLength,
        Boolean randomRoll,
        Double randomTokenRate,
        SentinelOverflow sentinelOverflow,
        Boolean alignSentinels,
        Boolean modeTokens,
        Map<String, Double> rates) {

    private static final int DEFAULT_LENGTH = 512;

    public ObjectiveConfig {
        name = name == null ? SpanCorruption.NAME : name;
        inputLength = inputLength == null ? DEFAULT_LENGTH : inputLength;
        rates = rates == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(rates));
        DataException.check(inputLength >= 2, "inputLength is %d, but must be at least 2.", inputLength);
        DataException.check(
                targetLength == null || targetLength >= 1, "targetLength is %d, but must be at least 1.", targetLength);
        checkShare("noiseDensity", noiseDensity);
        checkShare("randomTokenRate", randomTokenRate);
    }

    private static void checkShare(String key, Double value) {
        DataException.check(
                value == null || value >= 0 && value <= 1, "%s is %s, but it is a share: 0 up to 1.", key, value);
    }

    /** The settings that several objectives share; the others take their defaults. */
    public ObjectiveConfig(
            String name,
            Integer inputLength,
            Integer targetLength,
            Double noiseDensity,
            Double meanNoiseSpanLength,
            Boolean mergeExamples) {
        this(
                name,
                inputLength,
                targetLength,
                noiseDensity,
                meanNoiseSpanLength,
                mergeExamples,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    /** T5's span corruption (density 0.15, mean span 3) for inputs of that length. */
    public static ObjectiveConfig spanCorruption(int inputLength) {
        return named(SpanCorruption.NAME, inputLength);
    }

    /** An objective as the study has it, for inputs of that length. */
    public static ObjectiveConfig named(String name, int inputLength) {
        return new ObjectiveConfig(name, inputLength, null, null, null, null);
    }

    /** The same with another answer to more noise runs than sentinels. */
    public ObjectiveConfig withSentinelOverflow(SentinelOverflow overflow) {
        return new ObjectiveConfig(
                name,
                inputLength,
                targetLength,
                noiseDensity,
                meanNoiseSpanLength,
                mergeExamples,
                minNoiseSpanLength,
                maxNoiseSpanLength,
                randomRoll,
                randomTokenRate,
                overflow,
                alignSentinels,
                modeTokens,
                rates);
    }

    /** The sentinels of a vocabulary, handled as these settings say. */
    public Sentinels sentinels(Tokenizer tokenizer) {
        return new Sentinels(tokenizer, Objects.requireNonNullElse(sentinelOverflow, SentinelOverflow.ERROR));
    }

    /**
     * The length of the targets: as set, or else what is needed.
     *
     * @param needed length of the longest targets, end-of-sequence token included
     * @throws DataException if less is set
     */
    public int targetLengthFor(int needed) {
        DataException.check(
                targetLength == null || targetLength >= needed,
                "targetLength is %d, but %s makes targets of %d tokens, end of sequence included. "
                        + "Raise targetLength to that, or leave it out.",
                targetLength,
                summary(),
                needed);
        return Objects.requireNonNullElse(targetLength, needed);
    }

    /** What decides the lengths, for errors. */
    String summary() {
        return "objective '" + name + "' with inputLength " + inputLength
                + (noiseDensity == null ? "" : ", noiseDensity " + noiseDensity)
                + (meanNoiseSpanLength == null ? "" : ", meanNoiseSpanLength " + meanNoiseSpanLength);
    }

    /**
     * Refuses settings that the objective has no use for.
     *
     * @param used those it has, besides the lengths and {@code mergeExamples}
     * @throws DataException if another is set
     */
    public void requireOnly(String... used) {
        List<String> known = Arrays.asList(used);
        special()
                .forEach((key, value) -> DataException.check(
                        value == null || known.contains(key),
                        "%s is %s, but objective '%s' has no such setting: leave it out. Its own are %s.",
                        key,
                        value,
                        name,
                        known.isEmpty()
                                ? "inputLength, targetLength and mergeExamples"
                                : String.join(", ", known) + ", beside inputLength, targetLength and mergeExamples"));
    }

    private Map<String, Object> special() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("noiseDensity", noiseDensity);
        settings.put("meanNoiseSpanLength", meanNoiseSpanLength);
        settings.put("minNoiseSpanLength", minNoiseSpanLength);
        settings.put("maxNoiseSpanLength", maxNoiseSpanLength);
        settings.put("randomRoll", randomRoll);
        settings.put("randomTokenRate", randomTokenRate);
        settings.put("sentinelOverflow", sentinelOverflow);
        settings.put("alignSentinels", alignSentinels);
        settings.put("modeTokens", modeTokens);
        settings.put("rates", rates);
        return settings;
    }
}
