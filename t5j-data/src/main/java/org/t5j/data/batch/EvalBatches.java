package org.t5j.data.batch;

import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.t5j.data.DataException;
import org.t5j.data.Example;
import org.t5j.data.dataset.Dataset;
import org.t5j.data.dataset.TaskDataset;
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
        DataException.check(limit >= 1, "An evaluation is limited to %d examples, but needs at least 1.", limit);
        List<Example> examples = task.examples(split, limit);
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
        return IntStream.iterate(0, from -> from < size, from -> from + batchSize)
                .mapToObj(this::batch)
                .iterator();
    }

    private EvalBatch batch(int from) {
        int to = Math.min(from + batchSize, size);
        Batch batch =
                Batch.of(IntStream.range(from, to).mapToObj(epoch::example).toList(), padding);
        return new EvalBatch(batch, examples.isEmpty() ? List.of() : examples.subList(from, to));
    }
}
