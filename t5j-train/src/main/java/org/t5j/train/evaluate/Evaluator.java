package org.t5j.train.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.t5j.core.NearestName;
import org.t5j.core.SequenceModel;
import org.t5j.core.T5Exception;

/**
 * All evaluations of a run and the score that its best checkpoint is chosen by: a named one, by default the main score of
 * the only evaluation, or {@value #AVERAGE}, the mean of the main scores of several.
 */
public final class Evaluator {
    /** The mean of the main scores of all evaluations; where some are better high and some low, the latter are subtracted. */
    public static final String AVERAGE = "average";

    private final List<Evaluation> evaluations;
    /** Those of the evaluations that score. */
    private final List<Evaluation> scoring;

    private final String bestScore;

    private Evaluator(List<Evaluation> evaluations, List<Evaluation> scoring, String bestScore) {
        this.evaluations = List.copyOf(evaluations);
        this.scoring = scoring;
        this.bestScore = bestScore;
    }

    /** Scores nothing. */
    public static Evaluator none() {
        return new Evaluator(List.of(), List.of(), "");
    }

    /**
     * All of {@code evaluations}.
     *
     * @param bestScore the score to choose checkpoints by, or null for the default
     * @throws T5Exception where none of them makes that score; the message names the nearest
     */
    public static Evaluator of(List<Evaluation> evaluations, String bestScore) {
        Set<String> names = new TreeSet<>();
        List<Evaluation> scoring = new ArrayList<>();
        for (Evaluation evaluation : evaluations) {
            Set<String> own = evaluation.scoreNames();
            names.addAll(own);
            if (!own.isEmpty()) {
                scoring.add(evaluation);
            }
        }
        if (scoring.isEmpty()) {
            return new Evaluator(evaluations, scoring, "");
        }
        String chosen = bestScore != null
                ? bestScore
                : scoring.size() == 1 ? scoring.get(0).mainScore() : AVERAGE;
        if (scoring.size() > 1) {
            names.add(AVERAGE);
        }
        if (!names.contains(chosen)) {
            throw new T5Exception("eval.metric is \"" + chosen + "\"" + NearestName.quotedQuestion(names, chosen)
                    + " There are " + String.join(", ", names));
        }
        return new Evaluator(evaluations, scoring, chosen);
    }

    /** Whether there is anything to score by; if not, models can only predict. */
    public boolean scores() {
        return !scoring.isEmpty();
    }

    /** The score that the best checkpoint is chosen by. */
    public String bestScore() {
        return bestScore;
    }

    /** What has to be quoted with scores, see {@link Evaluation#signatures}; by score name. */
    public Map<String, String> signatures() {
        Map<String, String> signatures = new LinkedHashMap<>();
        evaluations.forEach(evaluation -> signatures.putAll(evaluation.signatures()));
        return signatures;
    }

    /** Whether {@code value} of the {@link #bestScore} is better than {@code than}. */
    public boolean isBetter(double value, double than) {
        return higherIsBetter() ? value > than : value < than;
    }

    private boolean higherIsBetter() {
        return bestScore.equals(AVERAGE)
                ? scoring.stream().anyMatch(Evaluator::mainScoreRises)
                : scoring.stream().allMatch(evaluation -> evaluation.higherIsBetter(bestScore));
    }

    private static boolean mainScoreRises(Evaluation evaluation) {
        return evaluation.higherIsBetter(evaluation.mainScore());
    }

    /** 1 for scores that are better high or where all are better low, -1 for those that are better low among others. */
    private int sign(Evaluation evaluation) {
        return mainScoreRises(evaluation) || scoring.stream().noneMatch(Evaluator::mainScoreRises) ? 1 : -1;
    }

    /**
     * Scores a model.
     *
     * @param step for the report
     */
    public EvaluationReport evaluate(SequenceModel model, long step) {
        long start = System.nanoTime();
        Map<String, Double> scores = new LinkedHashMap<>();
        List<Evaluation.Prediction> predictions = new ArrayList<>();
        List<Evaluation.Result> results = new ArrayList<>();
        double sum = 0;
        for (Evaluation evaluation : evaluations) {
            Evaluation.Result result = evaluation.evaluate(model);
            results.add(result);
            scores.putAll(result.scores());
            predictions.addAll(result.predictions());
            if (scoring.contains(evaluation)) {
                sum += sign(evaluation) * result.scores().get(evaluation.mainScore());
            }
        }
        if (scoring.size() > 1) {
            scores.put(AVERAGE, sum / scoring.size());
        }
        return new EvaluationReport(step, scores, predictions, (System.nanoTime() - start) * 1e-9, results);
    }

    /**
     * How sure the scores of a report of this evaluator are.
     *
     * @return by name of the score, in the report's order; those are left out of which it is not known
     */
    public Map<String, Interval> intervals(EvaluationReport report, Bootstrap bootstrap) {
        Map<String, double[]> samples = new HashMap<>();
        for (int i = 0; i < report.results().size(); i++) {
            Bootstrap own = bootstrap.numbered(i);
            report.results().get(i).resamplings().get().forEach(each -> samples.putAll(own.samples(each)));
        }
        if (scoring.size() > 1 && scoring.stream().allMatch(each -> samples.containsKey(each.mainScore()))) {
            samples.put(AVERAGE, average(samples, bootstrap.resamples()));
        }
        Map<String, Interval> intervals = new LinkedHashMap<>();
        report.scores().keySet().forEach(score -> {
            Interval interval = samples.containsKey(score) ? Bootstrap.interval(samples.get(score)) : null;
            if (interval != null) {
                intervals.put(score, interval);
            }
        });
        return intervals;
    }

    private double[] average(Map<String, double[]> samples, int count) {
        double[] averages = new double[count];
        for (Evaluation each : scoring) {
            double[] own = samples.get(each.mainScore());
            Arrays.setAll(averages, i -> averages[i] + sign(each) * own[i] / scoring.size());
        }
        return averages;
    }
}
