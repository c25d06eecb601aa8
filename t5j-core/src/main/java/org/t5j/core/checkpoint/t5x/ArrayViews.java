package org.t5j.core.checkpoint.t5x;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.t5j.core.T5Exception;
import org.t5j.core.checkpoint.TensorEntry;
import org.t5j.core.checkpoint.TensorSource;

/** Arrays of a file as named tensors. */
record ArrayViews(Path file, Map<String, ArrayView> views) implements TensorSource {
    @Override
    public Set<String> names() {
        return views.keySet();
    }

    @Override
    public TensorEntry entry(String name) {
        return view(name).entry();
    }

    @Override
    public void readFloats(String name, long from, float[] target, int targetOffset, int count) {
        Objects.checkFromIndexSize(from, count, entry(name).elements());
        if (count > 0) {
            view(name).read(from, target, targetOffset, count);
        }
    }

    private ArrayView view(String name) {
        ArrayView view = views.get(name);
        if (view == null) {
            throw new T5Exception(file + " holds no tensor \"" + name + "\"");
        }
        return view;
    }
}
