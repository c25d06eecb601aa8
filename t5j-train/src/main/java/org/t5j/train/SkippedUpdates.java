package org.t5j.train;

import java.util.ArrayList;
import java.util.List;

/**
 * What an {@link UpdateGuard} must know of the past.
 *
 * @param count skipped updates in all
 * @param inRow skipped updates since the last that was made
 * @param norms gradient norms before clipping of the latest updates that were made, oldest first; at most as many as the
 *     guard's window, and none where it does not ask for them
 */
public record SkippedUpdates(long count, int inRow, List<Double> norms) {
    /** Nothing skipped, nothing known. */
    public static final SkippedUpdates NONE = new SkippedUpdates(0, 0, List.of());

    public SkippedUpdates {
        norms = norms == null ? List.of() : List.copyOf(norms);
    }

    /** After one more step. */
    SkippedUpdates after(StepReport report, int window) {
        if (report.skipped()) {
            return new SkippedUpdates(count + 1, inRow + 1, norms);
        }
        if (window == 0) {
            return count == 0 ? NONE : new SkippedUpdates(count, 0, List.of());
        }
        List<Double> latest = new ArrayList<>(norms);
        latest.add(report.gradientNorm());
        return new SkippedUpdates(count, 0, latest.subList(Math.max(0, latest.size() - window), latest.size()));
    }

    /** The median of {@link #norms}, the upper one of an even number; NaN where there are none. */
    double medianNorm() {
        return norms.stream().sorted().skip(norms.size() / 2).findFirst().orElse(Double.NaN);
    }
}
