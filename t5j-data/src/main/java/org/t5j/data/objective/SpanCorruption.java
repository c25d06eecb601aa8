package org.t5j.data.objective;

import org.t5j.data.DataException;
import org.t5j.data.TokenExample;
import org.t5j.data.noise.RandomSpansNoiseMask;
import org.t5j.data.noise.Sentinels;
import org.t5j.data.noise.SpanCounts;
import org.t5j.data.noise.SpanLengths;
import org.t5j.data.preprocess.Tokens;
import org.t5j.data.random.CounterRandom;
import org.t5j.tokenizer.Tokenizer;

/**
 * T5's final objective (Raffel et al. 2020, section 3.3.4; {@code span_corruption} in {@code
 * t5/data/preprocessors.py}): random spans are replaced by sentinels in the inputs; the targets are the spans, each
 * after its sentinel. As in the code, and unlike the paper's figure, no sentinel follows the last span.
 *
 * <p>Segments are as long as fits ({@link SpanLengths}), so full ones need no padding at all.
 */
public final class SpanCorruption implements Objective {

    /** Name in {@link Objectives}. */
    public static final String NAME = "span_corruption";

    private final ObjectiveConfig config;
    private final Tokenizer tokenizer;
    private final RandomSpansNoiseMask noiseMask;
    private final SpanLengths lengths;

    /**
     * @throws DataException if the targets do not fit, or some segment would need more spans than it has tokens or the
     *     vocabulary has sentinels
     */
    public SpanCorruption(ObjectiveConfig config, Tokenizer tokenizer) {
        this.config = config;
        this.tokenizer = tokenizer;
        this.noiseMask = new RandomSpansNoiseMask(config.noiseDensity(), config.meanNoiseSpanLength());
        this.lengths = SpanLengths.of(config.inputLength(), config.noiseDensity(), config.meanNoiseSpanLength());
        checkTargetLength();
        for (int length = 1; length <= lengths.tokensLength(); length++) {
            checkSpans(length);
        }
    }

    private void checkTargetLength() {
        Integer declared = config.targetLength();
        DataException.check(
                declared == null || declared >= lengths.targetsLength(),
                "targetLength is %d, but span corruption with inputLength %d, noiseDensity %s and meanNoiseSpanLength %s"
                        + " makes targets of %d tokens. Raise targetLength to that, or leave it out.",
                declared,
                config.inputLength(),
                config.noiseDensity(),
                config.meanNoiseSpanLength(),
                lengths.targetsLength());
    }

    private void checkSpans(int length) {
        SpanCounts counts = SpanCounts.of(length, config.noiseDensity(), config.meanNoiseSpanLength());
        DataException.check(
                counts.noiseSpans() <= counts.nonNoiseTokens(),
                "noiseDensity %s with meanNoiseSpanLength %s wants %d noise spans between %d kept tokens in a segment of"
                        + " %d. Raise meanNoiseSpanLength or lower noiseDensity.",
                config.noiseDensity(),
                config.meanNoiseSpanLength(),
                counts.noiseSpans(),
                counts.nonNoiseTokens(),
                length);
        DataException.check(
                counts.noiseSpans() <= tokenizer.sentinelCount(),
                "inputLength %d with noiseDensity %s and meanNoiseSpanLength %s makes %d noise spans, but the vocabulary"
                        + " has %d sentinels. Lower inputLength or noiseDensity, raise meanNoiseSpanLength, or use a"
                        + " vocabulary with more sentinels (T5's have 100).",
                config.inputLength(),
                config.noiseDensity(),
                config.meanNoiseSpanLength(),
                counts.noiseSpans(),
                tokenizer.sentinelCount());
    }

    @Override
    public int segmentLength() {
        return lengths.tokensLength();
    }

    @Override
    public int inputLength() {
        return config.inputLength();
    }

    @Override
    public int targetLength() {
        return config.targetLength() == null ? lengths.targetsLength() : config.targetLength();
    }

    @Override
    public boolean mergeExamples() {
        return config.mergeExamples();
    }

    @Override
    public TokenExample apply(int[] tokens, CounterRandom random) {
        boolean[] noise = noiseMask.mask(tokens.length, random);
        int[] inputs = Sentinels.noiseSpanToUniqueSentinel(tokens, noise, tokenizer);
        int[] targets = Sentinels.nonNoiseSpanToUniqueSentinel(tokens, noise, tokenizer);
        int eos = tokenizer.eosId();
        return new TokenExample(
                Tokens.appendEosAfterTrim(inputs, inputLength(), eos),
                Tokens.appendEosAfterTrim(targets, targetLength(), eos));
    }

    @Override
    public String settings() {
        return config.toString();
    }
}
