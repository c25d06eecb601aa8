package org.t5j.data.source;

import org.t5j.data.DataException;

/**
 * How rows are judged.
 *
 * @param onBadRow what is done about a bad one
 * @param maxBytes bytes of a row at most: a line, document, CSV record, uncompressed; 1 to 2^30. What is longer is bad;
 *     it keeps a file without line ends from filling the memory
 */
public record RowRules(OnBadRow onBadRow, int maxBytes) {

    /** Bad rows are errors; a row has 64 MiB at most. */
    public static final RowRules DEFAULT = new RowRules(OnBadRow.ERROR, 64 << 20);

    public RowRules {
        DataException.check(
                maxBytes >= 1 && maxBytes <= 1 << 30,
                "maxRowBytes is %d, but must be 1 to %d. Give a number in between.",
                maxBytes,
                1 << 30);
    }
}
