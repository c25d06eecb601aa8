package org.t5j.core.checkpoint.t5x;

import java.util.Optional;
import org.t5j.core.checkpoint.Dtype;

/** The element types of arrays by the names of numpy and of zarr. */
final class NumpyType {
    private NumpyType() {}

    /** The type of a name such as {@code float32} or {@code <f4}; none for those that are unknown or big endian. */
    static Optional<Dtype> named(String name) {
        return switch (name) {
            case "float32", "<f4" -> Optional.of(Dtype.F32);
            case "float16", "<f2" -> Optional.of(Dtype.F16);
            case "bfloat16" -> Optional.of(Dtype.BF16);
            case "float64", "<f8" -> Optional.of(Dtype.F64);
            case "int32", "<i4" -> Optional.of(Dtype.I32);
            case "int64", "<i8" -> Optional.of(Dtype.I64);
            default -> Optional.empty();
        };
    }
}
