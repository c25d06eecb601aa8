package org.t5j.data.objective;

import java.util.Objects;
import org.t5j.data.DataException;
import org.t5j.data.noise.RandomSpansNoiseMask;
import org.t5j.data.noise.Sentinels;
import org.t5j.data.noise.SpanCounts;
import org.t5j.data.noise.SpanLengths;
import org.t5j.tokenizer.Tokenizer;

/**
 * T5's final objective (Raffel et al. 2020, section 3.3.4; {@code span_corruption} in {@code
 * t5/data/preprocessors.py}): random spans are replaced by sentinels in the inputs; the targets are the spans, each
 * after its sentinel. As in the code, and unlike the paper's figure, no sentinel follows the last span.
 *
 * <p>Segments are as long as fits ({@link SpanLengths}), so full ones need no padding at all. The targets get the length of
 * the reference's helper, or one or two tokens more where the reference would cut them: it computes lengths in double
 * precision, but masks in single (inputs of 172 tokens, for one).
 */
public final class SpanCorruption {
    /** Name in {@link Objectives}. */
    public static final String NAME = "span_corruption";

    private final ObjectiveConfig config;
    private final double density;
    private final double meanSpan;
    private final boolean roll;

    private SpanCorruption(ObjectiveConfig config) {
        config.requireOnly("noiseDensity", "meanNoiseSpanLength", "randomRoll", "sentinelOverflow", "alignSentinels");
        this.config = config;
        this.density = Objects.requireNonNullElse(config.noiseDensity(), 0.15);
        this.meanSpan = Objects.requireNonNullElse(config.meanNoiseSpanLength(), 3.0);
        this.roll = Objects.requireNonNullElse(config.randomRoll(), false);
    }

    /**
     * @throws DataException if the targets do not fit, or some segment would need more spans than it has tokens or the
     *     vocabulary has sentinels
     */
    static Objective create(ObjectiveConfig config, Tokenizer tokenizer) {
        SpanCorruption spans = new SpanCorruption(config);
        RandomSpansNoiseMask mask = new RandomSpansNoiseMask(spans.density, spans.meanSpan, spans.roll);
        Sentinels sentinels = config.sentinels(tokenizer);
        SegmentShape shape = spans.shape();
        spans.checkSpans(shape.segmentLength(), sentinels);
        return SentinelTargets.denoising(config, shape, mask, sentinels, tokenizer.eosId());
    }

    private SegmentShape shape() {
        DataException.check(
                !roll || config.inputLength() > 2,
                "inputLength is %d, but with randomRoll it must be at least 3.",
                config.inputLength());
        SpanLengths lengths = SpanLengths.of(config.inputLength() - split(), density, meanSpan);
        int segment = lengths.tokensLength();
        while (inputs(segment) > config.inputLength()) {
            segment--;
        }
        int needed = lengths.targetsLength() + split();
        for (int length = 1; length <= segment; length++) {
            needed = Math.max(needed, targets(length));
        }
        return new SegmentShape(
                segment,
                config.inputLength(),
                config.targetLengthFor(needed),
                Objects.requireNonNullElse(config.mergeExamples(), true));
    }

    /** Sentinels that a rolled mask may cost besides one for each span, as it may cut one in two. */
    private int split() {
        return roll ? 1 : 0;
    }

    /** Length of the inputs of a segment at most. */
    private int inputs(int length) {
        SpanCounts counts = SpanCounts.of(length, density, meanSpan);
        return isNoisy(length) ? counts.nonNoiseTokens() + counts.noiseSpans() + split() + 1 : length + 1;
    }

    /** Length of the targets of a segment at most. */
    private int targets(int length) {
        SpanCounts counts = SpanCounts.of(length, density, meanSpan);
        return isNoisy(length) ? counts.noiseTokens() + counts.noiseSpans() + split() + 1 : 2;
    }

    private boolean isNoisy(int length) {
        return density > 0 && length > 1;
    }

    private void checkSpans(int longest, Sentinels sentinels) {
        for (int length = 2; isNoisy(length) && length <= longest; length++) {
            SpanCounts counts = SpanCounts.of(length, density, meanSpan);
            DataException.check(
                    counts.noiseSpans() <= Math.min(counts.nonNoiseTokens(), counts.noiseTokens()),
                    "noiseDensity %s with meanNoiseSpanLength %s wants %d noise spans between %d kept tokens in a"
                            + " segment of %d. Raise meanNoiseSpanLength or lower noiseDensity.",
                    density,
                    meanSpan,
                    counts.noiseSpans(),
                    counts.nonNoiseTokens(),
                    length);
        }
        int spans = isNoisy(longest) ? SpanCounts.of(longest, density, meanSpan).noiseSpans() : 1;
        SentinelTargets.checkRuns(config, spans + split(), sentinels);
    }
}
