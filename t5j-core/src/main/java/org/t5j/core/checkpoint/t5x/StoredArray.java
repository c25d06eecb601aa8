package org.t5j.core.checkpoint.t5x;

import java.util.List;
import org.t5j.core.checkpoint.Dtype;

/** An array of a checkpoint, row-major: its type and shape are known, its values are read when asked for. */
interface StoredArray {
    Dtype dtype();

    List<Long> shape();

    /** Copies elements {@code from … from+count-1}, of a type that is {@link Dtype#readableAsFloat}. */
    void read(long from, float[] target, int targetOffset, int count);

    /**
     * The value of an integer without dimensions.
     *
     * @throws org.t5j.core.T5Exception where the array is none
     */
    long scalar();
}
