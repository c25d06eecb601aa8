package org.t5j.train.run;

import org.t5j.core.checkpoint.SafetensorsReader;
import org.t5j.core.checkpoint.SafetensorsWriter;
import org.t5j.core.tensor.Backend;
import org.t5j.core.tensor.Tensor;

/** Tensors of a backend in safetensors files, written and read in pieces, so that the heap never holds a whole one. */
final class SavedTensors {
    private static final int PIECE = 1 << 18;

    private SavedTensors() {}

    /** Adds a tensor to a file, for which it is read when the file is written. */
    static void add(SafetensorsWriter writer, String name, Tensor tensor, Backend backend) {
        Tensor flat = flat(tensor);
        writer.add(
                name,
                (from, target, count) -> backend.read(flat.rowsView(Math.toIntExact(from), count), target, 0),
                tensor.shape());
    }

    /** Overwrites {@code target} by a tensor of a file with as many values. */
    static void read(SafetensorsReader reader, String name, Tensor target, Backend backend) {
        Tensor flat = flat(target);
        float[] piece = new float[Math.min(PIECE, flat.size(0))];
        for (int from = 0; from < flat.size(0); from += PIECE) {
            int count = Math.min(PIECE, flat.size(0) - from);
            reader.readFloats(name, from, piece, 0, count);
            backend.write(flat.rowsView(from, count), piece, 0);
        }
    }

    /** The values as one row. */
    static Tensor flat(Tensor tensor) {
        return tensor.reshapeView(Math.toIntExact(tensor.length()));
    }
}
