package org.t5j.tokenizer.unigram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LogSumTest {

    @Test
    void theTableIsExactToFifteenDigitsAfterThePoint() {
        for (double d = -51; d <= 0; d += 1.0 / 4096 - 1e-7) {
            double exact = StrictMath.log1p(StrictMath.exp(d));
            assertThat(LogSum.log1pExp(d)).as("%s", d).isCloseTo(exact, within(1e-15));
        }
        assertThat(LogSum.log1pExp(0)).isCloseTo(StrictMath.log(2), within(1e-15));
    }

    @Test
    void theSumIsThatOfTheExactFormulaRoundedToAFloat() {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 1_000_000; i++) {
            float x = -100 * (float) random.nextDouble();
            float y = x - 60 * (float) random.nextDouble();
            float expected = x > y + 50 ? x : (float) (x + StrictMath.log(StrictMath.exp((double) (y - x)) + 1.0));
            assertThat(LogSum.of(x, y)).isEqualTo(expected);
            assertThat(LogSum.of(y, x)).isEqualTo(expected);
        }
    }
}
