package org.t5j.data.source;

/** What is done about a row that makes no example: bad UTF-8, a missing column, broken JSON, more bytes than allowed. */
public enum OnBadRow {
    /** Reading ends with an error that names the row. */
    ERROR,
    /** The row is passed over and counted in {@link ExampleReader#badRows()}; training and evaluation tell. */
    SKIP
}
