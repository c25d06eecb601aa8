package org.t5j.tokenizer;

import java.util.List;
import java.util.random.RandomGenerator;
import org.t5j.tokenizer.NBestSegmenter.Scored;

/**
 * How a segmentation is drawn, as in {@code SentencePieceProcessor::SampleEncode}.
 *
 * @param alpha for unigram models the inverse temperature, 0 for all segmentations alike and finite; for BPE the
 *     probability 0 to 1 that a merge is dropped
 * @param nBestSize below 0 to draw among all segmentations; 0 or 1 for the best one; 2 to 512 to draw among that many
 *     best. BPE models know no n-best and always drop merges
 */
public record Sampling(float alpha, int nBestSize) {

    private static final int MAX_N_BEST = 512;

    /** @throws TokenizerException if alpha is negative or not finite or more than 512 best are asked for */
    public Sampling {
        if (!(alpha >= 0 && alpha < Float.POSITIVE_INFINITY)) {
            throw new TokenizerException("the alpha of sampling is " + alpha + "; it is 0 or more and finite");
        }
        if (nBestSize > MAX_N_BEST) {
            throw new TokenizerException("the nBestSize of sampling is " + nBestSize + "; it is at most " + MAX_N_BEST
                    + ", or -1 to draw among all segmentations");
        }
    }

    /** Draws among all segmentations. */
    public static Sampling ofAll(float alpha) {
        return new Sampling(alpha, -1);
    }

    /** The segmenter that draws with {@code random} what {@code segmenter} finds; for one thread. */
    Segmenter drawing(Segmenter segmenter, RandomGenerator random) {
        if (segmenter instanceof NBestSegmenter nBest && nBestSize >= 0) {
            return nBestSize < 2 ? segmenter : (text, out) -> out.set(draw(nBest.nBest(text, nBestSize), random));
        }
        if (segmenter instanceof SamplingSegmenter sampling) {
            return (text, out) -> sampling.sample(text, alpha, random, out);
        }
        throw new TokenizerException(
                "Segmentations cannot be sampled with this model; it takes one of type UNIGRAM or BPE");
    }

    /** Scores count relative to the best: C++ lets {@code exp} of a long text's score come out as 0. */
    private Segmentation draw(List<Scored> candidates, RandomGenerator random) {
        float best = candidates.get(0).score();
        double[] upTo = new double[candidates.size()];
        double sum = 0;
        for (int i = 0; i < upTo.length; i++) {
            sum += Math.exp((double) alpha * (candidates.get(i).score() - best));
            upTo[i] = sum;
        }
        double drawn = random.nextDouble() * sum;
        int chosen = 0;
        while (chosen + 1 < upTo.length && upTo[chosen] <= drawn) {
            chosen++;
        }
        return candidates.get(chosen).pieces();
    }
}
