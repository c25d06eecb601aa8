package org.t5j.data.batch;

import org.t5j.data.DataException;

/**
 * How a {@link BatchStream} makes batches. Values that are left out (null) take their defaults.
 *
 * @param batchSize examples in a batch
 * @param seed of the order of the examples and of the noise; default 0
 * @param bucketBatches examples of about the same length are put together within windows of that many batches; 1 for
 *     none; default 64
 * @param padToMultiple lengths of batches are rounded up to a multiple of this; 0 always pads to the declared lengths;
 *     default 8
 * @param prefetch batches that are made ahead by a thread of their own, at least 1; default 8
 */
public record BatchConfig(
        Integer batchSize, Long seed, Integer bucketBatches, Integer padToMultiple, Integer prefetch) {

    public BatchConfig {
        seed = seed == null ? 0 : seed;
        bucketBatches = bucketBatches == null ? 64 : bucketBatches;
        padToMultiple = padToMultiple == null ? 8 : padToMultiple;
        prefetch = prefetch == null ? 8 : prefetch;
        DataException.check(batchSize != null && batchSize >= 1, "batchSize is %s, but must be at least 1.", batchSize);
        DataException.check(bucketBatches >= 1, "bucketBatches is %d, but must be at least 1.", bucketBatches);
        DataException.check(padToMultiple >= 0, "padToMultiple is %d, but must be at least 0.", padToMultiple);
        DataException.check(prefetch >= 1, "prefetch is %d, but must be at least 1.", prefetch);
    }

    /** The defaults for a batch size and seed. */
    public static BatchConfig of(int batchSize, long seed) {
        return new BatchConfig(batchSize, seed, null, null, null);
    }
}
