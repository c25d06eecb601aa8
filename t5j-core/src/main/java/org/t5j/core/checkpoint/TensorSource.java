package org.t5j.core.checkpoint;

import java.util.Set;
import org.t5j.core.T5Exception;

/** Named tensors whose values are read piece by piece, so that a model larger than the heap can be looked at or converted. */
public interface TensorSource {
    /** The names of the tensors. */
    Set<String> names();

    /**
     * Type and shape of a tensor.
     *
     * @throws T5Exception where there is none of that name
     */
    TensorEntry entry(String name);

    /**
     * Copies elements {@code from … from+count-1} of a tensor, row-major, to {@code target}.
     *
     * @throws T5Exception where the tensor is missing or not of floating point
     */
    void readFloats(String name, long from, float[] target, int targetOffset, int count);
}
