package org.t5j.data.batch;

import java.util.List;
import org.t5j.data.Example;

/**
 * A batch of an evaluation.
 *
 * @param batch the examples as ids
 * @param examples the same examples as text, in the same order; empty for a corpus, whose examples have none
 */
public record EvalBatch(Batch batch, List<Example> examples) {
    public EvalBatch {
        examples = List.copyOf(examples);
    }
}
