package org.t5j.data.batch;

import java.util.List;
import org.t5j.data.DataException;

/**
 * Where a {@link BatchStream} stands: all it takes to go on with exactly the batches that would have followed. A few
 * numbers and strings, and with packing some 70 bytes for each of at most {@code packWindow} examples; Jackson reads and
 * writes it as it is. It does not depend on the number of workers.
 *
 * @param fingerprint of data and settings, against resuming on others; empty at the start
 * @param drawn examples drawn before the current window of batches
 * @param batch batches of the window that were handed out
 * @param cursors where each dataset stood when the window began
 * @param waiting examples that were drawn, but found no place in a packed row yet, those that came first first
 */
public record DataPosition(String fingerprint, long drawn, int batch, List<Cursor> cursors, List<Place> waiting) {

    /**
     * Where a dataset stands.
     *
     * @param dataset its name
     * @param epoch passes that are complete
     * @param index examples of this pass that were drawn
     * @param drawn examples of all passes that were drawn, or -1 where that is not known
     */
    public record Cursor(String dataset, long epoch, long index, long drawn) {
        /** Every pass has an example at least; what cannot be true is not known. */
        public Cursor {
            drawn = epoch == 0 ? index : drawn < epoch + index ? -1 : drawn;
        }

        /** As it was recorded before {@code drawn} was. */
        public Cursor(String dataset, long epoch, long index) {
            this(dataset, epoch, index, -1);
        }
    }

    /**
     * Where an example can be found.
     *
     * @param part number of its dataset
     * @param epoch which pass over it
     * @param index its place in the order of that pass
     */
    public record Place(int part, long epoch, long index) {
        public Place {
            DataException.check(
                    part >= 0 && epoch >= 0 && index >= 0,
                    "A data position holds an example that is none: part %d, epoch %d, index %d. The file it was read"
                            + " from is damaged; use another checkpoint.",
                    part,
                    epoch,
                    index);
        }
    }

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
        waiting = waiting == null ? List.of() : List.copyOf(waiting);
    }

    /** A position where no examples wait. */
    public DataPosition(String fingerprint, long drawn, int batch, List<Cursor> cursors) {
        this(fingerprint, drawn, batch, cursors, List.of());
    }

    /** The beginning of any stream. */
    public static DataPosition start() {
        return START;
    }

    /** Whether nothing was handed out. */
    public boolean atStart() {
        return equals(START);
    }

    @Override
    public String toString() {
        return "DataPosition[fingerprint=" + fingerprint + ", drawn=" + drawn + ", batch=" + batch + ", cursors="
                + cursors + ", waiting=" + waiting.size() + "]";
    }
}
