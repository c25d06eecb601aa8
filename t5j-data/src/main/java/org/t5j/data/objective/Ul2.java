package org.t5j.data.objective;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.t5j.data.DataException;
import org.t5j.data.Registry;
import org.t5j.tokenizer.Tokenizer;

/**
 * UL2's mixture of denoisers (Tay et al. 2022, table 1 and the code of appendix 9.2): regular span corruption (R), extreme
 * span corruption (X: long spans or half of the tokens) and prefix language modelling (S), each told to the model by a mode
 * token in front of the inputs. The mode token is text to the tokenizer and may be several ids; segments are shorter by them,
 * so that nothing is cut. For S the paper speaks of a quarter of the tokens as one span, the code has {@link PrefixLm}; this
 * follows the code.
 *
 * <p>At 512 tokens the X denoisers of half the tokens in spans of 3 have more spans (127) than T5's vocabulary has
 * sentinels (100): use a vocabulary with more, or {@code sentinelOverflow: REUSE}, as published.
 */
public final class Ul2 {
    /** Name in {@link Objectives}. */
    public static final String NAME = "ul2";

    private Ul2() {}

    /**
     * @param meanSpan mean length of a span; 0 for prefix language modelling
     * @param rate of the published example: 0.4 for R, 0.4 for X and 0.2 for S
     */
    private record Denoiser(String name, String modeToken, double meanSpan, double density, double rate) {}

    private static final List<Denoiser> DENOISERS = List.of(
            new Denoiser("r_3_15", "[NLU]", 3, 0.15, 0.2),
            new Denoiser("r_8_15", "[NLU]", 8, 0.15, 0.2),
            new Denoiser("x_3_50", "[NLG]", 3, 0.5, 0.1),
            new Denoiser("x_8_50", "[NLG]", 8, 0.5, 0.1),
            new Denoiser("x_64_15", "[NLG]", 64, 0.15, 0.1),
            new Denoiser("x_64_50", "[NLG]", 64, 0.5, 0.1),
            new Denoiser("s", "[S2S]", 0, 0.5, 0.2));

    /** The denoisers whose rate is above 0. */
    static List<WeightedObjective> create(ObjectiveConfig config, Tokenizer tokenizer) {
        config.requireOnly("sentinelOverflow", "modeTokens", "rates");
        Map<String, Double> rates = Objects.requireNonNullElse(config.rates(), Map.of());
        checkRates(rates);
        boolean prompted = Objects.requireNonNullElse(config.modeTokens(), true);
        if (prompted) {
            checkModeTokens(tokenizer);
        }
        List<WeightedObjective> mixture = new ArrayList<>();
        for (Denoiser denoiser : DENOISERS) {
            double rate = rates.getOrDefault(denoiser.name, denoiser.rate);
            if (rate > 0) {
                int[] prompt = prompted ? tokenizer.encode(denoiser.modeToken) : new int[0];
                Objective objective = objective(denoiser, prompt, config, tokenizer);
                mixture.add(new WeightedObjective(
                        denoiser.name, prompted ? new Prompted(objective, prompt) : objective, rate));
            }
        }
        DataException.check(!mixture.isEmpty(), "rates leaves out every denoiser of 'ul2'. Give one a rate above 0.");
        return List.copyOf(mixture);
    }

    private static Objective objective(Denoiser denoiser, int[] prompt, ObjectiveConfig config, Tokenizer tokenizer) {
        int inputLength = config.inputLength() - prompt.length;
        DataException.check(
                inputLength >= 2,
                "inputLength is %d, but the mode token %s takes %d of it. Raise inputLength.",
                config.inputLength(),
                denoiser.modeToken,
                prompt.length);
        try {
            return objective(denoiser, inputLength, config, tokenizer);
        } catch (DataException e) {
            throw new DataException(
                    "Denoiser " + denoiser.name + " of 'ul2', whose inputs have room for " + inputLength + " tokens: "
                            + e.getMessage() + " Or leave it out by rates: {" + denoiser.name + ": 0}.",
                    e);
        }
    }

    private static Objective objective(
            Denoiser denoiser, int inputLength, ObjectiveConfig config, Tokenizer tokenizer) {
        boolean merge = Objects.requireNonNullElse(config.mergeExamples(), true);
        Integer targetLength = config.targetLength();
        if (denoiser.meanSpan == 0) {
            return PrefixLm.create(
                    new ObjectiveConfig(PrefixLm.NAME, inputLength, targetLength, denoiser.density, null, merge),
                    tokenizer);
        }
        ObjectiveConfig spans = new ObjectiveConfig(
                SpanCorruption.NAME, inputLength, targetLength, denoiser.density, denoiser.meanSpan, merge);
        return SpanCorruption.create(spans.withSentinelOverflow(config.sentinelOverflow()), tokenizer);
    }

    private static void checkRates(Map<String, Double> rates) {
        Registry<Denoiser> known = new Registry<>("denoiser");
        DENOISERS.forEach(denoiser -> known.add(denoiser.name, denoiser));
        rates.forEach((name, rate) -> DataException.check(
                rate != null && rate >= 0 && rate < Double.POSITIVE_INFINITY,
                "rates.%s is %s, but must be 0 or more.",
                known.get(name).name,
                rate));
    }

    private static void checkModeTokens(Tokenizer tokenizer) {
        long distinct = DENOISERS.stream()
                .map(denoiser -> Arrays.toString(tokenizer.encode(denoiser.modeToken)))
                .distinct()
                .count();
        DataException.check(
                distinct == 3,
                "modeTokens cannot be told apart: the vocabulary has the same pieces for some of [NLU], [NLG] and [S2S]."
                        + " Use another vocabulary, or set modeTokens to false.");
    }
}
