package org.t5j.tokenizer.bpe;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The pairs that compete for the next merge. {@code spm_train} lets the most frequent twentieth do so, chosen anew
 * after every hundred pieces, and those that came up since.
 */
final class ActiveBigrams {

    private static final int MIN_SIZE = 1000;
    private static final float SHARE = 0.05f;

    private final BigramTable symbols;
    private final SymbolText text;
    private final List<Bigram> uncounted = new ArrayList<>();
    private final PriorityQueue<Rank> ranking = new PriorityQueue<>();

    /** A pair with the frequency that it had; others may have replaced this since. */
    private record Rank(Bigram pair, long frequency) implements Comparable<Rank> {

        @Override
        public int compareTo(Rank other) {
            if (frequency != other.frequency) {
                return Long.compare(other.frequency, frequency);
            }
            return pair == other.pair ? 0 : pair.isBeforeAtEqualFrequency(other.pair) ? -1 : 1;
        }

        boolean holds() {
            return pair.active && !pair.outdated && pair.frequency == frequency;
        }
    }

    ActiveBigrams(BigramTable symbols, SymbolText text) {
        this.symbols = symbols;
        this.text = text;
    }

    /** Chooses anew among all pairs. */
    void update() {
        List<Bigram> pairs = symbols.pairs();
        for (Bigram pair : pairs) {
            pair.active = false;
            if (pair.outdated) {
                text.count(pair);
            }
        }
        ranking.clear();
        uncounted.clear();
        int size = Math.min(Math.max(MIN_SIZE, (int) (symbols.size() * SHARE)), pairs.size());
        for (Bigram pair : PartialSort.mostFrequent(pairs, size)) {
            activate(pair);
        }
    }

    /** Lets {@code pair} compete. */
    void activate(Bigram pair) {
        if (!pair.active) {
            pair.active = true;
            enter(pair);
        }
    }

    /** Tells that {@code pair} may be less frequent than it was. */
    void lessFrequent(Bigram pair) {
        if (!pair.outdated) {
            pair.outdated = true;
            if (pair.active) {
                enter(pair);
            }
        }
    }

    private void enter(Bigram pair) {
        if (pair.outdated) {
            uncounted.add(pair);
        } else {
            ranking.add(new Rank(pair, pair.frequency));
        }
    }

    /** The pair to merge next; null if there is none. */
    Bigram best() {
        for (Bigram pair : uncounted) {
            if (pair.active && pair.outdated) {
                text.count(pair);
                enter(pair);
            }
        }
        uncounted.clear();
        while (!ranking.isEmpty() && !ranking.peek().holds()) {
            ranking.remove();
        }
        return ranking.isEmpty() ? null : ranking.peek().pair;
    }
}
