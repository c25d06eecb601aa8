package org.t5j.data.batch;

import java.util.List;
import org.t5j.data.Example;

/**
 * A batch of an evaluation.
 *
 * @param batch the examples as ids
 * @param examples the same examples as text, in the same order; empty for a corpus, whose examples have none
 * @param indices their places in the order of the files, from 0
 */
public record EvalBatch(Batch batch, List<Example> examples, List<Integer> indices) {
    public EvalBatch {
        examples = List.copyOf(examples);
        indices = List.copyOf(indices);
    }
}
