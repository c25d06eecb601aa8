package org.t5j.core.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LogSoftmaxTest {
    private final SplittableRandom random = new SplittableRandom(3);

    @Test
    void expIsThatOfTheLibraryToTwelveDigits() {
        for (int i = 0; i < 100_000; i++) {
            float x = (float) -Math.pow(10, random.nextDouble(-8, 2.8));
            assertThat(LogSoftmax.exp(x)).isCloseTo(Math.exp(x), within(1e-12 * Math.exp(x)));
        }
        assertThat(LogSoftmax.exp(0f)).isEqualTo(1);
        assertThat(LogSoftmax.exp(Float.NEGATIVE_INFINITY)).isBetween(0.0, 1e-300);
        assertThat(LogSoftmax.exp(Float.NaN)).isNaN();
    }

    @Test
    void logProbabilitiesAreThoseOfTheDefinitionRoundedOnce() {
        for (int count : new int[] {1, 2, 5, 7, 32_128}) {
            float[] scores = new float[count + 2];
            for (int i = 0; i < scores.length; i++) {
                scores[i] = (float) random.nextDouble(-30, 30);
            }
            scores[1 + count / 2] = count > 1 ? Float.NEGATIVE_INFINITY : 3;
            float max = LogSoftmax.max(scores, 1, count);
            double sum = 0;
            for (int i = 1; i <= count; i++) {
                sum += Math.exp(scores[i] - max);
            }
            float[] expected = new float[count];
            for (int i = 0; i < count; i++) {
                expected[i] = (scores[i + 1] - max) - (float) Math.log(sum);
            }
            for (int i = 0; i < count; i++) {
                assertThat(LogSoftmax.logProbability(scores, 1, count, i)).isEqualTo(expected[i]);
                i += count / 20;
            }
            LogSoftmax.logSoftmaxInPlace(scores, 1, count);
            assertThat(java.util.Arrays.copyOfRange(scores, 1, count + 1)).isEqualTo(expected);
        }
    }
}
