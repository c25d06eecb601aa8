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
 */
public record EvaluationReport(
        long step, Map<String, Double> scores, List<Evaluation.Prediction> predictions, double seconds) {}
