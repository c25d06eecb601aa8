package org.t5j.data.dataset;

import java.util.Arrays;
import org.t5j.data.cache.DocumentStore;
import org.t5j.data.objective.Objective;
import org.t5j.data.random.CounterRandom;
import org.t5j.data.random.Purpose;

/**
 * Where the segments of one epoch lie in a corpus, so that any one can be read without the ones before it. Holds 8 bytes
 * for 128 documents.
 */
final class SegmentLayout {
    /** Tokens of a document that one epoch sees at most. */
    private static final int MAX_CHUNK = 65_536;

    /** Documents that are joined before they are cut. */
    private static final int GROUP = 128;

    private final DocumentStore documents;
    private final long seed;
    private final long epoch;
    private final long first;
    private final boolean joins;
    private final int segmentLength;
    /** What follows every chunk of a document: one end-of-sequence token, or none. */
    private final int[] end;
    /** Segments before each group of documents, and in all. */
    private final long[] segmentsBefore;

    /** @param eosId id of the end-of-sequence token */
    SegmentLayout(DocumentStore documents, Objective objective, int eosId, long seed, long epoch) {
        this.documents = documents;
        this.seed = seed;
        this.epoch = epoch;
        this.first = new CounterRandom(seed, Purpose.ROTATION, epoch, 0).nextLong(documents.size());
        this.joins = objective.mergeExamples();
        this.segmentLength = objective.segmentLength();
        this.end = objective.endsDocuments() ? new int[] {eosId} : new int[0];
        int groups = Math.toIntExact((documents.size() + GROUP - 1) / GROUP);
        segmentsBefore = new long[groups + 1];
        for (int group = 0; group < groups; group++) {
            segmentsBefore[group + 1] = segmentsBefore[group] + segments(group);
        }
    }

    private long segments(int group) {
        long from = (long) group * GROUP;
        long to = Math.min(from + GROUP, documents.size());
        if (joins) {
            return pieces(tokens(from, to));
        }
        long segments = 0;
        for (long rank = from; rank < to; rank++) {
            segments += pieces(length(document(rank)));
        }
        return segments;
    }

    private long pieces(long tokens) {
        return (tokens + segmentLength - 1) / segmentLength;
    }

    /** Number of tokens in the documents of some ranks; only where long ones may be among them are they looked at. */
    private long tokens(long fromRank, long toRank) {
        if (documents.longest() > MAX_CHUNK) {
            long tokens = 0;
            for (long rank = fromRank; rank < toRank; rank++) {
                tokens += length(document(rank));
            }
            return tokens;
        }
        long ends = (toRank - fromRank) * end.length;
        long from = document(fromRank);
        long to = from + toRank - fromRank;
        return to <= documents.size()
                ? documents.tokens(from, to) + ends
                : documents.tokens(from, documents.size()) + documents.tokens(0, to - documents.size()) + ends;
    }

    /** Number of segments. */
    long size() {
        return segmentsBefore[segmentsBefore.length - 1];
    }

    /** The tokens of a segment, at least 1. */
    int[] segment(long index) {
        int found = Arrays.binarySearch(segmentsBefore, index);
        int group = found >= 0 ? found : -found - 2;
        long rank = (long) group * GROUP;
        long skipped = index - segmentsBefore[group];
        while (!joins && skipped >= pieces(length(document(rank)))) {
            skipped -= pieces(length(document(rank++)));
        }
        long last = joins ? Math.min((group + 1L) * GROUP, documents.size()) : rank + 1;
        return tokens(rank, last, skipped * segmentLength);
    }

    /** At most a segment's length of the tokens of some documents, without the first {@code from}. */
    private int[] tokens(long rank, long last, long from) {
        int[] tokens = new int[segmentLength];
        int filled = 0;
        for (; rank < last && filled < tokens.length; rank++) {
            long document = document(rank);
            int length = length(document);
            if (from < length) {
                filled = copy(document, (int) from, tokens, filled);
            }
            from = Math.max(from - length, 0);
        }
        return filled == tokens.length ? tokens : Arrays.copyOf(tokens, filled);
    }

    /** Copies what fits of a document's chunk and its end; returns how far the target is filled. */
    private int copy(long document, int from, int[] target, int filled) {
        int text = length(document) - end.length;
        int count = Math.max(Math.min(text - from, target.length - filled), 0);
        documents.copyInto(document, chunkStart(document) + from, target, filled, count);
        filled += count;
        if (filled < target.length && end.length > 0) {
            target[filled++] = end[0];
        }
        return filled;
    }

    private long document(long rank) {
        long document = first + rank;
        return document < documents.size() ? document : document - documents.size();
    }

    /** {@code select_random_chunk}: one of the pieces that a long document falls into, each as likely. */
    private int chunkStart(long document) {
        int length = documents.length(document);
        if (length <= MAX_CHUNK) {
            return 0;
        }
        int pieces = (length + MAX_CHUNK - 1) / MAX_CHUNK;
        return MAX_CHUNK * new CounterRandom(seed, Purpose.CHUNK, epoch, document).nextInt(pieces);
    }

    /** Number of tokens of a document that the epoch sees, its end included. */
    private int length(long document) {
        int length = documents.length(document);
        return (length <= MAX_CHUNK ? length : Math.min(length - chunkStart(document), MAX_CHUNK)) + end.length;
    }
}
