package org.t5j.tokenizer.train;

/**
 * Which lines of the input a vocabulary is trained on. Empty lines and those that hold ▅ (U+2585) never count.
 *
 * @param maxBytes longer lines are left out, 10 to 1073741824
 * @param maxLines lines to train on; 0 for all
 * @param shuffle whether they are drawn at random from all lines, not the first
 * @param seed seed of that draw, of which the lower 32 bits count
 * @param selfTestSamples lines to store in the model with their pieces, for {@code spm_encode} to check, 0 to 1000
 * @param selfTestSeed seed of the draw of those lines ({@code --random_seed})
 */
public record LineSelection(
        int maxBytes, int maxLines, boolean shuffle, long seed, int selfTestSamples, long selfTestSeed) {

    /** The seed of {@code spm_train}. */
    public static final long SPM_SEED = 12_345_678;

    /** What {@code spm_train} does unless told otherwise: all lines up to 4192 bytes. */
    public static final LineSelection DEFAULT = new LineSelection(4192, 0, true, SPM_SEED, 0, 0);

    public LineSelection {
        Setting.require(maxBytes >= 10 && maxBytes <= 1 << 30, "maxLineBytes", maxBytes, "10 to 1073741824");
        Setting.require(maxLines >= 0, "maxLines", maxLines, "at least 0, where 0 means all");
        Setting.require(
                selfTestSamples >= 0 && selfTestSamples <= 1000, "selfTestSamples", selfTestSamples, "0 to 1000");
    }
}
