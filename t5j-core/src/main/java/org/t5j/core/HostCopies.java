package org.t5j.core;

import java.util.List;
import org.t5j.core.layer.Step;
import org.t5j.core.tensor.Tensor;

/** What a pass computed, copied to the host. */
record HostCopies(Step step) {

    float[] array(Tensor tensor) {
        return step.kernels().backend().toArray(tensor);
    }

    List<float[]> arrays(List<Tensor> tensors) {
        return tensors.stream().map(this::array).toList();
    }

    /** A bias {@code [heads, distances]} of sequences of one length as {@code [heads, queries, keys]}. */
    float[] biasOfPairs(Tensor bias, int length) {
        float[] byDistance = array(bias);
        int distances = bias.size(1);
        float[] pairs = new float[bias.size(0) * length * length];
        for (int h = 0, at = 0; h < bias.size(0); h++) {
            for (int i = 0; i < length; i++, at += length) {
                System.arraycopy(byDistance, h * distances + length - 1 - i, pairs, at, length);
            }
        }
        return pairs;
    }
}
