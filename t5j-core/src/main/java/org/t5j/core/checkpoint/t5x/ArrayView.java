package org.t5j.core.checkpoint.t5x;

import org.t5j.core.checkpoint.TensorEntry;

/** An array of one or two dimensions under another name, rows and columns exchanged if {@code transposed}. */
record ArrayView(String name, StoredArray array, boolean transposed) {
    TensorEntry entry() {
        int[] shape = array.shape().stream().mapToInt(Math::toIntExact).toArray();
        if (transposed) {
            shape = new int[] {shape[1], shape[0]};
        }
        return TensorEntry.of(name, array.dtype(), shape);
    }

    /** Copies elements {@code from … from+count-1} in the order of the view. */
    void read(long from, float[] target, int targetOffset, int count) {
        if (!transposed) {
            array.read(from, target, targetOffset, count);
            return;
        }
        long columns = array.shape().get(0);
        long rows = array.shape().get(1);
        long firstRow = from / columns;
        int band = (int) ((from + count - 1) / columns - firstRow + 1);
        float[] values = new float[band];
        for (long column = 0; column < columns; column++) {
            array.read(column * rows + firstRow, values, 0, band);
            for (int row = 0; row < band; row++) {
                long at = (firstRow + row) * columns + column - from;
                if (at >= 0 && at < count) {
                    target[targetOffset + (int) at] = values[row];
                }
            }
        }
    }
}
