package org.t5j.data.objective;

import java.util.Objects;
import org.t5j.data.DataException;
import org.t5j.data.TokenExample;
import org.t5j.data.preprocess.Tokens;
import org.t5j.data.random.CounterRandom;
import org.t5j.tokenizer.Tokenizer;

/**
 * Language modelling: the targets are a segment, the inputs nothing but an end-of-sequence token (an encoder needs
 * something to read). Segments are cut to the length of the targets, which is {@code targetLength}, or else {@code
 * inputLength}: 512 in the study. Nothing is random.
 */
public final class LanguageModel extends ShapedObjective {
    /** Every segment gets an end-of-sequence token (preset {@code lm}). */
    public static final String NAME = "lm";

    /** Only documents get one, before they are joined ({@code full_lm}). */
    public static final String FULL = "full_lm";

    private final String settings;
    private final boolean full;
    private final int eosId;

    private LanguageModel(ObjectiveConfig config, boolean full, int eosId) {
        super(shape(config, full));
        this.settings = config.toString();
        this.full = full;
        this.eosId = eosId;
    }

    private static SegmentShape shape(ObjectiveConfig config, boolean full) {
        config.requireOnly();
        int targetLength = Objects.requireNonNullElse(config.targetLength(), config.inputLength());
        boolean merge = Objects.requireNonNullElse(config.mergeExamples(), true);
        int segment = full ? targetLength : targetLength - 1;
        DataException.check(
                segment >= 1, "targetLength is %d, but must hold a token and the end of sequence.", targetLength);
        return new SegmentShape(segment, 1, targetLength, merge);
    }

    static Objective create(ObjectiveConfig config, Tokenizer tokenizer) {
        return new LanguageModel(config, false, tokenizer.eosId());
    }

    static Objective createFull(ObjectiveConfig config, Tokenizer tokenizer) {
        return new LanguageModel(config, true, tokenizer.eosId());
    }

    @Override
    public boolean endsDocuments() {
        return full;
    }

    @Override
    public TokenExample apply(int[] tokens, CounterRandom random) {
        return new TokenExample(new int[] {eosId}, full ? tokens.clone() : Tokens.appendEos(tokens, eosId));
    }

    @Override
    public String settings() {
        return settings + " " + shape;
    }
}
