package org.t5j.core.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;

/**
 * A {@link DecoderState} over a {@link MarkovModel} that keeps the tokens of every row itself, follows {@code reorder},
 * and checks every call against the contract. A search that reorders wrongly gets the logits of other tokens than it
 * thinks.
 */
final class MarkovDecoder implements DecoderState {
    private final MarkovModel model;
    private final int rowsPerInput;
    private int[][] fed;
    private final float[] logits;
    private int steps;

    MarkovDecoder(MarkovModel model, int batch, int rowsPerInput) {
        this.model = model;
        this.rowsPerInput = rowsPerInput;
        this.fed = new int[batch * rowsPerInput][0];
        this.logits = new float[rows() * vocabSize()];
    }

    @Override
    public int rows() {
        return fed.length;
    }

    @Override
    public int vocabSize() {
        return model.vocabSize();
    }

    @Override
    public float[] step(int[] tokens) {
        assertThat(tokens).hasSize(rows());
        steps++;
        for (int row = 0; row < rows(); row++) {
            assertThat(tokens[row]).isBetween(0, vocabSize() - 1);
            fed[row] = Arrays.copyOf(fed[row], steps);
            fed[row][steps - 1] = tokens[row];
            float[] next = model.logits(row / rowsPerInput, fed[row], steps);
            System.arraycopy(next, 0, logits, row * vocabSize(), vocabSize());
        }
        return logits;
    }

    @Override
    public void reorder(int[] parents) {
        assertThat(parents).hasSize(rows());
        int[][] reordered = new int[rows()][];
        for (int row = 0; row < rows(); row++) {
            assertThat(parents[row] / rowsPerInput)
                    .as("input of the row that row %d continues", row)
                    .isEqualTo(row / rowsPerInput);
            reordered[row] = fed[parents[row]].clone();
        }
        fed = reordered;
        Arrays.fill(logits, Float.NaN);
    }

    int steps() {
        return steps;
    }

    /** All tokens that a row was fed. */
    int[] fed(int row) {
        return fed[row];
    }

    @Override
    public void close() {}
}
