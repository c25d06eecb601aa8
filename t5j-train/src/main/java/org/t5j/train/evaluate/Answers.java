package org.t5j.train.evaluate;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.t5j.core.SequenceModel;
import org.t5j.data.Example;
import org.t5j.data.metric.Resampling;

/** How a model answers the examples of an evaluation, the same ones every time. */
interface Answers {

    /** The model's answer to every example. */
    Found find(SequenceModel model);

    /** Names of the scores that {@link #find} adds to those of the task. */
    Set<String> scoreNames();

    /**
     * @param examples what was asked
     * @param texts an answer to each of them
     * @param scores of how they were found, by name; empty where there is nothing to say beyond the answers
     * @param resampling of these scores, where there are some
     */
    record Found(
            List<Example> examples, List<String> texts, Map<String, Double> scores, Optional<Resampling> resampling) {

        /** Answers and no more. */
        Found(List<Example> examples, List<String> texts, Map<String, Double> scores) {
            this(examples, texts, scores, Optional.empty());
        }
    }
}
