package org.t5j.data.metric;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A metric whose scores follow from sums over the examples, such as counts of matches or the scores of single examples.
 * What an example adds is found once, so that scores of many samples cost little.
 */
public interface SummedMetric extends Metric {

    /** What one example adds to the sums; of the same length for every example. */
    double[] statistics(Scored result);

    /**
     * The scores, by name.
     *
     * @param sums of the {@link #statistics} of the examples, in their order
     * @param examples how many, at least one
     */
    Map<String, Double> scores(double[] sums, int examples);

    @Override
    default Map<String, Double> compute(List<Scored> results) {
        return scores(sum(results.stream().map(this::statistics)), results.size());
    }

    @Override
    default Resampling resampling(List<Scored> results) {
        double[][] statistics = results.stream().map(this::statistics).toArray(double[][]::new);
        return Resampling.of(
                statistics.length,
                drawn -> scores(sum(IntStream.of(drawn).mapToObj(i -> statistics[i])), drawn.length));
    }

    private static double[] sum(Stream<double[]> statistics) {
        double[][] sums = new double[1][];
        statistics.forEachOrdered(each -> {
            if (sums[0] == null) {
                sums[0] = new double[each.length];
            }
            double[] into = sums[0];
            Arrays.setAll(into, i -> into[i] + each[i]);
        });
        return sums[0];
    }
}
