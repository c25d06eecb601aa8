package org.t5j.data.preprocess;

import java.util.List;
import org.t5j.data.Example;

/** Turns one example into none, one or several. Must be a pure function: training resumes by calling it again. */
@FunctionalInterface
public interface Preprocessor {

    /** The examples made of {@code example}, in order; empty drops it. */
    List<Example> apply(Example example);

    /** This, then {@code next} on each of its results. */
    default Preprocessor then(Preprocessor next) {
        return example -> apply(example).stream()
                .flatMap(each -> next.apply(each).stream())
                .toList();
    }
}
