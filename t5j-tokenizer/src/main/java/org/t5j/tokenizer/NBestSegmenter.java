package org.t5j.tokenizer;

import java.util.List;
import org.t5j.tokenizer.bytes.Bytes;

/** A segmenter that finds more than the best segmentation: that of unigram models. Thread-safe. */
public interface NBestSegmenter extends Segmenter {

    /** The most segmentations that are searched for. */
    int MAX_SIZE = 1024;

    /**
     * The best segmentations of {@code text}, best first; equal ones in the order of SentencePiece.
     *
     * @param text normalised UTF-8; an empty one has one empty segmentation
     * @param size how many; taken as 1 below 1 and as {@link #MAX_SIZE} above it. There may be fewer
     */
    List<Scored> nBest(Bytes text, int size);

    /** A segmentation of its own buffer with its score, the sum of log-probabilities; 0 if only the best is asked for. */
    record Scored(Segmentation pieces, float score) {}
}
