package org.t5j.data.dataset;

import java.util.Arrays;
import org.t5j.data.random.CounterRandom;
import org.t5j.data.random.Purpose;

/** Where the segments of one epoch lie in a corpus, so that any one can be read without the ones before it. */
final class SegmentLayout {
    /** Tokens of a document that one epoch sees at most. */
    private static final int MAX_CHUNK = 65_536;

    private final TokenStore documents;
    private final long seed;
    private final long epoch;
    private final int first;
    private final int group;
    private final int segmentLength;
    /** Segments before each group of documents, and in all. */
    private final int[] segmentsBefore;

    /**
     * @param first document that the epoch begins with; after the last comes document 0
     * @param group number of documents that are joined before they are cut
     * @param segmentLength tokens in a segment at most
     */
    SegmentLayout(TokenStore documents, long seed, long epoch, int first, int group, int segmentLength) {
        this.documents = documents;
        this.seed = seed;
        this.epoch = epoch;
        this.first = first;
        this.group = group;
        this.segmentLength = segmentLength;
        int groups = (documents.size() + group - 1) / group;
        segmentsBefore = new int[groups + 1];
        for (int g = 0; g < groups; g++) {
            segmentsBefore[g + 1] = segmentsBefore[g] + (tokens(g) + segmentLength - 1) / segmentLength;
        }
    }

    /** Number of segments. */
    int size() {
        return segmentsBefore[segmentsBefore.length - 1];
    }

    /** The tokens of a segment, at least 1. */
    int[] segment(int index) {
        int found = Arrays.binarySearch(segmentsBefore, index);
        int g = found >= 0 ? found : -found - 2;
        int from = (index - segmentsBefore[g]) * segmentLength;
        int[] tokens = new int[Math.min(segmentLength, tokens(g) - from)];
        int filled = 0;
        for (int rank = g * group; filled < tokens.length; rank++) {
            int document = document(rank);
            int length = chunkLength(document);
            int count = Math.min(length - from, tokens.length - filled);
            if (count > 0) {
                documents.copyInto(document, chunkStart(document) + from, tokens, filled, count);
                filled += count;
            }
            from = Math.max(from - length, 0);
        }
        return tokens;
    }

    private int document(int rank) {
        return (int) (((long) first + rank) % documents.size());
    }

    private int tokens(int g) {
        int tokens = 0;
        for (int rank = g * group; rank < Math.min((g + 1) * group, documents.size()); rank++) {
            tokens += chunkLength(document(rank));
        }
        return tokens;
    }

    /** {@code select_random_chunk}: one of the pieces that a long document falls into, each as likely. */
    private int chunkStart(int document) {
        int length = documents.length(document);
        if (length <= MAX_CHUNK) {
            return 0;
        }
        int pieces = (length + MAX_CHUNK - 1) / MAX_CHUNK;
        return MAX_CHUNK * new CounterRandom(seed, Purpose.CHUNK, epoch, document).nextInt(pieces);
    }

    private int chunkLength(int document) {
        return Math.min(documents.length(document) - chunkStart(document), MAX_CHUNK);
    }
}
