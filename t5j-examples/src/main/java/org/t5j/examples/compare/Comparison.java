package org.t5j.examples.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.t5j.core.T5Exception;
import org.t5j.train.evaluate.Bootstrap;

/**
 * Two runs, or files of predictions, side by side.
 *
 * @param scores by name
 * @param losses of training; null where not both sides logged some
 * @param settings that differ, by key
 * @param notes what could not be compared, and why
 */
public record Comparison(
        Side first,
        Side second,
        Map<String, ScoreDifference> scores,
        Losses losses,
        Map<String, Settings.Pair> settings,
        List<String> notes) {

    /**
     * Compares what stands in two places.
     *
     * @param step of runs: {@code best}, {@code latest} or the number of updates
     * @param metricNames metrics to compute for every task; if empty, those of the runs
     * @throws T5Exception where a place holds neither a run nor predictions, there is nothing in common, or the examples
     *     differ; the message names the first
     */
    public static Comparison of(Path first, Path second, String step, List<String> metricNames, Bootstrap bootstrap) {
        Side ours = Side.read(first, step);
        Side theirs = Side.read(second, step);
        List<String> notes = new ArrayList<>();
        Map<String, ScoreDifference> scores = new Scores(ours, theirs, metricNames, bootstrap).compare(notes);
        Losses losses = Losses.of(ours.losses(), theirs.losses());
        if (scores.isEmpty() && losses == null) {
            throw new T5Exception(ours + " and " + theirs + " have nothing in common to compare: tasks "
                    + ours.predictions().keySet() + " and "
                    + theirs.predictions().keySet()
                    + ", and no steps of training");
        }
        Map<String, Settings.Pair> settings = Settings.differences(ours.config(), theirs.config());
        return new Comparison(ours, theirs, scores, losses, settings, notes);
    }
}
