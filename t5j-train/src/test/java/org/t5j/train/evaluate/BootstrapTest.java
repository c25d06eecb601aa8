package org.t5j.train.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.t5j.data.Example;
import org.t5j.data.metric.Metrics;
import org.t5j.data.metric.Resampling;
import org.t5j.data.metric.Scored;
import org.t5j.train.config.ConfigException;

/** Intervals and p-values by samples, against what is known in closed form. */
class BootstrapTest {
    private static final Bootstrap BOOTSTRAP = new Bootstrap(0, 2000);

    /** Accuracy of {@code count} answers of which every {@code wrongEvery}th is wrong. */
    private static Resampling accuracy(int count, int wrongEvery) {
        return Metrics.named("accuracy")
                .resampling(IntStream.range(0, count)
                        .mapToObj(i ->
                                new Scored(Example.of("", "yes"), List.of("yes"), i % wrongEvery == 0 ? "no" : "yes"))
                        .toList());
    }

    private static Interval interval(Bootstrap bootstrap, Resampling results) {
        return Bootstrap.interval(bootstrap.samples(results).get("accuracy"));
    }

    @Test
    void theIntervalOfAShareIsTheBinomials() {
        // 800 of 1000 are right: 80 ± 1.96 √(0.8 · 0.2 / 1000) · 100
        double half = 1.959964 * Math.sqrt(0.8 * 0.2 / 1000) * 100;
        Interval interval = interval(BOOTSTRAP, accuracy(1000, 5));
        assertThat(interval.low()).isCloseTo(80 - half, within(0.25));
        assertThat(interval.high()).isCloseTo(80 + half, within(0.25));
    }

    @Test
    void equalSeedsGiveEqualIntervalsAndOthersNot() {
        Resampling results = accuracy(300, 3);
        Interval interval = interval(new Bootstrap(7, 500), results);
        assertThat(interval(new Bootstrap(7, 500), results)).isEqualTo(interval);
        assertThat(new Bootstrap(8, 500).samples(results).get("accuracy"))
                .isNotEqualTo(new Bootstrap(7, 500).samples(results).get("accuracy"));
        // recorded: the same on every machine
        assertThat(new Bootstrap(7, 3).samples(accuracy(5, 2)).get("accuracy")).containsExactly(80, 20, 40);
    }

    @Test
    void allRightIsAnIntervalOfOnePoint() {
        Resampling all =
                Metrics.named("accuracy").resampling(List.of(new Scored(Example.of("", "yes"), List.of("yes"), "yes")));
        assertThat(interval(BOOTSTRAP, all)).isEqualTo(new Interval(100, 100));
    }

    @Test
    void quantilesAreNumpys() {
        // numpy.quantile(range(41), [0.025, 0.975])
        Interval interval = Bootstrap.interval(
                IntStream.range(0, 41).mapToDouble(i -> 40 - i).toArray());
        assertThat(interval.low()).isCloseTo(1, within(1e-12));
        assertThat(interval.high()).isCloseTo(39, within(1e-12));
        assertThat(Bootstrap.interval(new double[] {Double.NaN, 2, Double.NaN})).isEqualTo(new Interval(2, 2));
        assertThat(Bootstrap.interval(new double[] {Double.NaN})).isNull();
    }

    @Test
    void equalModelsDifferInNothing() {
        PairedDifference difference =
                BOOTSTRAP.compare(accuracy(200, 4), accuracy(200, 4)).get("accuracy");
        assertThat(difference.pValue()).isEqualTo(1);
        assertThat(difference.difference()).isZero();
        assertThat(difference.interval()).isEqualTo(new Interval(0, 0));
    }

    @Test
    void aSmallDifferenceMayBeChanceAndALargeOneIsNot() {
        // 20 % wrong against 16.7 %, of 60; and against 50 %, of 600
        PairedDifference small =
                BOOTSTRAP.compare(accuracy(60, 5), accuracy(60, 6)).get("accuracy");
        assertThat(small.pValue()).isGreaterThan(0.2);
        assertThat(small.interval().low()).isNegative();
        assertThat(small.interval().high()).isPositive();
        PairedDifference large =
                BOOTSTRAP.compare(accuracy(600, 2), accuracy(600, 5)).get("accuracy");
        assertThat(large.pValue()).isEqualTo(1 / 2001.0);
        assertThat(large.difference()).isCloseTo(30, within(1e-9));
        assertThat(large.interval().low()).isPositive();
    }

    /** Of discordant pairs alone the variance of a paired difference is (b + c) / n² - (b - c)² / n³. */
    @Test
    void theIntervalOfAPairedDifferenceIsMcNemars() {
        Resampling first = accuracy(1000, 4);
        Resampling second = accuracy(1000, 5);
        int onlyFirst = (int)
                IntStream.range(0, 1000).filter(i -> i % 4 != 0 && i % 5 == 0).count();
        int onlySecond = (int)
                IntStream.range(0, 1000).filter(i -> i % 4 == 0 && i % 5 != 0).count();
        double mean = (onlySecond - onlyFirst) / 1000.0;
        double half = 1.959964 * Math.sqrt(((onlyFirst + onlySecond) / 1000.0 - mean * mean) / 1000);
        Interval interval = BOOTSTRAP.compare(first, second).get("accuracy").interval();
        assertThat(interval.low()).isCloseTo(100 * (mean - half), within(0.3));
        assertThat(interval.high()).isCloseTo(100 * (mean + half), within(0.3));
    }

    @Test
    void scoresThatOneSideLacksAreLeftOut() {
        Resampling two = Resampling.of(List.of(1.0), drawn -> Map.of("a", 1.0, "b", 2.0));
        Resampling one = Resampling.of(List.of(1.0), drawn -> Map.of("b", 3.0, "c", 2.0));
        assertThat(BOOTSTRAP.compare(two, one)).containsOnlyKeys("b");
    }

    @Test
    void noSamplesAreRefused() {
        assertThatThrownBy(() -> new Bootstrap(0, 0))
                .isInstanceOf(ConfigException.class)
                .hasMessage("resamples must be at least 1, found 0");
    }
}
