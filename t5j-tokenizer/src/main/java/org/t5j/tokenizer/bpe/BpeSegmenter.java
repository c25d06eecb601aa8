package org.t5j.tokenizer.bpe;

import java.util.random.RandomGenerator;
import org.t5j.tokenizer.SamplingSegmenter;
import org.t5j.tokenizer.Segmentation;
import org.t5j.tokenizer.bytes.Bytes;
import org.t5j.tokenizer.bytes.Utf8;
import org.t5j.tokenizer.model.Vocabulary;

/**
 * Byte pair encoding, equal to SentencePiece's {@code bpe::Model}: of all neighbours whose joined text is a piece, those
 * with the highest score are merged first, of equal ones the leftmost, until nothing is left to merge. User-defined
 * symbols are found beforehand and never merged. Unused pieces are merged, but taken apart again in the end.
 *
 * <p>The text is segmented run by run ({@link CharacterPairs}), and short runs are remembered, which changes no result.
 * Only with unused pieces the text stays whole: they are taken apart the way that the last pair in the whole text shows.
 *
 * <p>Sampling is BPE-dropout (Provilkov et al. 2020) as SentencePiece does it: each merge whose turn has come is left out
 * with probability {@code alpha}; at 0 or below the result is that of {@link #segment}, at 1 and above all characters.
 */
public final class BpeSegmenter implements SamplingSegmenter {

    private static final int MAX_KEPT_SYMBOLS = 1 << 18;
    private static final long END_MASK = (1L << 32) - 1;

    private final MergeTable table;
    private final CharacterPairs pairs;
    private final ThreadLocal<Scratch> scratch = ThreadLocal.withInitial(Scratch::new);

    private final class Scratch {
        final Merging merging = new Merging(table);
        final RunCache known = new RunCache();
    }

    public BpeSegmenter(Vocabulary vocabulary) {
        table = new MergeTable(vocabulary);
        pairs = CharacterPairs.of(vocabulary);
    }

    @Override
    public void segment(Bytes text, Segmentation out) {
        sample(text, 0, null, out);
    }

    @Override
    public void sample(Bytes text, float alpha, RandomGenerator random, Segmentation out) {
        byte[] bytes = text.array();
        int length = text.length();
        Scratch buffers = scratch.get();
        out.clear();
        for (int at = 0; at < length; ) {
            long run = table.hasUnused ? length : run(bytes, at, length);
            int end = (int) (run & END_MASK);
            int hash = (int) (run >>> 32);
            boolean remembered = alpha <= 0 && !table.hasUnused && end - at <= RunCache.MAX_RUN;
            if (!remembered) {
                buffers.merging.segment(bytes, at, end, alpha, random, out);
            } else if (!buffers.known.find(bytes, at, end, hash, out)) {
                int firstPiece = out.size();
                buffers.merging.segment(bytes, at, end, 0, null, out);
                buffers.known.add(bytes, at, end, hash, out, firstPiece);
            }
            at = end;
        }
        if (buffers.merging.capacity() > MAX_KEPT_SYMBOLS) {
            scratch.remove();
        }
    }

    /** The end of the run that starts at {@code from}, below a hash of its characters. */
    private long run(byte[] text, int from, int length) {
        int at = from;
        int hash = 0;
        int left = 0;
        while (at < length) {
            int end = Math.min(at + Utf8.length(text[at]), length);
            int character = CharacterPairs.character(text, at, end - at);
            if (at > from && !pairs.mayJoin(left, character)) {
                break;
            }
            hash = (hash + character) * 0x2C1B3C6D;
            left = character;
            at = end;
        }
        return (long) hash << 32 | at;
    }
}
