package org.t5j.data.batch;

import org.t5j.data.DataException;

/**
 * How a {@link BatchStream} makes batches. Values that are left out (null) take their defaults.
 *
 * @param batchSize rows in a batch, over all workers: examples, or with packing rows of several examples
 * @param seed of the order of the examples and of the noise; default 0
 * @param bucketBatches examples of about the same length are put together within windows of that many batches; 1 for
 *     none; default 64; not with packing
 * @param padToMultiple lengths of batches are rounded up to a multiple of this; 0 always pads to the declared lengths;
 *     default 8; packed rows always have the declared lengths
 * @param prefetch batches that are made ahead by a thread of their own, at least 1; default 8
 * @param pack whether several examples share a row, told apart by segments; default false
 * @param packWindow examples among which those are sought that fill a row, at least 1; more fill rows better and are all
 *     part of the position; default 64
 * @param worker which worker this is, 0 … {@code workers - 1}; default 0
 * @param workers how many share each batch: worker w gets rows {@code w * batchSize / workers} and on; a divisor of the
 *     batch size; every worker makes the whole batch and keeps its rows; default 1
 */
public record BatchConfig(
        Integer batchSize,
        Long seed,
        Integer bucketBatches,
        Integer padToMultiple,
        Integer prefetch,
        Boolean pack,
        Integer packWindow,
        Integer worker,
        Integer workers) {

    public BatchConfig {
        seed = seed == null ? 0 : seed;
        bucketBatches = bucketBatches == null ? 64 : bucketBatches;
        padToMultiple = padToMultiple == null ? 8 : padToMultiple;
        prefetch = prefetch == null ? 8 : prefetch;
        pack = pack != null && pack;
        packWindow = packWindow == null ? 64 : packWindow;
        worker = worker == null ? 0 : worker;
        workers = workers == null ? 1 : workers;
        DataException.check(batchSize != null && batchSize >= 1, "batchSize is %s, but must be at least 1.", batchSize);
        DataException.check(bucketBatches >= 1, "bucketBatches is %d, but must be at least 1.", bucketBatches);
        DataException.check(padToMultiple >= 0, "padToMultiple is %d, but must be at least 0.", padToMultiple);
        DataException.check(prefetch >= 1, "prefetch is %d, but must be at least 1.", prefetch);
        DataException.check(packWindow >= 1, "packWindow is %d, but must be at least 1.", packWindow);
        DataException.check(workers >= 1, "workers is %d, but must be at least 1.", workers);
        DataException.check(
                worker >= 0 && worker < workers,
                "worker is %d, but must be 0 to %d: there are %d workers.",
                worker,
                workers - 1,
                workers);
        DataException.check(
                batchSize % workers == 0,
                "batchSize is %d and workers %d, but every worker needs as many rows. Make batchSize a multiple of"
                        + " workers.",
                batchSize,
                workers);
    }

    /** Batches that are not packed, for one worker. */
    public BatchConfig(Integer batchSize, Long seed, Integer bucketBatches, Integer padToMultiple, Integer prefetch) {
        this(batchSize, seed, bucketBatches, padToMultiple, prefetch, null, null, null, null);
    }

    /** The defaults for a batch size and seed. */
    public static BatchConfig of(int batchSize, long seed) {
        return new BatchConfig(batchSize, seed, null, null, null);
    }

    /** The same with several examples in a row. */
    public BatchConfig packed(int window) {
        return new BatchConfig(batchSize, seed, bucketBatches, padToMultiple, prefetch, true, window, worker, workers);
    }

    /** The same for one of several workers. */
    public BatchConfig forWorker(int newWorker, int newWorkers) {
        return new BatchConfig(
                batchSize, seed, bucketBatches, padToMultiple, prefetch, pack, packWindow, newWorker, newWorkers);
    }
}
