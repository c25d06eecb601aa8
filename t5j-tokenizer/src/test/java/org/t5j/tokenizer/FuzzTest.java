package org.t5j.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import org.junit.jupiter.api.Test;

/** Damaged models and texts of any characters, some seconds of them; see {@link Fuzz} for a longer run. */
class FuzzTest {

    @Test
    void aModelIsRefusedOrWorksOnEveryText() {
        long seed = Long.getLong("t5j.fuzz.seed", 0);
        long seconds = Long.getLong("t5j.fuzz.seconds", 0);
        long deadline = System.nanoTime() + seconds * 1_000_000_000;
        Fuzz fuzz = new Fuzz();
        for (long round = 0; round < 3000 || System.nanoTime() < deadline; round++) {
            try {
                fuzz.round(seed + round);
            } catch (RuntimeException | Error defect) {
                fail("round " + (seed + round) + " (run it alone with -Dt5j.fuzz.seed=" + (seed + round) + ")", defect);
            }
        }
        if (seconds > 0) {
            System.out.printf("%d models refused, %d used%n", fuzz.refused(), fuzz.used());
        }
        assertThat(fuzz.used()).isGreaterThan(300);
        assertThat(fuzz.refused()).isGreaterThan(300);
    }
}
