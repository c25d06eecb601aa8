package org.t5j.data.metric;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.t5j.data.EditDistance;

/**
 * {@code character_error_rate} and {@code word_error_rate}: the fewest insertions, deletions and substitutions that turn
 * the predictions into the targets, in percent of the length of the targets, over the whole corpus. Can exceed 100.
 */
public final class ErrorRate implements SummedMetric {
    private final String name;
    private final Function<String, List<?>> units;

    private ErrorRate(String name, Function<String, List<?>> units) {
        this.name = name;
        this.units = units;
    }

    /** Counts in code points. */
    public static ErrorRate ofCharacters() {
        return new ErrorRate(
                "character_error_rate", text -> text.codePoints().boxed().toList());
    }

    /** Counts in words. */
    public static ErrorRate ofWords() {
        return new ErrorRate("word_error_rate", Words::of);
    }

    @Override
    public double[] statistics(Scored result) {
        List<?> target = units.apply(result.target());
        return new double[] {EditDistance.of(units.apply(result.prediction()), target), target.size()};
    }

    @Override
    public Map<String, Double> scores(double[] sums, int examples) {
        return Map.of(name, 100.0 * sums[0] / Math.max(sums[1], 1));
    }

    @Override
    public boolean higherIsBetter() {
        return false;
    }
}
