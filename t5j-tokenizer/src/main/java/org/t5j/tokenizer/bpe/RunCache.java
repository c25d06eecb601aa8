package org.t5j.tokenizer.bpe;

import java.util.Arrays;
import org.t5j.tokenizer.Segmentation;

/**
 * Runs of text that were segmented before, with their pieces: a hash table of bounded size that is emptied when full.
 * Not for several threads at once.
 */
final class RunCache {

    /** Length in bytes of the longest run that is kept. */
    static final int MAX_RUN = 64;

    private static final int SLOTS = 1 << 15;
    private static final int MAX_ENTRIES = SLOTS / 2;
    private static final int HEADER = 4;

    /** Where the entry starts in {@link #entries}, plus 1; 0 for none. */
    private final int[] slots = new int[SLOTS];

    /** Hash, place of the text in {@link #texts}, its length, number of pieces; then id and end of each piece. */
    private int[] entries = new int[4096];

    private byte[] texts = new byte[4096];
    private int entriesLength;
    private int textsLength;
    private int count;

    /** Adds the pieces of the run {@code text[from, to)} to {@code out} if it is known. */
    boolean find(byte[] text, int from, int to, int hash, Segmentation out) {
        for (int slot = slot(hash); slots[slot] != 0; slot = slot + 1 & SLOTS - 1) {
            int entry = slots[slot] - 1;
            int start = entries[entry + 1];
            if (entries[entry] == hash && Arrays.equals(texts, start, start + entries[entry + 2], text, from, to)) {
                int end = entry + HEADER + 2 * entries[entry + 3];
                for (int at = entry + HEADER; at < end; at += 2) {
                    out.add(entries[at], from + entries[at + 1]);
                }
                return true;
            }
        }
        return false;
    }

    /** Keeps the run {@code text[from, to)}, whose pieces are those of {@code pieces} from {@code firstPiece} on. */
    void add(byte[] text, int from, int to, int hash, Segmentation pieces, int firstPiece) {
        if (count == MAX_ENTRIES) {
            Arrays.fill(slots, 0);
            count = 0;
            entriesLength = 0;
            textsLength = 0;
        }
        int slot = slot(hash);
        while (slots[slot] != 0) {
            slot = slot + 1 & SLOTS - 1;
        }
        slots[slot] = entriesLength + 1;
        count++;
        int pieceCount = pieces.size() - firstPiece;
        reserve(HEADER + 2 * pieceCount, to - from);
        entries[entriesLength++] = hash;
        entries[entriesLength++] = textsLength;
        entries[entriesLength++] = to - from;
        entries[entriesLength++] = pieceCount;
        for (int i = firstPiece; i < pieces.size(); i++) {
            entries[entriesLength++] = pieces.id(i);
            entries[entriesLength++] = pieces.end(i) - from;
        }
        System.arraycopy(text, from, texts, textsLength, to - from);
        textsLength += to - from;
    }

    private void reserve(int entry, int text) {
        if (entriesLength + entry > entries.length) {
            entries = Arrays.copyOf(entries, 2 * entries.length);
        }
        if (textsLength + text > texts.length) {
            texts = Arrays.copyOf(texts, 2 * texts.length);
        }
    }

    private static int slot(int hash) {
        return (hash ^ hash >>> 15) & SLOTS - 1;
    }
}
