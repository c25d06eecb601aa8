package org.t5j.train.evaluate;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.t5j.core.SequenceModel;
import org.t5j.data.metric.Resampling;
import org.t5j.data.metric.Scored;
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
     * @param resamplings makes what tells how sure the scores are, by the same names; a score may be in none
     */
    record Result(Map<String, Double> scores, List<Prediction> predictions, Supplier<List<Resampling>> resamplings) {

        /** Scores of which is not known how sure they are. */
        public Result(Map<String, Double> scores, List<Prediction> predictions) {
            this(scores, predictions, List::of);
        }
    }

    /**
     * An example with what the model wrote for it.
     *
     * @param task that it is of
     * @param inputs what the model read
     * @param target what it should have written; of an example without a label, a text that says so
     * @param prediction what it wrote
     * @param score of this example alone by the task's first metric; null where that says nothing of one example, or there
     *     is no label
     * @param scored the texts that metrics compare, with those of the example's fields that they look at; null without a
     *     label
     */
    record Prediction(String task, String inputs, String target, String prediction, Double score, Scored scored) {

        /** A prediction that is not scored. */
        public Prediction(String inputs, String target, String prediction) {
            this("", inputs, target, prediction, null, null);
        }
    }
}
