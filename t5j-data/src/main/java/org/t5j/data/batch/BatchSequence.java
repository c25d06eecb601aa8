package org.t5j.data.batch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.t5j.data.DataException;
import org.t5j.data.TokenExample;
import org.t5j.data.dataset.TrainingData;
import org.t5j.data.random.CounterRandom;
import org.t5j.data.random.Purpose;

/**
 * The endless sequence of batches as a pure function of data, settings and position; what {@link BatchStream} runs in its
 * thread.
 *
 * <p>Examples are drawn into a window of some batches, put in order of length, cut into batches, and the batches are
 * shuffled. With a single dataset a window never reaches over the end of an epoch, except for the one batch that the end
 * falls into; so every example is seen once before any is seen again.
 */
final class BatchSequence {
    private final BatchConfig config;
    private final Padding padding;
    private final List<DatasetCursor> cursors = new ArrayList<>();
    private final double[] cumulativeRates;
    private final String fingerprint;
    private long drawn;
    private DataPosition windowStart;
    private List<List<TokenExample>> window = List.of();
    private int nextBatch;

    BatchSequence(TrainingData data, BatchConfig config, DataPosition from) {
        this.config = config;
        this.padding = new Padding(data.inputLength(), data.targetLength(), config.padToMultiple());
        this.fingerprint = fingerprint(data, config);
        this.cumulativeRates = new double[data.parts().size()];
        double sum = 0;
        for (int i = 0; i < cumulativeRates.length; i++) {
            TrainingData.Part part = data.parts().get(i);
            cumulativeRates[i] = sum += part.rate();
            cursors.add(new DatasetCursor(part.dataset(), config.seed(), data.shuffleWindow()));
        }
        if (!from.atStart()) {
            restore(from);
        }
    }

    private static String fingerprint(TrainingData data, BatchConfig config) {
        long hash = CounterRandom.mix(config.seed());
        hash = CounterRandom.mix(hash + config.batchSize());
        hash = CounterRandom.mix(hash + config.bucketBatches());
        hash = CounterRandom.mix(hash + data.shuffleWindow());
        for (TrainingData.Part part : data.parts()) {
            hash = CounterRandom.mix(hash + part.dataset().name().hashCode());
            hash = CounterRandom.mix(hash + part.dataset().checksum());
            hash = CounterRandom.mix(hash + Double.doubleToLongBits(part.rate()));
        }
        return Long.toHexString(hash);
    }

    private void restore(DataPosition from) {
        DataException.check(
                from.fingerprint().equals(fingerprint) && from.cursors().size() == cursors.size(),
                "The data position belongs to other data or settings (%s, here %s): the files, the vocabulary, the"
                        + " tasks, their rates, the objective, batchSize, bucketBatches, shuffleWindow and seed must be what they were."
                        + " Bring them back, or start without the position.",
                from.fingerprint(),
                fingerprint);
        drawn = from.drawn();
        for (int i = 0; i < cursors.size(); i++) {
            cursors.get(i).restore(from.cursors().get(i));
        }
        fillWindow();
        DataException.check(
                from.batch() <= window.size(),
                "The data position stands at batch %d of a window of %d. It is damaged; use another checkpoint.",
                from.batch(),
                window.size());
        nextBatch = from.batch();
    }

    /** The next batch. */
    Batch next() {
        if (nextBatch == window.size()) {
            fillWindow();
        }
        return Batch.of(window.get(nextBatch++), padding);
    }

    /** Where the sequence stands after the last batch. */
    DataPosition position() {
        return new DataPosition(fingerprint, windowStart.drawn(), nextBatch, windowStart.cursors());
    }

    private void fillWindow() {
        windowStart = new DataPosition(
                fingerprint,
                drawn,
                0,
                cursors.stream().map(DatasetCursor::position).toList());
        int batches = batchesInWindow();
        List<TokenExample> examples = new ArrayList<>();
        for (int i = 0; i < batches * config.batchSize(); i++) {
            examples.add(draw());
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
        if (cursors.size() > 1) {
            return config.bucketBatches();
        }
        long fullBatches = cursors.get(0).remaining() / config.batchSize();
        return (int) Math.max(Math.min(config.bucketBatches(), fullBatches), 1);
    }

    private int roundedInputs(TokenExample example) {
        int multiple = Math.max(config.padToMultiple(), 1);
        return (example.inputs().length + multiple - 1) / multiple;
    }

    private TokenExample draw() {
        int part = 0;
        if (cumulativeRates.length > 1) {
            double point = new CounterRandom(config.seed(), Purpose.MIXTURE, 0, drawn).nextDouble()
                    * cumulativeRates[cumulativeRates.length - 1];
            while (part < cumulativeRates.length - 1 && point >= cumulativeRates[part]) {
                part++;
            }
        }
        drawn++;
        return cursors.get(part).next();
    }
}
