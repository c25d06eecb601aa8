package org.t5j.data.dataset;

import java.util.List;
import org.t5j.data.DataException;
import org.t5j.data.Example;
import org.t5j.data.TokenExample;
import org.t5j.data.preprocess.Tokens;
import org.t5j.data.random.CounterRandom;
import org.t5j.data.task.Task;
import org.t5j.tokenizer.Tokenizer;

/** The examples of a task's split as ids: tokenized, trimmed, ended. Every epoch has the same examples. */
public final class TaskDataset implements Dataset, Dataset.Epoch {
    private final Task task;
    private final TokenStore inputs;
    private final TokenStore targets;
    private final TrimStatistics statistics;

    private TaskDataset(Task task, TokenStore inputs, TokenStore targets, TrimStatistics statistics) {
        this.task = task;
        this.inputs = inputs;
        this.targets = targets;
        this.statistics = statistics;
    }

    /**
     * Reads and tokenizes a split.
     *
     * @throws DataException if it cannot be read, or an example has an empty target
     */
    public static TaskDataset load(Task task, String split, Tokenizer tokenizer) {
        return of(task, task.examples(split), tokenizer);
    }

    /** Tokenizes examples of a task that are at hand; there must be at least one. */
    public static TaskDataset of(Task task, List<Example> examples, Tokenizer tokenizer) {
        checkPadding(tokenizer);
        DataException.check(!examples.isEmpty(), "There are no examples of %s. Give at least one.", task);
        TokenStore inputs = new TokenStore(tokenizer.vocabSize());
        TokenStore targets = new TokenStore(tokenizer.vocabSize());
        TrimStatistics.Counter counter = new TrimStatistics.Counter();
        for (Example example : examples) {
            int[] input = tokenizer.encode(example.inputs());
            int[] target = tokenizer.encode(example.targets());
            DataException.check(
                    target.length > 0,
                    "%s has an empty target for %s. Give it a target, or drop such examples by a filter.",
                    example.origin(),
                    task);
            counter.count(input.length + 1, task.inputLength(), target.length + 1, task.targetLength());
            inputs.append(Tokens.appendEosAfterTrim(input, task.inputLength(), tokenizer.eosId()));
            targets.append(Tokens.appendEosAfterTrim(target, task.targetLength(), tokenizer.eosId()));
        }
        return new TaskDataset(task, inputs, targets, counter.result());
    }

    /** Batches pad with id 0, as T5 does; another padding id would be read as text. */
    static void checkPadding(Tokenizer tokenizer) {
        DataException.check(
                tokenizer.padId() == 0,
                "The vocabulary's padding id is %d, but T5 pads with id 0. "
                        + "Train the vocabulary with padding 0, end of sequence 1 and unknown 2.",
                tokenizer.padId());
    }

    /** What was trimmed, and how long the examples were. */
    public TrimStatistics statistics() {
        return statistics;
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
        return inputs.size();
    }

    @Override
    public long checksum() {
        return CounterRandom.mix(inputs.checksum()) ^ targets.checksum();
    }

    @Override
    public Epoch epoch(long seed, long epoch) {
        return this;
    }

    @Override
    public int size() {
        return inputs.size();
    }

    @Override
    public TokenExample example(int index) {
        return new TokenExample(inputs.get(index), targets.get(index));
    }
}
