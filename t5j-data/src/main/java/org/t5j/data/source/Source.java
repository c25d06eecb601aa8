package org.t5j.data.source;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.t5j.data.Example;

/** A finite, ordered collection of examples that can be read again and again. Immutable. */
public interface Source {

    /**
     * Starts reading.
     *
     * @param position index of the row to begin with, see {@link ExampleReader#position()}; earlier ones are skipped
     *     without being parsed
     * @return a reader for one thread; the caller closes it
     * @throws org.t5j.data.DataException if a file is missing, cannot be read, holds nothing, or is shorter than that
     */
    ExampleReader open(long position);

    /** The files that it reads, in order; none for examples in memory. */
    default List<Path> files() {
        return List.of();
    }

    /** How rows of the files are judged. */
    default RowRules rules() {
        return RowRules.DEFAULT;
    }

    /** All examples, in order. For sources that fit in memory. */
    default List<Example> readAll() {
        List<Example> examples = new ArrayList<>();
        try (ExampleReader reader = open(0)) {
            for (Example example = reader.next(); example != null; example = reader.next()) {
                examples.add(example);
            }
        }
        return examples;
    }

    /** A source of examples at hand. */
    static Source of(List<Example> examples) {
        return new ListSource(List.copyOf(examples));
    }
}
