package org.t5j.tokenizer.train;

import java.util.ArrayList;
import java.util.List;
import org.t5j.tokenizer.model.Piece;

/** Turns texts and how often they occur into pieces; the score is the logarithm of their share of the text. */
public final class FrequencyPieces {

    private final float logTotal;
    private final int limit;
    private final List<Piece> pieces = new ArrayList<>();

    /**
     * @param total occurrences of all texts
     * @param limit pieces to make at most
     */
    public FrequencyPieces(long total, int limit) {
        logTotal = SingleLogarithm.log((float) total);
        this.limit = limit;
    }

    /** Adds {@code text} unless there are enough pieces. One that does not occur is scored as if it did once. */
    public void add(String text, long count) {
        if (pieces.size() < limit) {
            float score = SingleLogarithm.log((float) Math.max(1, count)) - logTotal;
            pieces.add(new Piece(text, score, Piece.Type.NORMAL));
        }
    }

    public List<Piece> pieces() {
        return pieces;
    }
}
