package org.t5j.data.source;

import org.t5j.data.Example;

/** The rows of files, one after the other, and the example that each one makes. */
interface Rows extends AutoCloseable {

    /**
     * Goes to the next row, across files; false at the end of the last.
     *
     * @throws org.t5j.data.DataException if the file cannot be read on
     */
    boolean advance();

    /**
     * The current row's example.
     *
     * @throws org.t5j.data.DataException if the row is bad; the next one can be read all the same
     */
    Example read();

    /** Passes over rows without parsing them; how many there were, fewer than {@code count} at the end. */
    default long skip(long count) {
        long skipped = 0;
        while (skipped < count && advance()) {
            skipped++;
        }
        return skipped;
    }

    @Override
    void close();
}
