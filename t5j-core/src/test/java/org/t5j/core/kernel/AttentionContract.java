package org.t5j.core.kernel;

import org.junit.jupiter.api.Test;
import org.t5j.core.tensor.Tensor;

/**
 * The attention of every implementation of {@link Kernels} against naive loops in double precision: bias, masks of all
 * kinds, dropout, a key cache with spare room, and the gradients of everything.
 */
abstract class AttentionContract extends UpdateContract {
    private static final int[] HOLES = {1, 0, 1, 1, 1, 0, 0, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0};

    @Test
    void attendsWithoutBiasOrMask() {
        check(new AttentionShape(2, 3, 4, 6, 5), false, false, null, Dropout.NONE);
    }

    @Test
    void attendsWithBiasHolesAndAFullyMaskedSequence() {
        check(new AttentionShape(3, 2, 4, 6, 8), true, false, HOLES, Dropout.NONE);
    }

    @Test
    void attendsCausally() {
        check(new AttentionShape(2, 2, 7, 7, 3), true, true, null, Dropout.NONE);
    }

    @Test
    void attendsCausallyWithLeftPadding() {
        check(new AttentionShape(2, 2, 4, 4, 3), true, true, new int[] {0, 0, 1, 1, 1, 1, 1, 1}, Dropout.NONE);
    }

    @Test
    void dropsAttentionWeights() {
        check(new AttentionShape(2, 3, 5, 6, 4), true, false, null, new Dropout(77, 0.3f, 1));
    }

    @Test
    void dropsAttentionWeightsAlikeForAllQueries() {
        check(new AttentionShape(2, 3, 5, 6, 4), true, false, null, new Dropout(77, 0.3f, 5));
    }

    @Test
    void attendsToTheFilledPartOfACache() {
        check(new AttentionShape(2, 3, 1, 6, 4, 9), true, false, null, Dropout.NONE);
    }

    private void check(AttentionShape s, boolean biased, boolean causal, int[] keyMask, Dropout dropout) {
        Tensor q = random(s.batch() * s.queries(), s.inner());
        Tensor k = random(s.batch() * s.keyCapacity(), s.inner());
        Tensor v = random(s.batch() * s.keyCapacity(), s.inner());
        Tensor bias = biased ? random(s.heads(), s.queries(), s.keys()) : null;
        Tensor dOut = random(s.batch() * s.queries(), s.inner());
        Tensor dBias = biased ? random(s.heads(), s.queries(), s.keys()) : null;
        Tensor weights = arena.take(s.batch(), s.heads(), s.queries(), s.keys());
        Tensor out = arena.take(s.batch() * s.queries(), s.inner());
        NaiveAttention naive =
                new NaiveAttention(s, causal, keyMask, mask(dropout, s.batch() * s.heads() * s.queries(), s.keys()));
        naive.forward(values(q), values(k), values(v), biased ? values(bias) : null);
        kernels.attention(
                s,
                q,
                k,
                v,
                bias,
                AttentionMask.of(arena, backend, s.batch(), s.queries(), s.keys(), causal, keyMask),
                dropout,
                weights,
                out);
        assertClose(weights, naive.weights);
        assertClose(out, naive.out);
        if (s.keyCapacity() == s.keys()) {
            naive.backward(values(dOut), values(q), values(k), values(v), biased ? values(dBias) : null);
            Tensor dQ = arena.take(q.shape());
            Tensor dK = arena.take(k.shape());
            Tensor dV = arena.take(v.shape());
            kernels.attentionBackward(s, dOut, q, k, v, weights, dropout, dQ, dK, dV, dBias);
            assertClose(dQ, naive.dQ);
            assertClose(dK, naive.dK);
            assertClose(dV, naive.dV);
            if (biased) {
                assertClose(dBias, naive.dBias);
            }
        }
    }
}
