package org.t5j.tokenizer;

import java.util.random.RandomGenerator;
import org.t5j.tokenizer.bytes.Bytes;

/**
 * A segmenter that can also draw a segmentation at random, for training on more than one segmentation of a text.
 * Thread-safe, if {@code random} is.
 */
public interface SamplingSegmenter extends Segmenter {

    /**
     * Draws a segmentation of {@code text}.
     *
     * @param text normalised UTF-8
     * @param alpha how far to stray from {@link #segment}: for unigram models the inverse temperature of the
     *     distribution over all segmentations, for BPE the probability with which each merge is left out
     * @param random where chance comes from
     * @param out receives the pieces in place of what it held; they cover the text without gaps
     */
    void sample(Bytes text, float alpha, RandomGenerator random, Segmentation out);
}
