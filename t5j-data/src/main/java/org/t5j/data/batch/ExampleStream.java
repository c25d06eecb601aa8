package org.t5j.data.batch;

import java.util.ArrayList;
import java.util.List;
import org.t5j.data.TokenExample;
import org.t5j.data.dataset.TrainingData;
import org.t5j.data.random.CounterRandom;
import org.t5j.data.random.Purpose;

/** The endless sequence of examples of one dataset, or of several at their rates. */
final class ExampleStream {
    private final long seed;
    private final List<DatasetCursor> cursors = new ArrayList<>();
    private final double[] cumulativeRates;
    private long drawn;

    ExampleStream(TrainingData data, long seed) {
        this.seed = seed;
        this.cumulativeRates = new double[data.parts().size()];
        double sum = 0;
        for (int i = 0; i < cumulativeRates.length; i++) {
            TrainingData.Part part = data.parts().get(i);
            cumulativeRates[i] = sum += part.rate();
            cursors.add(new DatasetCursor(part.dataset(), seed, data.shuffleWindow()));
        }
    }

    /** An example with the place it can be found at again. */
    record Drawn(DataPosition.Place place, TokenExample example) {}

    /** The next example. */
    Drawn next() {
        int part = nextPart();
        drawn++;
        DatasetCursor cursor = cursors.get(part);
        TokenExample example = cursor.next();
        DataPosition.Cursor behind = cursor.position();
        return new Drawn(new DataPosition.Place(part, behind.epoch(), behind.index() - 1), example);
    }

    private int nextPart() {
        int part = 0;
        if (cumulativeRates.length > 1) {
            double point = new CounterRandom(seed, Purpose.MIXTURE, 0, drawn).nextDouble()
                    * cumulativeRates[cumulativeRates.length - 1];
            while (part < cumulativeRates.length - 1 && point >= cumulativeRates[part]) {
                part++;
            }
        }
        return part;
    }

    /** The example at a place that {@link #next} gave; the stream stays where it is. */
    Drawn at(DataPosition.Place place) {
        return new Drawn(place, cursors.get(place.part()).example(place.epoch(), place.index()));
    }

    /** Number of datasets. */
    int parts() {
        return cursors.size();
    }

    /** Examples left in the epoch of a single dataset, at least 1. */
    long remaining() {
        return cursors.get(0).remaining();
    }

    /** The epoch that the next example of a single dataset belongs to. */
    long epoch() {
        remaining();
        return cursors.get(0).position().epoch();
    }

    /** Number of examples that were drawn. */
    long drawn() {
        return drawn;
    }

    /** Where each dataset stands. */
    List<DataPosition.Cursor> cursors() {
        return cursors.stream().map(DatasetCursor::position).toList();
    }

    /** Goes to where {@link #drawn} and {@link #cursors} stood. */
    void restore(DataPosition position) {
        drawn = position.drawn();
        for (int i = 0; i < cursors.size(); i++) {
            cursors.get(i).restore(position.cursors().get(i));
        }
    }
}
