package org.t5j.examples.cli;

import java.io.PrintWriter;
import org.t5j.tokenizer.train.Progress;

/** Tells people how far a training has come, at most every two seconds. For one thread. */
final class ProgressLines implements Progress {
    private static final long NANOS_BETWEEN = 2_000_000_000L;

    private final PrintWriter out;
    private long last = System.nanoTime();

    ProgressLines(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void report(String stage, long done, long total) {
        if (System.nanoTime() - last >= NANOS_BETWEEN) {
            out.println(total < 0 ? stage + ": " + done : stage + ": " + done + " of " + total);
            out.flush();
            last = System.nanoTime();
        }
    }
}
