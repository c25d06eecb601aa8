package org.t5j.train.evaluate;

import java.util.List;
import java.util.Map;

/**
 * The scores of a model at a step of its training.
 *
 * @param step updates made before
 * @param scores by name, in the order to show them
 * @param predictions of all evaluations, in the order of the data
 * @param seconds that the evaluation took
 * @param results of each evaluation, in their order
 */
public record EvaluationReport(
        long step,
        Map<String, Double> scores,
        List<Evaluation.Prediction> predictions,
        double seconds,
        List<Evaluation.Result> results) {

    /** A report of which no more is known than its scores and predictions. */
    public EvaluationReport(
            long step, Map<String, Double> scores, List<Evaluation.Prediction> predictions, double seconds) {
        this(step, scores, predictions, seconds, List.of());
    }
}
