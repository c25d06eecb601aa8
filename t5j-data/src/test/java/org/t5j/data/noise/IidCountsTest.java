package org.t5j.data.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** The law of counts under an i.i.d. mask, against all masks of short segments and against known values. */
class IidCountsTest {

    @Test
    void theLawIsThatOfAllMasks() {
        int[][] weights = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {1, 0, 1}, {1, 1, 0}, {2, 1, 3}};
        for (int[] w : weights) {
            for (int length = 1; length <= 10; length++) {
                IidCounts counts = IidCounts.of(length, 0.3, w[0], w[1], w[2]);
                for (int limit = 0; limit <= 12; limit++) {
                    assertThat(counts.moreThan(limit))
                            .as("%d tokens, limit %d", length, limit)
                            .isCloseTo(moreThan(limit, length, 0.3, w), within(1e-12));
                }
            }
        }
    }

    private static double moreThan(int limit, int length, double density, int[] weights) {
        double probability = 0;
        for (int bits = 0; bits < 1 << length; bits++) {
            boolean[] mask = new boolean[length];
            for (int i = 0; i < length; i++) {
                mask[i] = (bits >> i & 1) == 1;
            }
            int noise = NoiseRuns.tokens(mask);
            int count =
                    weights[0] * noise + weights[1] * NoiseRuns.ofNoise(mask) + weights[2] * NoiseRuns.ofOthers(mask);
            if (count > limit) {
                probability += Math.pow(density, noise) * Math.pow(1 - density, length - noise);
            }
        }
        return probability;
    }

    @Test
    void meansAreThoseOfTheFormulas() {
        assertThat(IidCounts.of(511, 0.15, 1, 0, 0).mean()).isCloseTo(511 * 0.15, within(1e-9));
        assertThat(IidCounts.of(511, 0.15, 0, 1, 0).mean()).isCloseTo(0.15 + 510 * 0.15 * 0.85, within(1e-9));
        assertThat(IidCounts.of(511, 0.5, 0, 1, 0).mean()).isCloseTo(128, within(1e-9));
    }

    @Test
    void atMostIsTheLeastLimitThatIsSafeEnough() {
        IidCounts counts = IidCounts.of(511, 0.15, 1, 0, 1);
        int limit = counts.atMost(1e-9);
        assertThat(counts.moreThan(limit)).isLessThanOrEqualTo(1e-9);
        assertThat(counts.moreThan(limit - 1)).isGreaterThan(1e-9);
        assertThat(IidCounts.of(10, 0.15, 1, 0, 0).atMost(1)).isZero();
        assertThat(IidCounts.of(10, 1, 1, 0, 0).atMost(1e-9)).isEqualTo(10);
        assertThat(IidCounts.of(10, 0, 1, 0, 1).atMost(1e-9)).isEqualTo(1);
    }
}
