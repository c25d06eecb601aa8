package org.t5j.data.metric;

import org.t5j.data.DataException;

/**
 * The choices of chrF. Its signature tells all but beta, which sacrebleu writes into the name: chrF2.
 *
 * @param wordOrder longest n-grams of words, 0 for chrF, 2 for chrF++
 * @param beta how many times as much recall weighs as precision, at least 1; chrF2's is 2
 * @param whitespace whether white space counts as characters
 * @param lowercase whether case is ignored
 * @param epsilon whether orders longer than the texts count too, with a precision of nearly 0, as in chrF++.py and NLTK
 */
public record ChrFConfig(int wordOrder, int beta, boolean whitespace, boolean lowercase, boolean epsilon) {
    public ChrFConfig {
        DataException.check(wordOrder >= 0, "chrF's word order must be at least 0, found %d. chrF++ has 2.", wordOrder);
        DataException.check(beta >= 1, "chrF's beta must be at least 1, found %d. sacrebleu takes 2.", beta);
    }

    /** sacrebleu's defaults: beta 2, no white space, case, orders as long as the texts. */
    public static ChrFConfig ofWords(int wordOrder) {
        return new ChrFConfig(wordOrder, 2, false, false, false);
    }
}
