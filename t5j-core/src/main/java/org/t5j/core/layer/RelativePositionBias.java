package org.t5j.core.layer;

import org.t5j.core.T5Config;
import org.t5j.core.kernel.Sequences;
import org.t5j.core.tensor.IntTensor;
import org.t5j.core.tensor.Parameter;
import org.t5j.core.tensor.Tensor;

/**
 * A learned number per head and bucket of distances, added to attention scores: how T5 knows positions (section 2.1 of
 * the paper). One table per stack, kept in its first block and used by all, or one per block (umT5).
 */
public final class RelativePositionBias {
    private final Parameter weight;
    private final boolean bidirectional;
    private final int numBuckets;
    private final int maxDistance;

    /** @param weight {@code [buckets, heads]} */
    RelativePositionBias(Parameter weight, T5Config config, boolean bidirectional) {
        this.weight = weight;
        this.numBuckets = config.relativeAttentionNumBuckets();
        this.maxDistance = config.relativeAttentionMaxDistance();
        this.bidirectional = bidirectional;
    }

    /** The bias {@code [heads, distances]} and the buckets it was read from. */
    record Pass(IntTensor buckets, Tensor bias) {}

    /** The bias of self-attention in sequences; distances are numbered as {@code AttentionShape.distance} says. */
    Pass forward(Step step, Sequences sequences) {
        int length = sequences.maxLength();
        return forward(step, 1 - length, 2 * length - 1);
    }

    /** The bias {@code [heads, keys]} of a query to the {@code keys} positions up to its own. */
    Tensor decode(Step step, int keys) {
        return forward(step, 1 - keys, keys).bias;
    }

    private Pass forward(Step step, int firstRelativePosition, int count) {
        int[] buckets = new int[count];
        for (int d = 0; d < count; d++) {
            buckets[d] = bucket(firstRelativePosition + d, bidirectional, numBuckets, maxDistance);
        }
        Pass pass = new Pass(step.ints(buckets), step.take(weight.value().size(1), count));
        step.kernels().positionBias(weight.value(), pass.buckets, pass.bias);
        return pass;
    }

    /** Zeros for the gradient of the bias; null where the table is not trained. */
    Tensor newGradient(Step step, Pass pass) {
        return weight.trainable() ? step.zeros(pass.bias.shape()) : null;
    }

    void backward(Step step, Pass pass, Tensor dBias) {
        if (dBias != null) {
            step.kernels().positionBiasBackward(dBias, pass.buckets, weight.gradient());
        }
    }

    /**
     * The bucket of a distance: exact for near positions, logarithmic up to {@code maxDistance}, one for all beyond
     * ({@code mesh_tensorflow/transformer/transformer_layers.py}, {@code _relative_position_bucket}).
     *
     * @param relativePosition key position minus query position
     * @param bidirectional whether half of the buckets are for keys after the query; otherwise those share bucket 0
     */
    public static int bucket(int relativePosition, boolean bidirectional, int numBuckets, int maxDistance) {
        int buckets = numBuckets;
        int first = 0;
        int distance = -relativePosition;
        if (bidirectional) {
            buckets /= 2;
            if (distance < 0) {
                first = buckets;
                distance = -distance;
            }
        } else {
            distance = Math.max(distance, 0);
        }
        int exact = buckets / 2;
        if (distance < exact) {
            return first + distance;
        }
        float logRatio = (float) Math.log((float) distance / exact) / (float) Math.log((double) maxDistance / exact);
        return first + Math.min(exact + (int) (logRatio * (buckets - exact)), buckets - 1);
    }
}
