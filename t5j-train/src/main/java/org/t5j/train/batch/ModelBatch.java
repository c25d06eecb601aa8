package org.t5j.train.batch;

import org.t5j.core.T5Batch;
import org.t5j.core.T5Config;
import org.t5j.data.batch.Batch;

/** A batch of ids as a model takes it, packed or not. */
public final class ModelBatch {
    private ModelBatch() {}

    /** {@code batch} with what {@code config} says of padding and of the decoder's start. */
    public static T5Batch of(T5Config config, Batch batch) {
        return T5Batch.of(
                config,
                batch.size(),
                batch.inputLength(),
                batch.targetLength(),
                batch.inputIds(),
                batch.labels(),
                batch.inputSegments(),
                batch.targetSegments());
    }
}
