package org.t5j.train.evaluate;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.t5j.core.tensor.CounterRandom;
import org.t5j.data.metric.Resampling;
import org.t5j.train.config.Require;

/**
 * How sure scores are, by scoring samples of the examples, drawn with replacement and as many as there are (Efron 1979).
 * Equal seeds draw equal samples on every machine.
 *
 * @param seed of the samples
 * @param resamples number of samples, at least 1; ends of intervals are steady from about 1000 on
 */
public record Bootstrap(long seed, int resamples) {
    /** The share of the samples that an interval holds. */
    public static final double CONFIDENCE = 0.95;

    public Bootstrap {
        Require.that(resamples >= 1, "resamples", "must be at least 1", resamples);
    }

    /** Samples by a seed of their own, independent of those for other {@code number}s. */
    Bootstrap numbered(int number) {
        return new Bootstrap(CounterRandom.key(seed, number), resamples);
    }

    /** The scores of every sample, by name. */
    public Map<String, double[]> samples(Resampling results) {
        Map<String, double[]> samples = new LinkedHashMap<>();
        for (int i = 0; i < resamples; i++) {
            int sample = i;
            results.scores(drawn(sample, results.units()))
                    .forEach((name, value) ->
                            samples.computeIfAbsent(name, each -> new double[resamples])[sample] = value);
        }
        return samples;
    }

    private int[] drawn(int sample, int units) {
        long key = CounterRandom.key(seed, sample);
        return IntStream.range(0, units)
                .map(i -> (int) (CounterRandom.uniform(key, i) * units))
                .toArray();
    }

    /** The middle {@value #CONFIDENCE} of {@code values} that are numbers, by percentiles; null where none is. */
    public static Interval interval(double[] values) {
        double[] sorted = Arrays.stream(values)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        double tail = (1 - CONFIDENCE) / 2;
        return sorted.length == 0 ? null : new Interval(quantile(sorted, tail), quantile(sorted, 1 - tail));
    }

    /** Between neighbours in proportion, as numpy's {@code quantile}. */
    private static double quantile(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] == sorted[above]
                ? sorted[below]
                : sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    /**
     * Compares two models by the same samples of the same examples (Koehn 2004). The p-value counts both tails of the
     * differences around their mean; sacrebleu's {@code --paired-bs} counts one, about half as many.
     *
     * @param first results of the first model
     * @param second results of the second, of as many units
     * @return by the names of the scores that both have
     */
    public Map<String, PairedDifference> compare(Resampling first, Resampling second) {
        Map<String, double[]> samples = samples(first);
        Map<String, double[]> others = samples(second);
        Map<String, Double> scores = first.scores();
        Map<String, Double> otherScores = second.scores();
        Map<String, PairedDifference> differences = new LinkedHashMap<>();
        scores.forEach((name, score) -> {
            if (otherScores.containsKey(name)) {
                differences.put(name, difference(score, otherScores.get(name), samples.get(name), others.get(name)));
            }
        });
        return differences;
    }

    private static PairedDifference difference(double first, double second, double[] firsts, double[] seconds) {
        double[] differences = IntStream.range(0, firsts.length)
                .mapToDouble(i -> seconds[i] - firsts[i])
                .filter(value -> !Double.isNaN(value))
                .toArray();
        double mean = Arrays.stream(differences).average().orElse(0);
        double observed = Math.abs(second - first);
        long asFar = Arrays.stream(differences)
                .filter(value -> Math.abs(value - mean) >= observed)
                .count();
        return new PairedDifference(first, second, interval(differences), (asFar + 1.0) / (differences.length + 1));
    }
}
