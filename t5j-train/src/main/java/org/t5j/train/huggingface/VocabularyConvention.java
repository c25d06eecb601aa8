package org.t5j.train.huggingface;

import org.t5j.tokenizer.ByteTokenizer;
import org.t5j.tokenizer.SentencePieceTokenizer;
import org.t5j.tokenizer.SentinelConvention;
import org.t5j.tokenizer.Tokenizer;

/** What makes ids of text, and where its sentinels are. */
public enum VocabularyConvention {
    /** SentencePiece with sentinels as {@link SentinelConvention#HF_LEGACY}: T5, T5 v1.1, Flan-T5. */
    HF_LEGACY(SentinelConvention.HF_LEGACY),
    /** SentencePiece with sentinels as {@link SentinelConvention#HF_EXACT}. */
    HF_EXACT(SentinelConvention.HF_EXACT),
    /** SentencePiece with sentinels as {@link SentinelConvention#SEQIO}: mT5, umT5. */
    SEQIO(SentinelConvention.SEQIO),
    /** Bytes, sentinels as {@link ByteTokenizer#huggingFace}: fine-tuned ByT5. */
    BYT5(null),
    /** Bytes, sentinels as {@link ByteTokenizer#original}: pre-training of ByT5. */
    BYT5_ORIGINAL(null);

    private final SentinelConvention sentinels;

    VocabularyConvention(SentinelConvention sentinels) {
        this.sentinels = sentinels;
    }

    /** True if the vocabulary is the 256 bytes and needs no file. */
    public boolean isBytes() {
        return sentinels == null;
    }

    /** The convention of a SentencePiece vocabulary; null for bytes. */
    public SentinelConvention sentinels() {
        return sentinels;
    }

    /** Number of sentinels where nothing is said: 100 for T5, 125 for ByT5. */
    public int usualExtraIds() {
        return isBytes() ? ByteTokenizer.EXTRA_IDS : SentencePieceTokenizer.T5_EXTRA_IDS;
    }

    /**
     * The byte vocabulary of this convention.
     *
     * @param extraIds number of sentinels, of no account for {@link #BYT5_ORIGINAL}
     */
    public Tokenizer bytes(int extraIds) {
        return this == BYT5 ? ByteTokenizer.huggingFace(extraIds) : ByteTokenizer.original();
    }

    static VocabularyConvention of(Tokenizer tokenizer) {
        if (tokenizer instanceof ByteTokenizer bytes) {
            return bytes.reusesBytes() ? BYT5_ORIGINAL : BYT5;
        }
        return switch (((SentencePieceTokenizer) tokenizer).convention()) {
            case NONE, HF_LEGACY -> HF_LEGACY;
            case HF_EXACT -> HF_EXACT;
            case SEQIO -> SEQIO;
        };
    }
}
