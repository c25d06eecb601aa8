package org.t5j.examples.twin;

import java.util.List;
import org.t5j.data.batch.Batch;
import org.t5j.data.batch.Batches;
import org.t5j.data.batch.DataPosition;

/** The batches of a list in turn, again from the first after the last. It has no position to resume from. */
final class RepeatedBatches implements Batches {
    private final List<Batch> batches;
    private int handedOut;

    /** @param batches at least one */
    RepeatedBatches(List<Batch> batches) {
        this.batches = batches;
    }

    @Override
    public Batch next() {
        return batches.get(handedOut++ % batches.size());
    }

    @Override
    public DataPosition position() {
        return DataPosition.start();
    }
}
