package org.t5j.data.batch;

import org.t5j.data.DataException;
import org.t5j.data.TokenExample;
import org.t5j.data.dataset.Dataset;
import org.t5j.data.random.CounterRandom;
import org.t5j.data.random.Purpose;

/** Draws the examples of a dataset, epoch after epoch, each epoch in a seeded order of its own. */
final class DatasetCursor {
    private final Dataset dataset;
    private final long seed;
    private long epochNumber;
    private int index;
    private Dataset.Epoch epoch;
    private int[] order;

    DatasetCursor(Dataset dataset, long seed) {
        this.dataset = dataset;
        this.seed = seed;
        begin(0);
    }

    private void begin(long number) {
        epochNumber = number;
        index = 0;
        epoch = dataset.epoch(seed, number);
        order = new CounterRandom(seed, Purpose.SHUFFLE, number, dataset.name().hashCode()).permutation(epoch.size());
    }

    /** Goes to a place that {@link #position()} gave. */
    void restore(DataPosition.Cursor position) {
        begin(position.epoch());
        DataException.check(
                position.index() >= 0 && position.index() <= epoch.size(),
                "A data position stands at example %d of '%s', which has %d. Were the files changed? "
                        + "Bring them back, or start without the position.",
                position.index(),
                dataset.name(),
                epoch.size());
        index = position.index();
    }

    /** Where the cursor stands. */
    DataPosition.Cursor position() {
        return new DataPosition.Cursor(dataset.name(), epochNumber, index);
    }

    /** Examples left in this epoch; a finished epoch has been left already. */
    int remaining() {
        if (index == epoch.size()) {
            begin(epochNumber + 1);
        }
        return epoch.size() - index;
    }

    /** The next example. */
    TokenExample next() {
        remaining();
        return epoch.example(order[index++]);
    }

    /** The example at a place in the order of an epoch; the cursor stays where it is. */
    TokenExample example(long number, long place) {
        DatasetCursor there = this;
        if (number != epochNumber) {
            there = new DatasetCursor(dataset, seed);
            there.begin(number);
        }
        DataException.check(
                place < there.epoch.size(),
                "A data position holds example %d of epoch %d of '%s', which has %d. Were the files changed? "
                        + "Bring them back, or start without the position.",
                place,
                number,
                dataset.name(),
                there.epoch.size());
        return there.epoch.example(there.order[(int) place]);
    }
}
