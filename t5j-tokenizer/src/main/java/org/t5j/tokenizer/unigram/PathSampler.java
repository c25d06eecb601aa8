package org.t5j.tokenizer.unigram;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.t5j.tokenizer.Segmentation;

/**
 * Draws a path of a lattice with a probability in proportion to {@code exp(alpha * score)}: forward filtering, backward
 * sampling. Sums in {@code double} where SentencePiece has {@code float}. Not for several threads at once.
 */
final class PathSampler {

    private final EncodingLattice lattice;
    private double[] logSum = new double[64];
    private double[] weight = new double[64];

    PathSampler(EncodingLattice lattice) {
        this.lattice = lattice;
    }

    /** Draws a path of what the lattice holds now. */
    void sample(float alpha, RandomGenerator random, Segmentation out) {
        out.clear();
        sumPaths(alpha);
        for (int at = lattice.end(); at > 0; ) {
            int node = draw(at, alpha, random);
            out.add(lattice.id(node), lattice.endByte(node));
            at = lattice.from(node);
        }
        out.reverse();
    }

    /** Computes {@code logSum[at]}, the logarithm of the sum over all paths up to position {@code at}. */
    private void sumPaths(float alpha) {
        if (lattice.end() >= logSum.length) {
            logSum = new double[2 * lattice.end()];
        }
        logSum[0] = 0;
        for (int at = 1; at <= lattice.end(); at++) {
            double max = weigh(at, alpha);
            double sum = 0;
            for (int i = 0; i < count(at); i++) {
                sum += Math.exp(weight[i] - max);
            }
            logSum[at] = max + Math.log(sum);
        }
    }

    private int draw(int at, float alpha, RandomGenerator random) {
        double max = weigh(at, alpha);
        double sum = 0;
        for (int i = 0; i < count(at); i++) {
            sum += Math.exp(weight[i] - max);
            weight[i] = sum;
        }
        double drawn = random.nextDouble() * sum;
        int chosen = 0;
        while (chosen + 1 < count(at) && weight[chosen] <= drawn) {
            chosen++;
        }
        return lattice.ending(lattice.firstEnding(at) + chosen);
    }

    /** Fills {@code weight} with the logarithms for the nodes that end at {@code at}; returns the greatest. */
    private double weigh(int at, float alpha) {
        if (count(at) > weight.length) {
            weight = Arrays.copyOf(weight, 2 * count(at));
        }
        double max = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < count(at); i++) {
            int node = lattice.ending(lattice.firstEnding(at) + i);
            weight[i] = logSum[lattice.from(node)] + (double) alpha * lattice.score(node);
            max = Math.max(max, weight[i]);
        }
        return max;
    }

    private int count(int at) {
        return lattice.firstEnding(at + 1) - lattice.firstEnding(at);
    }
}
