package org.t5j.tokenizer.bpe;

/** Replaces pairs of symbols by one throughout the text, and keeps track of the pairs that come and go thereby. */
final class Merger {

    private final SymbolText text;
    private final ActiveBigrams active;

    Merger(SymbolText text, ActiveBigrams active) {
        this.text = text;
        this.active = active;
    }

    /** Finds the pairs of characters. */
    void findPairs() {
        for (int place = 1; place + 1 < text.size(); place++) {
            Bigram pair = text.pair(text.at(place), text.at(place + 1));
            if (pair != null) {
                pair.addPosition(place);
            }
        }
    }

    /** Merges {@code best}, which has been counted, wherever it is. */
    void merge(Bigram best) {
        for (int i = 0; i < best.positionCount; i++) {
            int left = best.positions[i];
            int right = text.next(left, best.left);
            int next = text.next(right, best.right);
            int previous = text.previous(left);
            outdate(text.pair(text.at(previous), best.left), best);
            outdate(text.pair(best.right, text.at(next)), best);
            text.merge(left, right, best);
            add(text.pair(text.at(previous), best), previous);
            add(text.pair(best, text.at(next)), left);
        }
    }

    private void outdate(Bigram pair, Bigram best) {
        if (pair != null && pair != best) {
            active.lessFrequent(pair);
        }
    }

    private void add(Bigram pair, int place) {
        if (pair != null) {
            pair.outdated |= pair.frequency == 0;
            pair.addPosition(place);
            active.activate(pair);
        }
    }
}
