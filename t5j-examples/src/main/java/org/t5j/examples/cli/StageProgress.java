package org.t5j.examples.cli;

import java.io.PrintWriter;
import java.util.Locale;
import org.t5j.tokenizer.train.Progress;

/** Tells how far each stage of a long work has come: on a terminal in one line, elsewhere a line every ten seconds. */
final class StageProgress implements Progress {
    private static final double SECOND = 1e9;

    private final PrintWriter out;
    private final boolean terminal = Boolean.getBoolean("t5j.terminal");
    private String stage = "";
    private long started;
    private long told;
    private long doneBefore;

    StageProgress(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void report(String name, long done, long total) {
        long now = System.nanoTime();
        if (!name.equals(stage)) {
            end();
            stage = name;
            started = now;
            told = now;
            doneBefore = done;
        }
        if (now - told >= (terminal ? 0.2 : 10) * SECOND) {
            tell(done, total, (now - started) / SECOND);
            told = now;
        }
    }

    private void tell(long done, long total, double seconds) {
        double rate = (done - doneBefore) / seconds;
        String share = total > 0 ? String.format(Locale.ROOT, " of %,d (%d %%)", total, 100 * done / total) : "";
        String line = String.format(Locale.ROOT, "%s: %,d%s, %,.0f a second", stage, done, share, rate);
        if (terminal) {
            out.print("\r\033[K" + line);
        } else {
            out.println(line);
        }
        out.flush();
    }

    /** Leaves the line of the last stage, if there is one. */
    void end() {
        if (terminal && told != started) {
            out.print("\r\033[K");
            out.flush();
        }
    }
}
