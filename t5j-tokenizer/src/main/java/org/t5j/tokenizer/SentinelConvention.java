package org.t5j.tokenizer;

/**
 * How T5's sentinels {@code <extra_id_i>} join a vocabulary and are found in text. The ids are the same in all
 * conventions, {@code <extra_id_0>} the highest; what text around a sentinel becomes is not.
 */
public enum SentinelConvention {
    /** There are none but those that the model holds as pieces: what SentencePiece itself does. */
    NONE,
    /**
     * Hugging Face's {@code T5Tokenizer} with {@code legacy=True}, which T5's files ask for: sentinels swallow the white
     * space around them, and every stretch of text between special tokens starts a word.
     */
    HF_LEGACY,
    /**
     * Hugging Face's {@code T5Tokenizer} with {@code legacy=False}: sentinels swallow the white space around them, and only
     * text after a space starts a word.
     */
    HF_EXACT,
    /**
     * seqio's and so mT5's: sentinels are user-defined pieces {@code ▁<extra_id_i>} of the model, found only at the start
     * of a word. C++ SentencePiece gives the same ids for the {@linkplain
     * org.t5j.tokenizer.model.ModelProto#withSentinels combined model}.
     */
    SEQIO;

    /** True if sentinels and the model's own special pieces are looked for before the text is segmented. */
    boolean splitsText() {
        return this == HF_LEGACY || this == HF_EXACT;
    }
}
