package org.t5j.tokenizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The pieces of a text with the places in it that they stand for: piece {@code i} stands for {@code
 * text.substring(start(i), end(i))}. Immutable.
 *
 * <p>Places ascend and do not overlap. Text that the normalizer drops (repeated spaces, control characters) is either in
 * the piece before it or in none. Of several pieces for one character (its bytes, or a ligature taken apart) only the
 * last has a place with a length. Places are at characters, so a surrogate pair is never cut.
 */
public final class Encoding {

    private final int[] ids;
    private final List<String> pieces;
    private final int[] starts;
    private final int[] ends;

    private Encoding(Builder built) {
        ids = Arrays.copyOf(built.ids, built.size());
        pieces = List.copyOf(built.pieces);
        starts = Arrays.copyOf(built.starts, built.size());
        ends = Arrays.copyOf(built.ends, built.size());
    }

    /** Number of pieces. */
    public int size() {
        return ids.length;
    }

    /** The ids; a copy. */
    public int[] ids() {
        return ids.clone();
    }

    /** The id of piece {@code index}. */
    public int id(int index) {
        return ids[index];
    }

    /** The pieces as in the vocabulary, an unknown one as the normalised text that it stands for. */
    public List<String> pieces() {
        return pieces;
    }

    /** The first {@code char} of the text that piece {@code index} stands for. */
    public int start(int index) {
        return starts[index];
    }

    /** The {@code char} after the last that piece {@code index} stands for. */
    public int end(int index) {
        return ends[index];
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < ids.length; i++) {
            text.append(i == 0 ? "" : " ").append(pieces.get(i));
            text.append('[').append(starts[i]).append(',').append(ends[i]).append(')');
        }
        return text.toString();
    }

    /** Collects pieces in the order of the text. */
    static final class Builder {

        private int[] ids = new int[64];
        private int[] starts = new int[64];
        private int[] ends = new int[64];
        private final List<String> pieces = new ArrayList<>();

        int size() {
            return pieces.size();
        }

        int firstId() {
            return ids[0];
        }

        void clear() {
            pieces.clear();
        }

        void add(int id, String piece, int start, int end) {
            int size = pieces.size();
            if (size == ids.length) {
                ids = Arrays.copyOf(ids, 2 * size);
                starts = Arrays.copyOf(starts, 2 * size);
                ends = Arrays.copyOf(ends, 2 * size);
            }
            ids[size] = id;
            starts[size] = start;
            ends[size] = end;
            pieces.add(piece);
        }

        Encoding build() {
            return new Encoding(this);
        }
    }
}
