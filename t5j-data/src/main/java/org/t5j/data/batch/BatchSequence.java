package org.t5j.data.batch;

import org.t5j.data.DataException;
import org.t5j.data.dataset.TrainingData;
import org.t5j.data.random.CounterRandom;

/**
 * The endless sequence of batches as a pure function of data, settings and position; what {@link BatchStream} runs in its
 * thread. Of several workers each gets its rows of every batch, the same batches whatever their number.
 */
final class BatchSequence implements Batches {
    private final BatchConfig config;
    private final Batches batches;

    BatchSequence(TrainingData data, BatchConfig config, DataPosition from) {
        this.config = config;
        String fingerprint = fingerprint(data, config);
        DataException.check(
                from.atStart()
                        || from.fingerprint().equals(fingerprint)
                                && from.cursors().size() == data.parts().size(),
                "The data position belongs to other data or settings (%s, here %s): the files, the vocabulary, the"
                        + " tasks, their rates, the objective, batchSize, bucketBatches, packing, shuffleWindow and seed"
                        + " must be what they were. Bring them back, or start without the position.",
                from.fingerprint(),
                fingerprint);
        ExampleStream stream = new ExampleStream(data, config.seed());
        Padding padding = new Padding(data.inputLength(), data.targetLength(), config.padToMultiple());
        batches = config.pack()
                ? new PackedBatches(stream, config, padding, fingerprint, from)
                : new BucketedBatches(stream, config, padding, fingerprint, from);
    }

    private static String fingerprint(TrainingData data, BatchConfig config) {
        long hash = CounterRandom.mix(config.seed());
        hash = CounterRandom.mix(hash + config.batchSize());
        hash = CounterRandom.mix(hash + config.bucketBatches());
        hash = CounterRandom.mix(hash + data.shuffleWindow());
        if (config.pack()) {
            hash = CounterRandom.mix(hash + config.packWindow());
            hash = CounterRandom.mix(hash + data.inputLength());
            hash = CounterRandom.mix(hash + data.targetLength());
        }
        for (TrainingData.Part part : data.parts()) {
            hash = CounterRandom.mix(hash + part.dataset().name().hashCode());
            hash = CounterRandom.mix(hash + part.dataset().checksum());
            hash = CounterRandom.mix(hash + Double.doubleToLongBits(part.rate()));
        }
        return Long.toHexString(hash);
    }

    /** The next batch, this worker's rows of it. */
    @Override
    public Batch next() {
        Batch batch = batches.next();
        int rows = config.batchSize() / config.workers();
        return config.workers() == 1 ? batch : batch.rows(config.worker() * rows, (config.worker() + 1) * rows);
    }

    @Override
    public DataPosition position() {
        return batches.position();
    }
}
