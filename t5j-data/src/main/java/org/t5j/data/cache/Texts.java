package org.t5j.data.cache;

import java.nio.file.Path;
import java.util.List;
import org.t5j.data.Example;
import org.t5j.data.source.ExampleReader;
import org.t5j.data.source.RowRules;
import org.t5j.tokenizer.Tokenizer;

/** Text that is to become the documents of a {@link DocumentStore}. Immutable and safe for use by many threads. */
public interface Texts {

    /** Name for errors and file names. */
    String name();

    /** The files that are read; none if the text is in memory. */
    List<Path> files();

    /** How rows of the files are judged; other rules may leave other documents. */
    RowRules rules();

    /**
     * Starts reading from the first example.
     *
     * @return a reader for one thread; the caller closes it
     */
    ExampleReader open();

    /** Number of documents that an example becomes at most, at least 1. */
    int documentsPerExample();

    /**
     * The documents that an example becomes.
     *
     * @return at most {@link #documentsPerExample()}
     * @throws org.t5j.data.DataException if it is of no use
     */
    List<int[]> encode(Example example, Tokenizer tokenizer);
}
