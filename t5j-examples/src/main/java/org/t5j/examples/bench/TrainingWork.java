package org.t5j.examples.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.t5j.core.T5Batch;
import org.t5j.core.T5Config;

/**
 * What a training step is given: a model and a batch of random tokens. With {@code shortest} below {@code source} the
 * inputs are of the lengths that {@link InputLengths} gives and padded to the longest, targets in proportion.
 *
 * @param preset name of a {@link org.t5j.core.T5Preset}
 * @param batch sequences per step
 * @param source tokens of the longest input
 * @param target tokens of the longest target
 * @param shortest tokens of the shortest input; {@code source} for a batch without padding
 * @param meanLength tokens of an input on average, of no effect without padding
 * @param dropout rate of dropout
 * @param optimizer {@code adafactor} or {@code adamw}
 */
public record TrainingWork(
        String preset,
        int batch,
        int source,
        int target,
        int shortest,
        int meanLength,
        float dropout,
        String optimizer) {

    T5Config config() {
        return T5Config.preset(preset).withDropoutRate(dropout);
    }

    private boolean padded() {
        return shortest < source;
    }

    int[] sourceLengths() {
        InputLengths lengths = padded() ? new InputLengths(shortest, meanLength, source) : InputLengths.equal(source);
        return lengths.of(batch);
    }

    int[] targetLengths() {
        return Arrays.stream(sourceLengths())
                .map(length -> Math.max(1, (int) Math.floor((double) length * target / source + 0.5)))
                .toArray();
    }

    /** Tokens of a step, padding not counted. */
    long tokens() {
        return Arrays.stream(sourceLengths()).asLongStream().sum()
                + Arrays.stream(targetLengths()).asLongStream().sum();
    }

    /** The work of a step without that on padding: multiply-adds times two of all matrix products. */
    double matmulFlops() {
        int[] sources = sourceLengths();
        int[] targets = targetLengths();
        double flops = 0;
        for (int i = 0; i < batch; i++) {
            flops += matmulFlops(config(), 1, sources[i], targets[i]);
        }
        return flops;
    }

    /** Multiply-adds times two of all matrix products in forward and backward of one step. */
    static double matmulFlops(T5Config c, int batch, int source, int target) {
        double d = c.dModel();
        double inner = c.inner();
        double feedForward = (c.feedForwardType().gated() ? 3 : 2) * d * c.dFf();
        double encoderTokens = (double) batch * source;
        double decoderTokens = (double) batch * target;
        double macs = c.numLayers() * encoderTokens * (4 * d * inner + feedForward + 2 * source * inner);
        macs += c.numDecoderLayers()
                * decoderTokens
                * (6 * d * inner + feedForward + 2 * target * inner + 2 * source * inner);
        macs += c.numDecoderLayers() * encoderTokens * 2 * d * inner + decoderTokens * d * c.vocabSize();
        return 6 * macs;
    }

    /** The batch, the same at every call. */
    T5Batch tokenBatch() {
        T5Config config = config();
        SplittableRandom random = new SplittableRandom(1);
        int[] inputs = rows(random, sourceLengths(), source, config, config.padTokenId());
        int[] labels = rows(random, targetLengths(), target, config, T5Batch.NO_TARGET);
        return T5Batch.of(config, batch, source, target, inputs, labels);
    }

    private static int[] rows(SplittableRandom random, int[] lengths, int width, T5Config config, int padding) {
        int[] rows = new int[lengths.length * width];
        Arrays.fill(rows, padding);
        for (int i = 0; i < lengths.length; i++) {
            for (int j = 0; j < lengths[i]; j++) {
                rows[i * width + j] = random.nextInt(2, config.vocabSize());
            }
        }
        return rows;
    }

    void describe(ObjectNode out) {
        out.put("preset", preset);
        out.put("batch", batch);
        out.put("source", source);
        out.put("target", target);
        out.put("dropout", Double.parseDouble(Float.toString(dropout)));
        out.put("optimizer", optimizer);
        if (padded()) {
            out.put("shortest", shortest);
            out.put("mean_length", meanLength);
            Arrays.stream(sourceLengths()).forEach(out.putArray("source_lengths")::add);
            Arrays.stream(targetLengths()).forEach(out.putArray("target_lengths")::add);
        }
        out.put("tokens", tokens());
    }
}
