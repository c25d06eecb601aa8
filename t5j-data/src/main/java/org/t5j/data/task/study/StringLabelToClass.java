package org.t5j.data.task.study;

import org.t5j.data.Example;
import org.t5j.data.preprocess.ClassLabels;
import org.t5j.data.task.Postprocessor;

/**
 * Upstream's {@code string_label_to_class_id}: the number of the class whose name a text is exactly, or -1 for any other
 * text.
 *
 * @param labels the classes
 */
record StringLabelToClass(ClassLabels labels) implements Postprocessor {

    @Override
    public String prediction(String text, Example example) {
        return Integer.toString(labels.names().indexOf(text));
    }

    @Override
    public boolean hasLabel(Example example) {
        return !example.targets().equals(ClassLabels.UNKNOWN);
    }
}
