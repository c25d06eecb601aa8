package org.t5j.train.evaluate;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.t5j.core.SequenceModel;
import org.t5j.data.source.BadRows;

/** One way of scoring a model, on the same data every time. */
public interface Evaluation {

    /** Scores by name, {@code <data>/<score>}, and what was predicted for them. */
    Result evaluate(SequenceModel model);

    /** Names of the scores that {@link #evaluate} gives; none where the data has no labels to score by. */
    Set<String> scoreNames();

    /** Name of the score that stands for all of this evaluation's. */
    String mainScore();

    /** Whether more of a score is better. */
    boolean higherIsBetter(String score);

    /** What has to be quoted with scores for others to make them again, such as sacrebleu's signature; by score name. */
    default Map<String, String> signatures() {
        return Map.of();
    }

    /** Bad rows that were passed over when its data were read, by name of the data; empty where there are none. */
    default Map<String, BadRows> skipped() {
        return Map.of();
    }

    /**
     * @param scores by name, in the order to show them
     * @param predictions in the order of the data; empty where nothing is written
     */
    record Result(Map<String, Double> scores, List<Prediction> predictions) {}

    /**
     * An example with what the model wrote for it.
     *
     * @param inputs what the model read
     * @param target what it should have written; of an example without a label, a text that says so
     * @param prediction what it wrote
     */
    record Prediction(String inputs, String target, String prediction) {}
}
