package org.t5j.core.layer;

import java.util.Arrays;
import org.t5j.core.kernel.KeyRows;
import org.t5j.core.kernel.Sequences;

/**
 * Where the tokens of each hypothesis of a search stand in the caches of a decoder. First come the prompts, end to end,
 * each read by all hypotheses of its input. Every token written later is a row too, {@code prompts + token * hypotheses +
 * hypothesis}, and stays where it is: hypotheses with a common past share its rows, and when a search drops some and
 * continues others several times, only row numbers move.
 */
final class HypothesisRows {
    private final int hypotheses;
    private final int promptRows;
    private final int capacity;
    private final int[] lengths;
    private KeyRows rows;
    private KeyRows spare;
    private int written;

    /**
     * @param prompts of each input; null where there are none
     * @param capacity tokens that a hypothesis can have after its prompt
     */
    HypothesisRows(int hypotheses, Sequences prompts, int capacity) {
        this.hypotheses = hypotheses;
        this.promptRows = prompts == null ? 0 : prompts.rows();
        this.capacity = capacity;
        this.lengths = new int[hypotheses];
        int room = (prompts == null ? 0 : prompts.maxLength()) + capacity;
        int[] starts = new int[hypotheses];
        Arrays.setAll(starts, i -> i * room);
        this.rows = new KeyRows(starts, lengths, new int[Math.multiplyExact(hypotheses, room)]);
        this.spare = new KeyRows(starts, lengths, new int[hypotheses * room]);
        if (prompts != null) {
            readPrompts(prompts);
        }
    }

    private void readPrompts(Sequences prompts) {
        int beams = hypotheses / prompts.count();
        for (int i = 0; i < hypotheses; i++) {
            lengths[i] = prompts.length(i / beams);
            for (int j = 0; j < lengths[i]; j++) {
                rows.rows()[rows.starts()[i] + j] = prompts.start(i / beams) + j;
            }
        }
    }

    /** Rows that a cache needs. */
    int cacheRows() {
        return Math.addExact(promptRows, Math.multiplyExact(hypotheses, capacity));
    }

    /** The rows of every hypothesis's tokens, for attention. */
    KeyRows rows() {
        return rows;
    }

    /** Adds a token to every hypothesis; returns the first of the rows that it is to be written to. */
    int append() {
        if (written == capacity) {
            throw new IllegalStateException("The cache holds " + capacity + " tokens and is full");
        }
        int first = promptRows + written * hypotheses;
        for (int i = 0; i < hypotheses; i++) {
            rows.rows()[rows.starts()[i] + lengths[i]] = first + i;
            lengths[i]++;
        }
        written++;
        return first;
    }

    /** Hypothesis {@code i} becomes a continuation of hypothesis {@code parents[i]}, which has the same prompt. */
    void reorder(int[] parents) {
        for (int i = 0; i < hypotheses; i++) {
            System.arraycopy(
                    rows.rows(), rows.starts()[parents[i]], spare.rows(), spare.starts()[i], lengths[parents[i]]);
        }
        KeyRows old = rows;
        rows = spare;
        spare = old;
    }
}
