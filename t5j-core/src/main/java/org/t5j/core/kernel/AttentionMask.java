package org.t5j.core.kernel;

import java.util.Arrays;
import org.t5j.core.tensor.Arena;
import org.t5j.core.tensor.Backend;
import org.t5j.core.tensor.Tensor;

/**
 * Which keys a query may attend to: those that the key mask allows and, in a causal attention, those that are not in
 * the query's future. A query that may attend to nothing attends to every key alike, as in Hugging Face's models.
 */
public final class AttentionMask {
    /** What is added to a forbidden score: far below any score, yet finite, so that a row of them has a softmax. */
    public static final float FORBIDDEN = -1e9f;

    private final Tensor additive;

    private AttentionMask(Tensor additive) {
        this.additive = additive;
    }

    /** Every query may attend to every key. */
    public static AttentionMask none() {
        return new AttentionMask(null);
    }

    /**
     * A mask over keys, over the future, or both.
     *
     * @param causal whether query {@code i} sees only keys {@code 0 … i}
     * @param keyMask {@code [batch * keys]}, 0 where a key must not be attended to; null for none
     */
    public static AttentionMask of(
            Arena arena, Backend backend, int batch, int queries, int keys, boolean causal, int[] keyMask) {
        if (keyMask != null && keyMask.length != batch * keys) {
            throw new IllegalArgumentException(
                    "A key mask needs batch * keys = " + batch * keys + " values, found " + keyMask.length);
        }
        boolean masked = keyMask != null && Arrays.stream(keyMask).anyMatch(m -> m == 0);
        if (!causal && !masked) {
            return none();
        }
        int sequences = masked ? batch : 1;
        int rows = causal ? queries : 1;
        float[] values = new float[sequences * rows * keys];
        for (int b = 0, at = 0; b < sequences; b++) {
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < keys; j++, at++) {
                    boolean allowed = !(causal && j > i) && !(masked && keyMask[b * keys + j] == 0);
                    values[at] = allowed ? 0f : FORBIDDEN;
                }
            }
        }
        Tensor additive = arena.take(sequences, rows, keys);
        backend.write(additive, values, 0);
        return new AttentionMask(additive);
    }

    /** What is added to the scores, {@code [1 or batch, 1 or queries, keys]}; null where nothing is forbidden. */
    public Tensor additive() {
        return additive;
    }
}
