package org.t5j.train.report;

import java.util.List;
import java.util.Locale;
import org.t5j.data.batch.DataPosition;

/**
 * The mixture that was drawn, by a data position: complete passes over each data set, examples of the pass that it is in, and
 * examples of all passes. Runs of earlier versions did not record the last; it is known where a data set is in its first pass,
 * or where it is the only one that is not.
 */
final class DataSeen {
    private final DataPosition position;

    DataSeen(DataPosition position) {
        this.position = position;
    }

    /** A table as of the beginning of a window of batches, which is all that a position tells. */
    String table() {
        StringBuilder rows = new StringBuilder("<table><thead>");
        rows.append(Html.row("th", "data set", "complete passes", "examples of the next pass", "examples", "share"));
        rows.append("</thead><tbody>");
        for (DataPosition.Cursor cursor : position.cursors()) {
            long drawn = drawn(cursor);
            rows.append(Html.row(
                    "td",
                    Html.escaped(cursor.dataset()),
                    cursor.epoch(),
                    cursor.index(),
                    drawn < 0 ? "not known" : drawn,
                    drawn < 0 || position.drawn() == 0 ? "not known" : share(100.0 * drawn / position.drawn())));
        }
        return rows.append(
                        "</tbody></table>\n<p class=\"note\">Until the window of batches began that the step is in: ")
                .append(position.drawn())
                .append(" examples.</p>")
                .toString();
    }

    private static String share(double percent) {
        return String.format(
                Locale.ROOT,
                "<span class=\"share\"><i style=\"width:%.1f%%\"></i></span>%.1f %%",
                Math.min(percent, 100),
                percent);
    }

    /** Examples drawn of a data set, or -1 where that is not known. */
    long drawn(DataPosition.Cursor cursor) {
        if (cursor.drawn() >= 0) {
            return cursor.drawn();
        }
        List<DataPosition.Cursor> others =
                position.cursors().stream().filter(other -> other != cursor).toList();
        return others.stream().allMatch(other -> other.drawn() >= 0)
                ? position.drawn()
                        - others.stream().mapToLong(DataPosition.Cursor::drawn).sum()
                : -1;
    }
}
