package org.t5j.data.metric;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * {@code rouge} and {@code rouge_stem}: the mean over the examples of the F-measures {@code rouge1}, {@code rouge2}, {@code
 * rougeL} and {@code rougeLsum} (Lin 2004), in percent, the numbers of the Python package rouge_score. As in T5's metric, a
 * full stop between spaces ends a sentence of rougeLsum, as line feeds do.
 *
 * <p>The mean is exact. T5 reports the median of the means of 1000 random samples of the examples instead, which is this mean
 * up to chance. Of several targets, the best of each score counts. The study chooses by {@code rouge2}.
 */
public final class Rouge implements SummedMetric {
    private static final List<String> NAMES = List.of("rouge2", "rouge1", "rougeL", "rougeLsum");

    private final UnaryOperator<String> stem;

    private Rouge(UnaryOperator<String> stem) {
        this.stem = stem;
    }

    /** Words as they are. */
    public static Rouge plain() {
        return new Rouge(UnaryOperator.identity());
    }

    /** Words without their English endings, by Porter's stemmer. */
    public static Rouge stemming() {
        return new Rouge(new PorterStemmer()::stem);
    }

    @Override
    public List<String> scoreNames(String name) {
        return NAMES;
    }

    @Override
    public double[] statistics(Scored result) {
        Map<String, Double> best = best(result);
        return NAMES.stream().mapToDouble(best::get).toArray();
    }

    @Override
    public Map<String, Double> scores(double[] sums, int examples) {
        Map<String, Double> means = new LinkedHashMap<>();
        for (int i = 0; i < sums.length; i++) {
            means.put(NAMES.get(i), sums[i] / examples);
        }
        return means;
    }

    private Map<String, Double> best(Scored result) {
        Map<String, Integer> numbers = new HashMap<>();
        RougeText prediction = text(result.prediction(), numbers);
        Map<String, Double> best = new HashMap<>();
        for (String target : result.targets()) {
            RougeScore.of(text(target, numbers), prediction)
                    .forEach((name, value) -> best.merge(name, value, Math::max));
        }
        return best;
    }

    private RougeText text(String text, Map<String, Integer> numbers) {
        return RougeText.of(text.replace(" . ", " .\n"), stem, numbers);
    }
}
