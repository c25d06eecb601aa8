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

    /**
     * Index of the row that {@link #next()} goes on with; what {@link Source#open(long)} takes. Rows that are skipped
     * because they are bad count too.
     */
    long position();

    /** The bad rows that this reader has skipped so far; see {@link OnBadRow#SKIP}. */
    default BadRows badRows() {
        return BadRows.NONE;
    }

    @Override
    void close();
}
