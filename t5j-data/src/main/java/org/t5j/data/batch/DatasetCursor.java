package org.t5j.data.batch;

import org.t5j.data.DataException;
import org.t5j.data.TokenExample;
import org.t5j.data.dataset.Dataset;
import org.t5j.data.random.CounterRandom;
import org.t5j.data.random.Purpose;
import org.t5j.data.random.ShuffledOrder;

/** Draws the examples of a dataset, epoch after epoch, each epoch in a seeded order of its own. */
final class DatasetCursor {
    private final Dataset dataset;
    private final long seed;
    private final int shuffleWindow;
    private Pass current;
    private Pass other;
    private long index;
    private long drawn;

    /** @param shuffleWindow examples that are shuffled among each other */
    DatasetCursor(Dataset dataset, long seed, int shuffleWindow) {
        this.dataset = dataset;
        this.seed = seed;
        this.shuffleWindow = shuffleWindow;
        this.current = pass(0);
        this.other = current;
    }

    /** An epoch in its order. */
    private record Pass(long number, Dataset.Epoch epoch, ShuffledOrder order) {
        TokenExample example(long index) {
            return epoch.example(order.index(index));
        }
    }

    private Pass pass(long number) {
        Dataset.Epoch epoch = dataset.epoch(seed, number);
        CounterRandom random =
                new CounterRandom(seed, Purpose.SHUFFLE, number, dataset.name().hashCode());
        return new Pass(number, epoch, new ShuffledOrder(random, epoch.size(), shuffleWindow));
    }

    private void begin(long number) {
        if (current.number() != number) {
            other = current;
            current = pass(number);
        }
        index = 0;
    }

    /** Goes to a place that {@link #position()} gave. */
    void restore(DataPosition.Cursor position) {
        begin(position.epoch());
        long size = current.epoch().size();
        DataException.check(
                position.index() >= 0 && position.index() <= size,
                "A data position stands at example %d of '%s', which has %d. Were the files changed? "
                        + "Bring them back, or start without the position.",
                position.index(),
                dataset.name(),
                size);
        index = position.index();
        drawn = position.drawn();
    }

    /** Where the cursor stands. */
    DataPosition.Cursor position() {
        return new DataPosition.Cursor(dataset.name(), current.number(), index, drawn);
    }

    /** Examples left in this epoch, at least 1; a finished epoch has been left already. */
    long remaining() {
        if (index == current.epoch().size()) {
            begin(current.number() + 1);
        }
        return current.epoch().size() - index;
    }

    /** The next example. */
    TokenExample next() {
        remaining();
        if (drawn >= 0) {
            drawn++;
        }
        return current.example(index++);
    }

    /**
     * The example that {@link #next()} gives at a place, wherever the cursor stands.
     *
     * @param epoch 0, 1, …; the current one and one other are at hand
     * @param place examples of the epoch that are drawn before it
     */
    TokenExample example(long epoch, long place) {
        if (epoch != current.number() && epoch != other.number()) {
            other = pass(epoch);
        }
        Pass pass = epoch == current.number() ? current : other;
        DataException.check(
                place >= 0 && place < pass.epoch().size(),
                "A data position holds example %d of epoch %d of '%s', which has %d. Were the files changed? "
                        + "Bring them back, or start without the position.",
                place,
                epoch,
                dataset.name(),
                pass.epoch().size());
        return pass.example(place);
    }
}
