package org.t5j.tokenizer;

import org.t5j.tokenizer.bytes.Bytes;

/** Cuts normalised text into pieces of the vocabulary; one implementation for each type of model. Thread-safe. */
public interface Segmenter {

    /**
     * Segments {@code text}.
     *
     * @param text normalised UTF-8
     * @param out receives the pieces in place of what it held; they cover the text without gaps. A character that the
     *     vocabulary lacks is one piece with the unknown id
     */
    void segment(Bytes text, Segmentation out);
}
