package org.t5j.data.source;

import java.util.List;
import org.t5j.data.DataException;
import org.t5j.data.Example;

/** Examples in memory. */
record ListSource(List<Example> examples) implements Source {

    @Override
    public ExampleReader open(long position) {
        DataException.check(!examples.isEmpty(), "The list of examples is empty. Give it at least one example.");
        DataException.check(
                position <= examples.size(),
                "Cannot start at example %d of a list of %d. Start from the beginning.",
                position,
                examples.size());
        return new ExampleReader() {
            private long next = position;

            @Override
            public Example next() {
                return next == examples.size() ? null : examples.get((int) next++);
            }

            @Override
            public long position() {
                return next;
            }

            @Override
            public void close() {}
        };
    }
}
