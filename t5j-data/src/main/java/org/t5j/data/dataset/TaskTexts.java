package org.t5j.data.dataset;

import java.nio.file.Path;
import java.util.List;
import org.t5j.data.DataException;
import org.t5j.data.Example;
import org.t5j.data.cache.Texts;
import org.t5j.data.source.ExampleReader;
import org.t5j.data.source.RowRules;
import org.t5j.data.task.Task;
import org.t5j.tokenizer.Tokenizer;

/** Inputs and targets, in turn, of a task's split: whole, without an end-of-sequence token; targets are never empty. */
record TaskTexts(Task task, String split) implements Texts {

    @Override
    public String name() {
        return task.name() + "-" + split;
    }

    @Override
    public List<Path> files() {
        return task.files(split);
    }

    @Override
    public RowRules rules() {
        return task.rules(split);
    }

    @Override
    public ExampleReader open() {
        return task.open(split);
    }

    @Override
    public int documentsPerExample() {
        return 2;
    }

    @Override
    public List<int[]> encode(Example example, Tokenizer tokenizer) {
        int[] targets = tokenizer.encode(example.targets());
        DataException.check(
                targets.length > 0,
                "%s has an empty target for %s. Give it a target, or drop such examples by a filter.",
                example.origin(),
                task);
        return List.of(tokenizer.encode(example.inputs()), targets);
    }
}
