package org.t5j.core.tensor;

/**
 * A run of float32 values in the memory of a {@link Backend}; opaque to everybody else. Owned by whoever allocated it
 * and given back with {@link Backend#free}.
 */
public interface Storage {

    /** Number of floats. */
    long length();
}
