package org.t5j.data.metric;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Results whose scores can be computed again and again over samples of them, as a bootstrap does. Stateless. */
public interface Resampling {

    /** Number of what is drawn, one independent of the other: examples, or groups of examples that belong together. */
    int units();

    /**
     * The scores by name of the units that are drawn, each counted as often as it is drawn.
     *
     * @param drawn indices from 0 to below {@link #units}, at least one
     */
    Map<String, Double> scores(int[] drawn);

    /** A resampling by a function of indices. */
    static Resampling of(int units, Function<int[], Map<String, Double>> scores) {
        return new Resampling() {
            @Override
            public int units() {
                return units;
            }

            @Override
            public Map<String, Double> scores(int[] drawn) {
                return scores.apply(drawn);
            }
        };
    }

    /** A resampling of {@code units} by a function of those that are drawn. */
    static <T> Resampling of(List<T> units, Function<List<T>, Map<String, Double>> scores) {
        return of(
                units.size(),
                drawn -> scores.apply(IntStream.of(drawn).mapToObj(units::get).toList()));
    }

    /** The scores of all units, each once. */
    default Map<String, Double> scores() {
        return scores(IntStream.range(0, units()).toArray());
    }

    /** The same with other names of scores. */
    default Resampling named(UnaryOperator<String> name) {
        return of(units(), drawn -> {
            Map<String, Double> named = new LinkedHashMap<>();
            scores(drawn).forEach((score, value) -> named.put(name.apply(score), value));
            return named;
        });
    }
}
