package org.t5j.data.batch;

import java.util.List;
import org.t5j.data.DataException;

/**
 * Where a {@link BatchStream} stands: all it takes to go on with exactly the batches that would have followed. A few
 * numbers and strings; Jackson reads and writes it as it is.
 *
 * @param fingerprint of data and settings, against resuming on others; empty at the start
 * @param drawn examples drawn before the current window of batches
 * @param batch batches of the window that were handed out
 * @param cursors where each dataset stood when the window began
 */
public record DataPosition(String fingerprint, long drawn, int batch, List<Cursor> cursors) {

    /**
     * Where a dataset stands.
     *
     * @param dataset its name
     * @param epoch passes that are complete
     * @param index examples of this pass that were drawn
     */
    public record Cursor(String dataset, long epoch, long index) {}

    private static final DataPosition START = new DataPosition("", 0, 0, List.of());

    public DataPosition {
        DataException.check(
                fingerprint != null && cursors != null && drawn >= 0 && batch >= 0,
                "A data position is incomplete (fingerprint %s, drawn %d, batch %d, cursors %s). "
                        + "The file it was read from is damaged; use another checkpoint.",
                fingerprint,
                drawn,
                batch,
                cursors);
        cursors = List.copyOf(cursors);
    }

    /** The beginning of any stream. */
    public static DataPosition start() {
        return START;
    }

    /** Whether nothing was handed out. */
    public boolean atStart() {
        return equals(START);
    }
}
