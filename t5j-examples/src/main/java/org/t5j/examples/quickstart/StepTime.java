package org.t5j.examples.quickstart;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.t5j.core.StepOptions;
import org.t5j.core.T5Batch;
import org.t5j.core.T5Config;
import org.t5j.core.T5Model;

/** How fast this machine is, now: seconds of a training step of the quickstart's size. */
final class StepTime {
    private static final int WARM_UP = 4;
    private static final int TIMED = 7;

    private StepTime() {}

    /** The median of a few steps on random tokens; takes some seconds. */
    static double measure() {
        T5Config config = T5Config.preset("tiny").withVocabSize(1664);
        SplittableRandom random = new SplittableRandom(1);
        T5Batch batch = T5Batch.of(
                config,
                64,
                24,
                24,
                random.ints(64 * 24, 2, config.vocabSize()).toArray(),
                random.ints(64 * 24, 2, config.vocabSize()).toArray());
        double[] seconds = new double[TIMED];
        try (T5Model model = T5Model.create(config, 1)) {
            for (int i = -WARM_UP; i < TIMED; i++) {
                long started = System.nanoTime();
                model.zeroGradients();
                model.forwardBackward(batch, StepOptions.plain(batch));
                if (i >= 0) {
                    seconds[i] = (System.nanoTime() - started) * 1e-9;
                }
            }
        }
        Arrays.sort(seconds);
        return seconds[TIMED / 2];
    }
}
