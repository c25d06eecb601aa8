package org.t5j.data.metric;

import org.t5j.data.DataException;

/**
 * The choices of chrF that its signature tells.
 *
 * @param wordOrder longest n-grams of words, 0 for chrF, 2 for chrF++
 * @param whitespace whether white space counts as characters
 * @param lowercase whether case is ignored
 * @param epsilon whether orders longer than the texts count too, with a precision of nearly 0, as in chrF++.py and NLTK
 */
public record ChrFConfig(int wordOrder, boolean whitespace, boolean lowercase, boolean epsilon) {
    public ChrFConfig {
        DataException.check(wordOrder >= 0, "chrF's word order must be at least 0, found %d. chrF++ has 2.", wordOrder);
    }

    /** sacrebleu's defaults: no white space, case, orders as long as the texts. */
    public static ChrFConfig ofWords(int wordOrder) {
        return new ChrFConfig(wordOrder, false, false, false);
    }
}
