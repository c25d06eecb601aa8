package org.t5j.data.source;

import org.t5j.data.Example;

/** One pass over a {@link Source}; for one thread. */
public interface ExampleReader extends AutoCloseable {

    /**
     * The next example, or null at the end.
     *
     * @throws org.t5j.data.DataException naming file and line if what stands there cannot be read
     */
    Example next();

    /** Index of the example that {@link #next()} delivers next; what {@link Source#open(long)} takes. */
    long position();

    @Override
    void close();
}
