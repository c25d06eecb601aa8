package org.t5j.data.task;

import java.util.ArrayDeque;
import java.util.Deque;
import org.t5j.data.Example;
import org.t5j.data.preprocess.Preprocessor;
import org.t5j.data.source.BadRows;
import org.t5j.data.source.ExampleReader;

/** What a preprocessor makes of the examples of a reader, one at a time. */
final class PreprocessedReader implements ExampleReader {
    private final ExampleReader raw;
    private final Preprocessor preprocessor;
    private final Deque<Example> ready = new ArrayDeque<>();

    PreprocessedReader(ExampleReader raw, Preprocessor preprocessor) {
        this.raw = raw;
        this.preprocessor = preprocessor;
    }

    @Override
    public Example next() {
        while (ready.isEmpty()) {
            Example example = raw.next();
            if (example == null) {
                return null;
            }
            ready.addAll(preprocessor.apply(example));
        }
        return ready.remove();
    }

    /** Position of the raw example behind the one that was delivered last. */
    @Override
    public long position() {
        return raw.position();
    }

    @Override
    public BadRows badRows() {
        return raw.badRows();
    }

    @Override
    public void close() {
        raw.close();
    }
}
