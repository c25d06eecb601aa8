package org.t5j.core.decode;

/**
 * When a beam search gives up on an input for which {@code numBeams} hypotheses have ended; Hugging Face's {@code
 * early_stopping}.
 */
public enum EarlyStopping {
    /** Once the best open hypothesis, scored as if it ended at the current length, is no better than the worst ended. */
    FALSE,
    /** At once. */
    TRUE,
    /**
     * Once no open hypothesis can get better than the worst ended: scored as if it ended at {@code maxLength} where
     * length is rewarded. The rule of Mesh TensorFlow and T5X.
     */
    NEVER
}
