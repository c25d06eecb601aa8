package org.t5j.data.task;

import java.util.List;
import java.util.function.UnaryOperator;
import org.t5j.data.Example;

/** What is done to predictions and targets before they are scored. Stateless. */
@FunctionalInterface
public interface Postprocessor {

    /** What a metric gets for what the model wrote. */
    String prediction(String text, Example example);

    /** What a metric accepts for an example, at least one text; by default its target, treated like a prediction. */
    default List<String> targets(Example example) {
        return List.of(prediction(example.targets(), example));
    }

    /**
     * Whether the right answer to an example is known. Those of test sets without labels can be answered, but not scored,
     * whatever their targets are. By default it is.
     */
    default boolean hasLabel(Example example) {
        return true;
    }

    /** The same function of predictions and targets. */
    static Postprocessor of(UnaryOperator<String> function) {
        return (text, example) -> function.apply(text);
    }
}
