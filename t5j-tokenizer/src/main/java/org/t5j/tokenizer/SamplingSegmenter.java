package org.t5j.tokenizer;

import java.util.random.RandomGenerator;
import org.t5j.tokenizer.bytes.Bytes;

/** A segmenter that can draw a segmentation by chance, for subword regularisation. Thread-safe. */
public interface SamplingSegmenter extends Segmenter {

    /**
     * Draws a segmentation of {@code text}.
     *
     * @param text normalised UTF-8
     * @param alpha strength of the smoothing: for unigram models the inverse temperature (0 for all segmentations alike),
     *     for BPE the probability that a merge is dropped
     * @param random where the chance comes from; used by this thread only during the call
     * @param out receives the pieces in place of what it held
     */
    void sample(Bytes text, float alpha, RandomGenerator random, Segmentation out);
}
