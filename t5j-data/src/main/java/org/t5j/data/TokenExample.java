package org.t5j.data;

import java.util.Arrays;

/**
 * One example as ids, end-of-sequence tokens included, without padding. The arrays are not copied: whoever makes one
 * hands them over, whoever reads one leaves them as they are.
 *
 * @param inputs what the encoder reads
 * @param targets what the decoder learns to write; never empty in a batch
 */
public record TokenExample(int[] inputs, int[] targets) {

    @Override
    public boolean equals(Object other) {
        return other instanceof TokenExample that
                && Arrays.equals(inputs, that.inputs)
                && Arrays.equals(targets, that.targets);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(inputs) + Arrays.hashCode(targets);
    }

    @Override
    public String toString() {
        return "inputs " + Arrays.toString(inputs) + " targets " + Arrays.toString(targets);
    }
}
