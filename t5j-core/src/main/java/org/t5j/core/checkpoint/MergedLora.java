package org.t5j.core.checkpoint;

import java.util.LinkedHashSet;
import java.util.Set;
import org.t5j.core.layer.Lora;

/**
 * The tensors of a model with {@link Lora} as those of an ordinary one, {@code W + scale B A}: what every reader of Hugging
 * Face's layout can load. They are computed as they are read, and rounded once.
 */
public final class MergedLora implements TensorSource {
    private final TensorSource parameters;
    private final Lora lora;

    /** @param parameters the weights without their updates, and A and B */
    public MergedLora(TensorSource parameters, Lora lora) {
        this.parameters = parameters;
        this.lora = lora;
    }

    @Override
    public Set<String> names() {
        Set<String> names = new LinkedHashSet<>(parameters.names());
        names.removeIf(Lora::isLora);
        return names;
    }

    @Override
    public TensorEntry entry(String name) {
        return parameters.entry(name);
    }

    @Override
    public void readFloats(String name, long from, float[] target, int targetOffset, int count) {
        parameters.readFloats(name, from, target, targetOffset, count);
        if (lora.updates(name)) {
            addUpdate(name, from, target, targetOffset, count);
        }
    }

    private void addUpdate(String name, long from, float[] target, int targetOffset, int count) {
        int in = Math.toIntExact(parameters.entry(name).shape().get(1));
        int rank = lora.rank();
        int firstRow = Math.toIntExact(from / in);
        int rows = Math.toIntExact((from + count - 1) / in) - firstRow + 1;
        float[] a = new float[rank * in];
        parameters.readFloats(Lora.nameOfA(name), 0, a, 0, a.length);
        float[] b = new float[rows * rank];
        parameters.readFloats(Lora.nameOfB(name), (long) firstRow * rank, b, 0, b.length);
        for (int i = 0; i < count; i++) {
            int row = Math.toIntExact((from + i) / in) - firstRow;
            int column = (int) ((from + i) % in);
            double sum = 0;
            for (int r = 0; r < rank; r++) {
                sum += (double) b[row * rank + r] * a[r * in + column];
            }
            target[targetOffset + i] = (float) (target[targetOffset + i] + lora.scale() * sum);
        }
    }
}
