package org.t5j.core.checkpoint;

import java.util.LinkedHashSet;
import java.util.Set;
import org.t5j.core.tensor.Backend;
import org.t5j.core.tensor.ParameterSet;
import org.t5j.core.tensor.Tensor;

/** The values of a model's parameters, F32. They are read from the backend whenever they are asked for. */
public record ParameterSource(ParameterSet parameters, Backend backend) implements TensorSource {
    @Override
    public Set<String> names() {
        return new LinkedHashSet<>(parameters.names());
    }

    @Override
    public TensorEntry entry(String name) {
        Tensor value = parameters.get(name).value();
        return TensorEntry.of(name, Dtype.F32, value.shape());
    }

    @Override
    public void readFloats(String name, long from, float[] target, int targetOffset, int count) {
        Tensor value = parameters.get(name).value();
        Tensor flat = value.reshapeView(Math.toIntExact(value.length()));
        backend.read(flat.rowsView(Math.toIntExact(from), count), target, targetOffset);
    }
}
