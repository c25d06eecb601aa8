package org.t5j.core.kernel;

import java.util.Arrays;

/** Attention as loops over single numbers in double precision: what implementations are compared with. */
final class NaiveAttention {
    private final AttentionShape s;
    private final boolean causal;
    private final int[] prefixes;
    private final int[] keyMask;
    private final float[] noise;
    double[] weights;
    double[] out;
    double[] dQ;
    double[] dK;
    double[] dV;
    double[] dBias;

    NaiveAttention(AttentionShape shape, boolean causal, int[] prefixes, int[] keyMask, float[] noise) {
        this.s = shape;
        this.causal = causal;
        this.prefixes = prefixes;
        this.keyMask = keyMask;
        this.noise = noise;
    }

    private int query(int b, int i, int h, int d) {
        return (s.queries().start(b) + i) * s.inner() + h * s.dKv() + d;
    }

    private int key(int b, int j, int h, int d) {
        return (s.keys().start(b) + j) * s.inner() + h * s.dKv() + d;
    }

    private int weight(int b, int h, int i, int j) {
        return ((b * s.heads() + h) * s.queries().maxLength() + i) * s.keys().maxLength() + j;
    }

    private boolean allowed(int b, int i, int j) {
        boolean future = causal && j > i && (prefixes == null || j >= prefixes[b]);
        return !future && (keyMask == null || keyMask[s.keys().start(b) + j] != 0);
    }

    void forward(float[] q, float[] k, float[] v, float[] bias) {
        weights = new double
                [s.batch() * s.heads() * s.queries().maxLength() * s.keys().maxLength()];
        out = new double[q.length];
        for (int b = 0; b < s.batch(); b++) {
            for (int h = 0; h < s.heads(); h++) {
                for (int i = 0; i < s.queries().length(b); i++) {
                    softmaxRow(b, h, i, q, k, bias);
                    for (int j = 0; j < s.keys().length(b); j++) {
                        int w = weight(b, h, i, j);
                        for (int d = 0; d < s.dKv(); d++) {
                            out[query(b, i, h, d)] += weights[w] * noise[w] * v[key(b, j, h, d)];
                        }
                    }
                }
            }
        }
    }

    private void softmaxRow(int b, int h, int i, float[] q, float[] k, float[] bias) {
        boolean any = false;
        for (int j = 0; j < s.keys().length(b); j++) {
            any |= allowed(b, i, j);
        }
        double sum = 0;
        for (int j = 0; j < s.keys().length(b); j++) {
            double score = bias == null ? 0 : bias[h * s.distances() + s.distance(i, j)];
            for (int d = 0; d < s.dKv(); d++) {
                score += (double) q[query(b, i, h, d)] * k[key(b, j, h, d)];
            }
            double e = any ? (allowed(b, i, j) ? Math.exp(score) : 0) : 1;
            weights[weight(b, h, i, j)] = e;
            sum += e;
        }
        for (int j = 0; j < s.keys().length(b); j++) {
            weights[weight(b, h, i, j)] /= sum;
        }
    }

    void backward(float[] dOut, float[] q, float[] k, float[] v, float[] dBiasBefore) {
        dQ = new double[q.length];
        dK = new double[k.length];
        dV = new double[v.length];
        dBias = dBiasBefore == null ? new double[0] : KernelsContract.toDouble(dBiasBefore);
        double[] dScore = new double[s.keys().maxLength()];
        for (int b = 0; b < s.batch(); b++) {
            for (int h = 0; h < s.heads(); h++) {
                for (int i = 0; i < s.queries().length(b); i++) {
                    Arrays.fill(dScore, 0);
                    double dot = 0;
                    for (int j = 0; j < s.keys().length(b); j++) {
                        int w = weight(b, h, i, j);
                        for (int d = 0; d < s.dKv(); d++) {
                            dScore[j] += noise[w] * dOut[query(b, i, h, d)] * v[key(b, j, h, d)];
                            dV[key(b, j, h, d)] += weights[w] * noise[w] * dOut[query(b, i, h, d)];
                        }
                        dot += dScore[j] * weights[w];
                    }
                    for (int j = 0; j < s.keys().length(b); j++) {
                        double g = weights[weight(b, h, i, j)] * (dScore[j] - dot);
                        if (dBias.length > 0) {
                            dBias[h * s.distances() + s.distance(i, j)] += g;
                        }
                        for (int d = 0; d < s.dKv(); d++) {
                            dQ[query(b, i, h, d)] += g * k[key(b, j, h, d)];
                            dK[key(b, j, h, d)] += g * q[query(b, i, h, d)];
                        }
                    }
                }
            }
        }
    }
}
