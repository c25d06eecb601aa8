package org.t5j.data.noise;

/**
 * The exact law of a count under {@link IidNoiseMask}: of noise tokens, of runs, or of a weighted sum, such as the length of
 * targets. Found by going through the tokens with two probabilities for every value so far: that the last token was noise,
 * and that it was kept.
 */
public final class IidCounts {
    /** What is left of the law's tails once their probability is below this. */
    private static final double NOTHING = 1e-30;

    private final double[] probability;

    private IidCounts(double[] probability) {
        this.probability = probability;
    }

    /**
     * The law of {@code perNoiseToken · noise tokens + perNoiseRun · runs of noise + perKeptRun · runs of other tokens}.
     *
     * @param length of the segment, at least 1
     * @param density probability that a token is noise
     * @param perNoiseToken 0 or more, as the other weights
     */
    public static IidCounts of(int length, double density, int perNoiseToken, int perNoiseRun, int perKeptRun) {
        int step = Math.max(perNoiseToken + perNoiseRun, perKeptRun);
        double[] noise = new double[length * step + 1];
        double[] kept = new double[length * step + 1];
        noise[perNoiseToken + perNoiseRun] = density;
        kept[perKeptRun] = 1 - density;
        int from = 0;
        int to = step;
        for (int token = 1; token < length; token++) {
            to += step;
            for (int count = to; count >= from; count--) {
                double stillNoise = at(noise, count - perNoiseToken, from);
                double newNoise = at(kept, count - perNoiseToken - perNoiseRun, from);
                double newKept = at(noise, count - perKeptRun, from);
                double stillKept = kept[count];
                // Weights of 0 read the value that is replaced here, so both are replaced last.
                noise[count] = density * (stillNoise + newNoise);
                kept[count] = (1 - density) * (stillKept + newKept);
            }
            while (noise[to] + kept[to] < NOTHING) {
                noise[to] = 0;
                kept[to--] = 0;
            }
            while (noise[from] + kept[from] < NOTHING) {
                noise[from] = 0;
                kept[from++] = 0;
            }
        }
        for (int count = 0; count < kept.length; count++) {
            kept[count] += noise[count];
        }
        return new IidCounts(kept);
    }

    private static double at(double[] values, int index, int from) {
        return index < from ? 0 : values[index];
    }

    /** The expected count. */
    public double mean() {
        double mean = 0;
        for (int count = 0; count < probability.length; count++) {
            mean += count * probability[count];
        }
        return mean;
    }

    /** Probability of more than {@code limit}. */
    public double moreThan(int limit) {
        double tail = 0;
        for (int count = probability.length - 1; count > limit; count--) {
            tail += probability[count];
        }
        return tail;
    }

    /** The least number that is exceeded with at most that probability. */
    public int atMost(double risk) {
        int limit = probability.length - 1;
        double tail = 0;
        while (limit > 0 && tail + probability[limit] <= risk) {
            tail += probability[limit--];
        }
        return limit;
    }
}
