package org.t5j.data.batch;

import org.t5j.data.DataException;

/**
 * To which length the rows of a batch are padded.
 *
 * @param maxInputs length of inputs at most
 * @param maxTargets length of targets at most
 * @param multiple rows are as long as the longest, rounded up to a multiple of this, but not above the maximum; 0: always
 *     the maximum
 */
public record Padding(int maxInputs, int maxTargets, int multiple) {

    public Padding {
        DataException.check(
                multiple >= 0, "padToMultiple is %d, but must be 0 (always full length) or more.", multiple);
    }

    int inputs(int longest) {
        return pad(longest, maxInputs, "input");
    }

    int targets(int longest) {
        return pad(longest, maxTargets, "target");
    }

    private int pad(int longest, int maximum, String side) {
        DataException.check(
                longest <= maximum,
                "An example has %d %s ids, but %d is the maximum. Trim it.",
                longest,
                side,
                maximum);
        return multiple == 0 ? maximum : Math.min((longest + multiple - 1) / multiple * multiple, maximum);
    }
}
