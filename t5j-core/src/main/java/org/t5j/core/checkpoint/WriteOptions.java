package org.t5j.core.checkpoint;

import org.t5j.core.T5Exception;

/**
 * How the weights of a model are written.
 *
 * @param dtype F32, F16 or BF16; numbers are rounded to the nearest, of two equally near ones to the even
 * @param maxShardBytes size above which the weights are divided; a larger tensor has a file of its own
 */
public record WriteOptions(Dtype dtype, long maxShardBytes) {
    /** Hugging Face's limit for a file of weights in transformers 4: 5 GB. */
    public static final long DEFAULT_SHARD_BYTES = 5_000_000_000L;
    /** F32 in shards of the usual size. */
    public static final WriteOptions DEFAULT = new WriteOptions(Dtype.F32, DEFAULT_SHARD_BYTES);

    public WriteOptions {
        if (!dtype.readableAsFloat()) {
            throw new T5Exception("dtype must be F32, F16 or BF16 for weights, found " + dtype);
        }
        if (maxShardBytes < 1) {
            throw new T5Exception("maxShardBytes must be at least 1, found " + maxShardBytes);
        }
    }

    long bytes(long elements) {
        return Math.multiplyExact(elements, dtype.bits() / 8);
    }
}
