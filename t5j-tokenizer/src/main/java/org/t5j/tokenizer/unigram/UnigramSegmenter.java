package org.t5j.tokenizer.unigram;

import java.util.List;
import java.util.random.RandomGenerator;
import org.t5j.tokenizer.NBestSegmenter;
import org.t5j.tokenizer.SamplingSegmenter;
import org.t5j.tokenizer.Segmentation;
import org.t5j.tokenizer.bytes.Bytes;
import org.t5j.tokenizer.bytes.Utf8;
import org.t5j.tokenizer.model.Vocabulary;

/**
 * Segmentations by the sum of their scores: the best one, the n best, or one drawn by chance.
 *
 * <p>The best one is that of {@link Viterbi} over the whole text. Where no piece reaches across the start of a word, the
 * paths of words met before are taken from a {@link WordCache}, if rounding cannot have changed them.
 */
public final class UnigramSegmenter implements NBestSegmenter, SamplingSegmenter {

    private static final int MAX_KEPT_LENGTH = 1 << 20;
    private static final byte SPACE_LEAD = (byte) 0xE2; // of ▁, E2 96 81

    private final ScoredPieces pieces;
    private final ThreadLocal<Buffers> buffers;

    private static final class Buffers {
        final Viterbi viterbi;
        final WordSearch wordSearch;

        /** Null where pieces reach from word to word: it is large. */
        final WordCache words;

        final EncodingLattice lattice;
        final PathSampler sampler;

        Buffers(ScoredPieces pieces) {
            viterbi = new Viterbi(pieces);
            wordSearch = new WordSearch(pieces, WordCache.MAX_BYTES);
            words = pieces.withinWords() ? new WordCache() : null;
            lattice = new EncodingLattice(pieces);
            sampler = new PathSampler(lattice);
        }
    }

    public UnigramSegmenter(Vocabulary vocabulary) {
        pieces = new ScoredPieces(vocabulary);
        buffers = ThreadLocal.withInitial(() -> new Buffers(pieces));
    }

    @Override
    public void segment(Bytes text, Segmentation out) {
        out.clear();
        Buffers used = buffers.get();
        if (pieces.withinWords()) {
            segmentWords(text.array(), text.length(), used, out);
        } else {
            used.viterbi.extend(text.array(), 0, text.length(), 0, out);
        }
        letGoAfter(text);
    }

    private void segmentWords(byte[] text, int length, Buffers used, Segmentation out) {
        WordCache words = used.words;
        float score = 0;
        for (int from = 0, to; from < length; from = to) {
            to = wordEnd(text, from, length);
            int place = to - from > WordCache.MAX_BYTES ? -1 : placeOf(text, from, to, used);
            score = place >= 0 && words.holdsAfter(score, place)
                    ? words.append(place, from, score, out)
                    : used.viterbi.extend(text, from, to, score, out);
        }
    }

    /** The place of a word in the cache, into which it is put if need be. */
    private int placeOf(byte[] text, int from, int to, Buffers used) {
        int place = used.words.find(text, from, to);
        if (place >= 0) {
            return place;
        }
        used.wordSearch.search(text, from, to);
        return used.words.put(used.wordSearch, pieces);
    }

    /** The start of the first ▁ after {@code from}, character by character. */
    private static int wordEnd(byte[] text, int from, int length) {
        int at = from + Utf8.length(text[from]);
        while (at < length) {
            byte lead = text[at];
            if (lead >= 0) {
                at++;
            } else if (lead == SPACE_LEAD && startsWord(text, at, length)) {
                return at;
            } else {
                at += Utf8.length(lead);
            }
        }
        return length;
    }

    private static boolean startsWord(byte[] text, int at, int length) {
        return at + 2 < length && text[at + 1] == (byte) 0x96 && text[at + 2] == (byte) 0x81;
    }

    @Override
    public List<Scored> nBest(Bytes text, int size) {
        if (text.length() == 0 || size <= 1) {
            Segmentation best = new Segmentation();
            segment(text, best);
            return List.of(new Scored(best, 0));
        }
        EncodingLattice lattice = buffers.get().lattice;
        lattice.fill(text);
        List<Scored> found = new NBestSearch(lattice).find(Math.min(size, MAX_SIZE));
        letGoAfter(text);
        return found;
    }

    @Override
    public void sample(Bytes text, float alpha, RandomGenerator random, Segmentation out) {
        Buffers used = buffers.get();
        used.lattice.fill(text);
        used.sampler.sample(alpha, random, out);
        letGoAfter(text);
    }

    /** Does not keep the buffers that a very long text has made. */
    private void letGoAfter(Bytes text) {
        if (text.length() > MAX_KEPT_LENGTH) {
            buffers.remove();
        }
    }
}
