package org.t5j.data.batch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.t5j.data.DataException;
import org.t5j.data.TokenExample;
import org.t5j.data.random.CounterRandom;
import org.t5j.data.random.Purpose;

/**
 * Batches of one example in a row. Examples are drawn into a window of some batches, put in order of length, cut into
 * batches, and the batches are shuffled. With a single dataset a window never reaches over the end of an epoch, except
 * for the one batch that the end falls into; so every example is seen once before any is seen again.
 */
final class BucketedBatches implements Batches {
    private final ExampleStream stream;
    private final BatchConfig config;
    private final Padding padding;
    private final String fingerprint;
    private DataPosition windowStart;
    private List<List<TokenExample>> window = List.of();
    private int nextBatch;

    BucketedBatches(ExampleStream stream, BatchConfig config, Padding padding, String fingerprint, DataPosition from) {
        this.stream = stream;
        this.config = config;
        this.padding = padding;
        this.fingerprint = fingerprint;
        if (!from.atStart()) {
            restore(from);
        }
    }

    private void restore(DataPosition from) {
        stream.restore(from);
        fillWindow();
        DataException.check(
                from.batch() <= window.size(),
                "The data position stands at batch %d of a window of %d. It is damaged; use another checkpoint.",
                from.batch(),
                window.size());
        nextBatch = from.batch();
    }

    @Override
    public Batch next() {
        if (nextBatch == window.size()) {
            fillWindow();
        }
        return Batch.of(window.get(nextBatch++), padding);
    }

    @Override
    public DataPosition position() {
        return new DataPosition(fingerprint, windowStart.drawn(), nextBatch, windowStart.cursors());
    }

    private void fillWindow() {
        int batches = batchesInWindow();
        windowStart = new DataPosition(fingerprint, stream.drawn(), 0, stream.cursors());
        List<TokenExample> examples = new ArrayList<>();
        for (int i = 0; i < batches * config.batchSize(); i++) {
            examples.add(stream.next().example());
        }
        if (batches > 1) {
            examples.sort(Comparator.comparingInt((TokenExample example) -> roundedInputs(example))
                    .thenComparingInt(example -> example.targets().length));
        }
        int[] order = new CounterRandom(config.seed(), Purpose.BUCKET, 0, windowStart.drawn()).permutation(batches);
        window = Arrays.stream(order)
                .mapToObj(i -> examples.subList(i * config.batchSize(), (i + 1) * config.batchSize()))
                .toList();
        nextBatch = 0;
    }

    private int batchesInWindow() {
        if (stream.parts() > 1) {
            return config.bucketBatches();
        }
        int fullBatches = (int) Math.min(stream.remaining() / config.batchSize(), config.bucketBatches());
        return Math.max(fullBatches, 1);
    }

    private int roundedInputs(TokenExample example) {
        int multiple = Math.max(config.padToMultiple(), 1);
        return (example.inputs().length + multiple - 1) / multiple;
    }
}
