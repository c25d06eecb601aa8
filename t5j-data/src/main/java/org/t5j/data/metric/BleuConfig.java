package org.t5j.data.metric;

/**
 * The choices of BLEU that its signature tells.
 *
 * @param tokenizer splits words off punctuation
 * @param smoothing for orders without a match
 * @param lowercase whether case is ignored
 * @param effectiveOrder whether orders longer than all predictions are left out, for single sentences
 */
public record BleuConfig(BleuTokenizer tokenizer, BleuSmoothing smoothing, boolean lowercase, boolean effectiveOrder) {

    /** sacrebleu's defaults with a tokenizer: exponential smoothing, case, all four orders. */
    public static BleuConfig of(BleuTokenizer tokenizer) {
        return new BleuConfig(tokenizer, BleuSmoothing.EXP, false, false);
    }

    /** A copy with another smoothing. */
    public BleuConfig withSmoothing(BleuSmoothing newSmoothing) {
        return new BleuConfig(tokenizer, newSmoothing, lowercase, effectiveOrder);
    }

    /** A copy that ignores case. */
    public BleuConfig withLowercase() {
        return new BleuConfig(tokenizer, smoothing, true, effectiveOrder);
    }

    /** A copy that leaves out orders longer than all predictions. */
    public BleuConfig withEffectiveOrder() {
        return new BleuConfig(tokenizer, smoothing, lowercase, true);
    }
}
