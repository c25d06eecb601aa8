package org.t5j.tokenizer.train;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Draws items of a stream uniformly, the same ones as {@code random::ReservoirSampler} with the same seed. */
final class ReservoirSampler<T> {

    private final List<T> drawn = new ArrayList<>();
    private final int size;
    private final MersenneTwister random;
    private long total;

    ReservoirSampler(int size, long seed) {
        this.size = size;
        random = new MersenneTwister(seed);
    }

    /** Offers the next item, which is made only if it is drawn. */
    void add(Supplier<T> item) {
        if (size == 0) {
            return;
        }
        total++;
        if (drawn.size() < size) {
            drawn.add(item.get());
        } else {
            long place = random.nextBelow(total);
            if (place < size) {
                drawn.set((int) place, item.get());
            }
        }
    }

    /** What is drawn so far, at most as many as asked for. */
    List<T> drawn() {
        return drawn;
    }
}
