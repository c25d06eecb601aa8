package org.t5j.data.batch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.t5j.data.DataException;
import org.t5j.data.Example;
import org.t5j.data.dataset.Dataset;
import org.t5j.data.dataset.TaskDataset;
import org.t5j.data.source.BadRows;
import org.t5j.data.task.Task;
import org.t5j.tokenizer.Tokenizer;

/**
 * One pass over a split in the order of its files, to evaluate on; the last batch may be smaller. Can be iterated again
 * and again, with the same batches.
 */
public final class EvalBatches implements Iterable<EvalBatch> {
    private final Dataset.Epoch epoch;
    private final List<Example> examples;
    private final Padding padding;
    private final int size;
    private final int batchSize;

    private EvalBatches(Dataset dataset, List<Example> examples, long seed, int batchSize, int padTo, int limit) {
        DataException.check(
                batchSize >= 1, "The batch size of an evaluation is %d, but must be at least 1.", batchSize);
        DataException.check(limit >= 1, "An evaluation is limited to %d examples, but needs at least 1.", limit);
        this.epoch = dataset.epoch(seed, 0);
        this.examples = examples;
        this.padding = new Padding(dataset.inputLength(), dataset.targetLength(), padTo);
        this.size = (int) Math.min(limit, epoch.size());
        this.batchSize = batchSize;
    }

    /**
     * A split of a task, with its texts.
     *
     * @param limit how many examples at most, the first ones
     */
    public static EvalBatches ofTask(Task task, String split, Tokenizer tokenizer, int batchSize, int limit) {
        return ofTask(task, split, tokenizer, batchSize, limit, rows -> {});
    }

    /**
     * {@link #ofTask(Task, String, Tokenizer, int, int)}, with a report.
     *
     * @param skipped told of the bad rows that were passed over, if there are some
     */
    public static EvalBatches ofTask(
            Task task, String split, Tokenizer tokenizer, int batchSize, int limit, Consumer<BadRows> skipped) {
        DataException.check(limit >= 1, "An evaluation is limited to %d examples, but needs at least 1.", limit);
        List<Example> examples = task.examples(split, limit, skipped);
        return new EvalBatches(
                TaskDataset.of(task, examples, tokenizer), List.copyOf(examples), 0, batchSize, 8, limit);
    }

    /**
     * A dataset without texts, such as a held-out corpus: its first epoch under a seed.
     *
     * @param limit how many examples at most, the first ones
     */
    public static EvalBatches ofDataset(Dataset dataset, long seed, int batchSize, int limit) {
        return new EvalBatches(dataset, List.of(), seed, batchSize, 8, limit);
    }

    /** Number of examples. */
    public int size() {
        return size;
    }

    /** All examples as text, in order; empty for a dataset without texts. */
    public List<Example> examples() {
        return examples;
    }

    @Override
    public Iterator<EvalBatch> iterator() {
        return batches(IntStream.range(0, size).boxed().toList());
    }

    /**
     * The same examples in batches of like length, for work that takes as long as the longest of a batch; {@link
     * EvalBatch#indices} and {@link #inOrder} bring what is found for them back into the order of the files.
     */
    public Iterable<EvalBatch> byLength() {
        int[] lengths = IntStream.range(0, size)
                .map(index -> epoch.example(index).inputs().length)
                .toArray();
        List<Integer> order = IntStream.range(0, size)
                .boxed()
                .sorted(Comparator.comparingInt(index -> lengths[index]))
                .toList();
        return () -> batches(order);
    }

    /**
     * What was found for the examples of batches, in the order of the files.
     *
     * @param batches all of them, once each
     * @param found for each batch a value for each of its examples
     */
    public <T> List<T> inOrder(Iterable<EvalBatch> batches, Function<EvalBatch, List<T>> found) {
        List<T> values = new ArrayList<>(Collections.nCopies(size, null));
        for (EvalBatch batch : batches) {
            List<T> ofBatch = found.apply(batch);
            for (int row = 0; row < ofBatch.size(); row++) {
                values.set(batch.indices().get(row), ofBatch.get(row));
            }
        }
        return values;
    }

    private Iterator<EvalBatch> batches(List<Integer> order) {
        return IntStream.iterate(0, from -> from < size, from -> from + batchSize)
                .mapToObj(from -> batch(order.subList(from, Math.min(from + batchSize, size))))
                .iterator();
    }

    private EvalBatch batch(List<Integer> indices) {
        Batch batch = Batch.of(indices.stream().map(epoch::example).toList(), padding);
        List<Example> texts = examples.isEmpty()
                ? List.of()
                : indices.stream().map(examples::get).toList();
        return new EvalBatch(batch, texts, indices);
    }
}
