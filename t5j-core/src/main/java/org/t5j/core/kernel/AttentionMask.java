package org.t5j.core.kernel;

import org.t5j.core.tensor.Arena;
import org.t5j.core.tensor.Backend;
import org.t5j.core.tensor.Tensor;

/**
 * Which keys a query may attend to: those that the key mask allows and, in a causal attention, those that are not in
 * the query's future, or that belong to a prefix which all see whole. A query that may attend to nothing attends to every
 * key alike, as in Hugging Face's models.
 */
public final class AttentionMask {
    /** What is added to a forbidden score: far below any score, yet finite, so that a row of them has a softmax. */
    public static final float FORBIDDEN = -1e9f;

    private final boolean causal;
    /** Of each sequence the number of its first keys that every query sees; null for none. */
    private final int[] prefixes;

    private final Tensor additive;
    /** For each sequence whether its first key is forbidden; null where no key is. */
    private final boolean[] firstForbidden;

    private AttentionMask(boolean causal, int[] prefixes, Tensor additive, boolean[] firstForbidden) {
        this.causal = causal;
        this.prefixes = prefixes;
        this.additive = additive;
        this.firstForbidden = firstForbidden;
    }

    /** No key is forbidden but, where {@code causal}, those of the future. */
    public static AttentionMask none(boolean causal) {
        return new AttentionMask(causal, null, null, null);
    }

    /** {@link #of(Arena, Backend, Sequences, boolean, int[], int[])} without a prefix. */
    public static AttentionMask of(Arena arena, Backend backend, Sequences keys, boolean causal, int[] keyMask) {
        return of(arena, backend, keys, causal, null, keyMask);
    }

    /**
     * A mask over keys, over the future, or both.
     *
     * @param causal whether query {@code i} sees only keys {@code 0 … i}, and its sequence's prefix
     * @param prefixes {@code [keys.count()]}: how many of its first keys every query of a sequence sees, causal or not;
     *     more than there are is all of them. Null for none
     * @param keyMask {@code [keys.rows()]}, 0 where a key must not be attended to; null for none
     */
    public static AttentionMask of(
            Arena arena, Backend backend, Sequences keys, boolean causal, int[] prefixes, int[] keyMask) {
        if (prefixes != null && prefixes.length != keys.count()) {
            throw new IllegalArgumentException("A mask needs the prefix of each of " + keys.count()
                    + " sequences of keys, found " + prefixes.length);
        }
        AttentionMask unmasked = new AttentionMask(causal, prefixes, null, null);
        if (keyMask == null) {
            return unmasked;
        }
        if (keyMask.length != keys.rows()) {
            throw new IllegalArgumentException(
                    "A key mask needs a value for each of " + keys.rows() + " keys, found " + keyMask.length);
        }
        float[] values = new float[keyMask.length];
        boolean masked = false;
        for (int i = 0; i < values.length; i++) {
            if (keyMask[i] == 0) {
                values[i] = FORBIDDEN;
                masked = true;
            }
        }
        if (!masked) {
            return unmasked;
        }
        boolean[] first = new boolean[keys.count()];
        for (int b = 0; b < first.length; b++) {
            first[b] = keyMask[keys.start(b)] == 0;
        }
        Tensor additive = arena.take(values.length);
        backend.write(additive, values, 0);
        return new AttentionMask(causal, prefixes, additive, first);
    }

    /** Whether the future is forbidden. */
    public boolean causal() {
        return causal;
    }

    /** How many of a sequence's {@code keys} keys, its first ones, are not forbidden to a query as its future. */
    public int visible(int sequence, int query, int keys) {
        if (!causal) {
            return keys;
        }
        int past = query + 1;
        return Math.min(keys, prefixes == null ? past : Math.max(past, prefixes[sequence]));
    }

    /** What is added to the scores of each key, {@code [keys]}, 0 or {@link #FORBIDDEN}; null where none is forbidden. */
    public Tensor additive() {
        return additive;
    }

    /**
     * Whether the future of a sequence's queries has no weight at all and can be left out. It can in a causal attention
     * whose first key is allowed; else the first query may attend to nothing, and so attends to all, the future too.
     */
    public boolean skipsFuture(int sequence) {
        return causal && (firstForbidden == null || !firstForbidden[sequence]);
    }
}
