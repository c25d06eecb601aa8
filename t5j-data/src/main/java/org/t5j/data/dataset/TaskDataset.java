package org.t5j.data.dataset;

import java.util.List;
import org.t5j.data.DataException;
import org.t5j.data.Example;
import org.t5j.data.TokenExample;
import org.t5j.data.cache.DocumentStore;
import org.t5j.data.cache.TokenCache;
import org.t5j.data.cache.TokenStore;
import org.t5j.data.random.CounterRandom;
import org.t5j.data.task.Task;
import org.t5j.tokenizer.Tokenizer;

/** The examples of a task's split as ids: tokenized, trimmed, ended. Every epoch has the same examples. */
public final class TaskDataset implements Dataset, Dataset.Epoch {
    private final Task task;
    private final DocumentStore texts;
    private final int eosId;

    private TaskDataset(Task task, DocumentStore texts, int eosId) {
        this.task = task;
        this.texts = texts;
        this.eosId = eosId;
    }

    /**
     * Reads and tokenizes a split that fits in memory.
     *
     * @throws DataException if it cannot be read, or an example has an empty target
     */
    public static TaskDataset load(Task task, String split, Tokenizer tokenizer) {
        return load(task, split, tokenizer, TokenCache.inMemory());
    }

    /**
     * Reads and tokenizes a split of any size, unless it is in the cache.
     *
     * @throws DataException if it cannot be read, or an example has an empty target
     */
    public static TaskDataset load(Task task, String split, Tokenizer tokenizer, TokenCache cache) {
        checkPadding(tokenizer);
        DocumentStore texts = cache.load(new TaskTexts(task, split), tokenizer);
        DataException.check(
                texts.size() > 0,
                "The preprocessors of task '%s' leave no example of split '%s'. Check its filters.",
                task.name(),
                split);
        return new TaskDataset(task, texts, tokenizer.eosId());
    }

    /** Tokenizes examples of a task that are at hand; there must be at least one. */
    public static TaskDataset of(Task task, List<Example> examples, Tokenizer tokenizer) {
        checkPadding(tokenizer);
        DataException.check(!examples.isEmpty(), "There are no examples of %s. Give at least one.", task);
        TokenStore texts = new TokenStore(tokenizer.vocabSize());
        TaskTexts encoder = new TaskTexts(task, "");
        for (Example example : examples) {
            encoder.encode(example, tokenizer).forEach(texts::append);
        }
        return new TaskDataset(task, texts, tokenizer.eosId());
    }

    /** Batches pad with id 0, as T5 does; another padding id would be read as text. */
    static void checkPadding(Tokenizer tokenizer) {
        DataException.check(
                tokenizer.padId() == 0,
                "The vocabulary's padding id is %d, but T5 pads with id 0. "
                        + "Train the vocabulary with padding 0, end of sequence 1 and unknown 2.",
                tokenizer.padId());
    }

    /** What is trimmed, and how long the examples are; counted when asked for. */
    public TrimStatistics statistics() {
        TrimStatistics.Counter counter = new TrimStatistics.Counter();
        for (long text = 0; text < texts.size(); text += 2) {
            counter.count(texts.length(text) + 1, task.inputLength(), texts.length(text + 1) + 1, task.targetLength());
        }
        return counter.result();
    }

    @Override
    public String name() {
        return task.name();
    }

    @Override
    public int inputLength() {
        return task.inputLength();
    }

    @Override
    public int targetLength() {
        return task.targetLength();
    }

    @Override
    public long examples() {
        return size();
    }

    @Override
    public long checksum() {
        long lengths = CounterRandom.mix((long) task.inputLength() << Integer.SIZE | task.targetLength());
        return CounterRandom.mix(texts.checksum()) ^ lengths;
    }

    @Override
    public Epoch epoch(long seed, long epoch) {
        return this;
    }

    @Override
    public long size() {
        return texts.size() / 2;
    }

    @Override
    public TokenExample example(long index) {
        return new TokenExample(ended(2 * index, task.inputLength()), ended(2 * index + 1, task.targetLength()));
    }

    /** seqio's {@code append_eos_after_trim}. */
    private int[] ended(long text, int maxLength) {
        int length = Math.min(texts.length(text), maxLength - 1);
        int[] ids = new int[length + 1];
        texts.copyInto(text, 0, ids, 0, length);
        ids[length] = eosId;
        return ids;
    }
}
