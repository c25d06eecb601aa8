package org.t5j.data.task.study;

import java.util.List;
import org.t5j.data.Example;
import org.t5j.data.preprocess.ClassLabels;
import org.t5j.data.task.Postprocessor;

/**
 * Upstream's {@code qa}: a prediction is compared as it is with every accepted answer. The list {@link #ANSWERS} of an
 * example has them; an empty one, as in unlabelled test sets, leaves only the target.
 */
final class AllAnswers implements Postprocessor {

    /** The list of an example's accepted answers. */
    static final String ANSWERS = "answers";

    @Override
    public String prediction(String text, Example example) {
        return text;
    }

    @Override
    public List<String> targets(Example example) {
        List<String> answers = example.list(ANSWERS);
        return answers.isEmpty() ? List.of(example.targets()) : answers;
    }

    @Override
    public boolean hasLabel(Example example) {
        return !example.targets().equals(ClassLabels.UNKNOWN);
    }
}
