package org.t5j.train.setup;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.t5j.data.dataset.Dataset;

/** How much of what a task is to write its vocabulary does not know: nothing teaches a model to write that. */
final class UnknownTokens {
    private static final int LOOKED_AT = 200;
    private static final double TOLERATED = 0.005;

    private UnknownTokens() {}

    /** What to say of a task with too many of them, of its first examples' target tokens. */
    static Optional<String> doubt(Dataset task, int unkId) {
        Dataset.Epoch epoch = task.epoch(0, 0);
        long examples = Math.min(LOOKED_AT, epoch.size());
        long tokens = 0;
        long unknown = 0;
        for (long i = 0; i < examples; i++) {
            int[] targets = epoch.example(i).targets();
            tokens += targets.length;
            unknown += Arrays.stream(targets).filter(id -> id == unkId).count();
        }
        if (unknown <= TOLERATED * tokens) {
            return Optional.empty();
        }
        return Optional.of(String.format(
                Locale.ROOT,
                "Task %s: the vocabulary does not know %.2g %% of the target tokens (of %d examples), and a model cannot"
                        + " learn to write them. Take a vocabulary whose text has these characters; tokenizer train"
                        + " --character-coverage 1 keeps rare ones too",
                task.name(),
                100.0 * unknown / tokens,
                examples));
    }
}
