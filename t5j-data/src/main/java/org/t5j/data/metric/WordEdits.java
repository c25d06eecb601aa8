package org.t5j.data.metric;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.t5j.data.EditDistance;

/**
 * {@code edit_distance}: insertions, deletions and substitutions of words that turn a prediction into its target, in lower
 * case: {@code mean_edit}, {@code median_edit}, {@code min_edit}, {@code max_edit} and {@code sum_edit} over the examples.
 * The numbers of T5's {@code edit_distance}: words are parted at every single character that is no letter, digit or
 * underscore, so two such characters in a row make an empty word.
 */
public final class WordEdits implements Metric {
    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}_]");

    @Override
    public Map<String, Double> compute(List<Scored> results) {
        return resampling(results).scores();
    }

    @Override
    public Resampling resampling(List<Scored> results) {
        double[] edits = results.stream()
                .mapToDouble(result -> EditDistance.of(words(result.prediction()), words(result.target())))
                .toArray();
        return Resampling.of(
                edits.length,
                drawn -> scores(
                        IntStream.of(drawn).mapToDouble(i -> edits[i]).sorted().toArray()));
    }

    /** @param edits in ascending order */
    private static Map<String, Double> scores(double[] edits) {
        double sum = Arrays.stream(edits).sum();
        int count = edits.length;
        return Map.of(
                "mean_edit",
                sum / count,
                "median_edit",
                (edits[(count - 1) / 2] + edits[count / 2]) / 2,
                "min_edit",
                edits[0],
                "max_edit",
                edits[count - 1],
                "sum_edit",
                sum);
    }

    private static List<String> words(String text) {
        return List.of(NO_WORD.split(text.toLowerCase(Locale.ROOT), -1));
    }

    @Override
    public List<String> scoreNames(String name) {
        return List.of("mean_edit", "median_edit", "min_edit", "max_edit", "sum_edit");
    }

    @Override
    public boolean higherIsBetter() {
        return false;
    }
}
