package org.t5j.core.kernel;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.t5j.core.tensor.Tensor;

/**
 * The attention of every implementation of {@link Kernels} against naive loops in double precision: bias, masks of all
 * kinds, dropout, sequences of several lengths, and the gradients of everything.
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
        check(new AttentionShape(2, 3, 5, 6, 4), true, false, null, new Dropout(77, 0.3f, null));
    }

    @Test
    void dropsAttentionWeightsAlikeForAllQueries() {
        AttentionShape shape = new AttentionShape(2, 3, 5, 6, 4);
        check(shape, true, false, null, new Dropout(77, 0.3f, shape.queries().sequenceOfRow()));
    }

    @Test
    void attendsInSequencesOfSeveralLengths() {
        Sequences queries = Sequences.of(3, 1, 7);
        Sequences keys = Sequences.of(5, 6, 2);
        for (boolean causal : new boolean[] {false, true}) {
            for (Dropout dropout : new Dropout[] {
                Dropout.NONE, new Dropout(77, 0.3f, null), new Dropout(77, 0.3f, queries.sequenceOfRow())
            }) {
                check(new AttentionShape(queries, keys, 2, 4), false, causal, null, dropout);
                check(new AttentionShape(queries, queries, 2, 4), true, causal, null, dropout);
                check(
                        new AttentionShape(queries, keys, 2, 4),
                        true,
                        causal,
                        new int[] {1, 1, 0, 1, 1, 0, 0, 1, 1, 1, 1, 0, 0},
                        dropout);
            }
        }
    }

    @Test
    void attendsOverMoreThanOneVectorAndBlock() {
        Sequences lengths = Sequences.of(150, 33, 300);
        check(new AttentionShape(lengths, lengths, 2, 16), true, true, null, new Dropout(5, 0.1f, null));
        check(new AttentionShape(lengths, lengths, 1, 7), true, false, null, new Dropout(5, 0.1f, null));
    }

    /** No prefix, one within, one as long as the sequence, one longer, and those around the edge of a block. */
    @Test
    void attendsToAPrefixAndThePast() {
        Sequences lengths = Sequences.of(7, 1, 7, 4, 6);
        int[] prefixes = {0, 1, 3, 4, 9};
        int[] holes = new int[25];
        Arrays.fill(holes, 1);
        holes[2] = holes[9] = holes[13] = 0;
        for (Dropout dropout : new Dropout[] {Dropout.NONE, new Dropout(77, 0.3f, null)}) {
            check(new AttentionShape(lengths, lengths, 2, 4), true, true, prefixes, null, dropout);
            check(new AttentionShape(lengths, lengths, 2, 4), true, true, prefixes, holes, dropout);
        }
        int[] firstMasked = holes.clone();
        firstMasked[0] = firstMasked[8] = firstMasked[19] = firstMasked[20] = 0;
        check(new AttentionShape(lengths, lengths, 2, 4), true, true, prefixes, firstMasked, Dropout.NONE);
    }

    @Test
    void aPrefixIsSeenByEveryBlockOfQueries() {
        Sequences lengths = Sequences.of(300, 300, 300, 257, 256, 300, 20);
        int[] prefixes = {255, 256, 257, 257, 256, 300, 1};
        check(new AttentionShape(lengths, lengths, 1, 8), true, true, prefixes, null, Dropout.NONE);
    }

    @Test
    void aPrefixOfOneLengthIsTheSameForSequencesOfOneLength() {
        check(new AttentionShape(3, 2, 6, 6, 5), true, true, new int[] {2, 2, 2}, null, Dropout.NONE);
        check(new AttentionShape(3, 2, 6, 6, 5), true, true, new int[] {2, 0, 6}, null, Dropout.NONE);
    }

    @Test
    void attendsToChosenRowsOfACache() {
        int heads = 3;
        int inner = 12;
        Tensor q = random(5, inner);
        Tensor k = random(9, inner);
        Tensor v = random(9, inner);
        Tensor bias = random(heads, 5);
        Tensor mask = arena.take(9);
        backend.write(mask, new float[] {0, 0, AttentionMask.FORBIDDEN, 0, 0, 0, 0, 0, 0}, 0);
        KeyRows rows = new KeyRows(
                new int[] {0, 5, 8, 3, 9}, new int[] {5, 3, 1, 2, 4}, new int[] {0, 4, 2, 7, 8, 1, 1, 3, 6, 0, 2, 4, 6
                });
        Tensor out = arena.take(5, inner);
        for (boolean biased : new boolean[] {false, true}) {
            for (boolean masked : new boolean[] {false, true}) {
                kernels.cachedAttention(heads, q, k, v, rows, biased ? bias : null, masked ? mask : null, out);
                for (int i = 0; i < 5; i++) {
                    int length = rows.lengths()[i];
                    float[] keys = chosen(values(k), rows, i, inner);
                    int[] allowed = chosenMask(rows, i, masked);
                    NaiveAttention naive = new NaiveAttention(
                            new AttentionShape(1, heads, 1, length, inner / heads),
                            false,
                            null,
                            allowed,
                            ones(heads * length));
                    naive.forward(
                            Arrays.copyOfRange(values(q), i * inner, (i + 1) * inner),
                            keys,
                            chosen(values(v), rows, i, inner),
                            biased ? lastColumns(values(bias), 5, length) : null);
                    assertClose(Arrays.copyOfRange(values(out), i * inner, (i + 1) * inner), naive.out, 2e-5);
                }
            }
        }
    }

    private static float[] chosen(float[] matrix, KeyRows rows, int query, int width) {
        float[] chosen = new float[rows.lengths()[query] * width];
        for (int j = 0; j < rows.lengths()[query]; j++) {
            System.arraycopy(matrix, rows.rows()[rows.starts()[query] + j] * width, chosen, j * width, width);
        }
        return chosen;
    }

    private static int[] chosenMask(KeyRows rows, int query, boolean masked) {
        int[] allowed = new int[rows.lengths()[query]];
        for (int j = 0; j < allowed.length; j++) {
            allowed[j] = masked && rows.rows()[rows.starts()[query] + j] == 2 ? 0 : 1;
        }
        return allowed;
    }

    private static float[] lastColumns(float[] matrix, int width, int columns) {
        float[] part = new float[matrix.length / width * columns];
        for (int row = 0; row < matrix.length / width; row++) {
            System.arraycopy(matrix, (row + 1) * width - columns, part, row * columns, columns);
        }
        return part;
    }

    private static float[] ones(int length) {
        float[] ones = new float[length];
        Arrays.fill(ones, 1f);
        return ones;
    }

    private float[] noise(AttentionShape s, Dropout dropout) {
        int queries = s.queries().maxLength();
        int keys = s.keys().maxLength();
        float[] noise = ones(s.batch() * s.heads() * queries * keys);
        for (int row = 0; dropout.active() && row < noise.length / keys; row++) {
            int head = row / queries;
            int start = s.maskStart(dropout, head / s.heads(), head % s.heads(), row % queries);
            dropout.maskInto(start, keys, noise, row * keys);
        }
        return noise;
    }

    private void check(AttentionShape s, boolean biased, boolean causal, int[] keyMask, Dropout dropout) {
        check(s, biased, causal, null, keyMask, dropout);
    }

    private void check(
            AttentionShape s, boolean biased, boolean causal, int[] prefixes, int[] keyMask, Dropout dropout) {
        var mark = arena.mark();
        Tensor q = random(s.queries().rows(), s.inner());
        Tensor k = random(s.keys().rows(), s.inner());
        Tensor v = random(s.keys().rows(), s.inner());
        Tensor bias = biased ? random(s.heads(), s.distances()) : null;
        Tensor dOut = random(s.queries().rows(), s.inner());
        Tensor dBias = biased ? random(s.heads(), s.distances()) : null;
        Tensor weights =
                random(s.batch(), s.heads(), s.queries().maxLength(), s.keys().maxLength());
        Tensor statistics = arena.take(s.queries().rows(), s.heads(), 2);
        Tensor out = arena.take(s.queries().rows(), s.inner());
        AttentionMask mask = AttentionMask.of(arena, backend, s.keys(), causal, prefixes, keyMask);
        NaiveAttention naive = new NaiveAttention(s, causal, prefixes, keyMask, noise(s, dropout));
        naive.forward(values(q), values(k), values(v), biased ? values(bias) : null);
        kernels.attentionWeights(s, q, k, bias, mask, weights);
        assertClose(weights, naive.weights);
        kernels.attention(s, q, k, v, bias, mask, dropout, statistics, out);
        assertClose(out, naive.out);

        naive.backward(values(dOut), values(q), values(k), values(v), biased ? values(dBias) : null);
        Tensor dQ = arena.take(q.shape());
        Tensor dK = arena.take(k.shape());
        Tensor dV = arena.take(v.shape());
        kernels.attentionBackward(s, dOut, q, k, v, bias, mask, dropout, statistics, out, dQ, dK, dV, dBias);
        assertClose(dQ, naive.dQ);
        assertClose(dK, naive.dK);
        assertClose(dV, naive.dV);
        if (biased) {
            assertClose(dBias, naive.dBias);
        }
        arena.release(mark);
    }
}
