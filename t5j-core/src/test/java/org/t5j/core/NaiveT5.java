package org.t5j.core;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiPredicate;
import org.t5j.core.tensor.Parameter;

/**
 * T5 as loops in double precision over padded rows, with masks of (query, key) pairs: what packing is compared with. A
 * packed row is computed as a whole, as in T5X: its positions do not begin anew, since only differences count, and what
 * keeps segments apart is the mask alone. Without dropout.
 */
final class NaiveT5 {
    private final T5Config config;
    /** By Hugging Face's names. */
    final Map<String, double[]> weights = new LinkedHashMap<>();

    NaiveT5(T5Model model) {
        config = model.config();
        for (Parameter parameter : model.parameters()) {
            float[] values = model.backend().toArray(parameter.value());
            double[] copy = new double[values.length];
            for (int i = 0; i < copy.length; i++) {
                copy[i] = values[i];
            }
            weights.put(parameter.name(), copy);
        }
    }

    /** The sum of the targets' negative log-likelihoods. */
    double loss(T5Batch batch) {
        double sum = 0;
        for (int row = 0; row < batch.size(); row++) {
            int r = row;
            int inputs = batch.inputLength();
            int targets = batch.targetLength();
            BiPredicate<Integer, Integer> encoder = (i, j) -> batch.attentionMask()[r * inputs + j] != 0
                    && batch.inputSegments()[r * inputs + i] == batch.inputSegments()[r * inputs + j];
            BiPredicate<Integer, Integer> decoder = (i, j) ->
                    j <= i && batch.targetSegments()[r * targets + i] == batch.targetSegments()[r * targets + j];
            BiPredicate<Integer, Integer> cross = (i, j) -> batch.attentionMask()[r * inputs + j] != 0
                    && batch.targetSegments()[r * targets + i] == batch.inputSegments()[r * inputs + j];
            double[][] encoded = embed(batch.inputIds(), row * inputs, inputs);
            for (int b = 0; b < config.numLayers(); b++) {
                String block = "encoder.block." + b + ".layer.";
                attend(encoded, encoded, block + 0, "SelfAttention", "encoder", encoder);
                feedForward(encoded, block + 1);
            }
            encoded = norm(encoded, "encoder.final_layer_norm.weight");
            double[][] decoded = embed(batch.decoderInputIds(), row * targets, targets);
            for (int b = 0; b < config.numDecoderLayers(); b++) {
                String block = "decoder.block." + b + ".layer.";
                attend(decoded, decoded, block + 0, "SelfAttention", "decoder", decoder);
                attend(decoded, encoded, block + 1, "EncDecAttention", null, cross);
                feedForward(decoded, block + 2);
            }
            decoded = norm(decoded, "decoder.final_layer_norm.weight");
            for (int i = 0; i < targets; i++) {
                int label = batch.labels()[row * targets + i];
                sum += label == T5Batch.NO_TARGET ? 0 : negativeLogLikelihood(decoded[i], label);
            }
        }
        return sum;
    }

    private double[][] embed(int[] ids, int from, int length) {
        double[][] x = new double[length][config.dModel()];
        for (int i = 0; i < length; i++) {
            System.arraycopy(weights.get("shared.weight"), ids[from + i] * config.dModel(), x[i], 0, config.dModel());
        }
        return x;
    }

    private double[][] norm(double[][] x, String weight) {
        double[][] out = new double[x.length][config.dModel()];
        for (int i = 0; i < x.length; i++) {
            double squares = 0;
            for (double v : x[i]) {
                squares += v * v;
            }
            double scale = 1 / Math.sqrt(squares / x[i].length + config.layerNormEpsilon());
            for (int d = 0; d < x[i].length; d++) {
                out[i][d] = x[i][d] * scale * weights.get(weight)[d];
            }
        }
        return out;
    }

    /** {@code x W^T}. */
    private double[][] linear(double[][] x, String weight) {
        double[] w = weights.get(weight);
        int in = x[0].length;
        double[][] out = new double[x.length][w.length / in];
        for (int i = 0; i < x.length; i++) {
            for (int o = 0; o < out[i].length; o++) {
                for (int d = 0; d < in; d++) {
                    out[i][o] += w[o * in + d] * x[i][d];
                }
            }
        }
        return out;
    }

    private static void add(double[][] x, double[][] y) {
        for (int i = 0; i < x.length; i++) {
            for (int d = 0; d < x[i].length; d++) {
                x[i][d] += y[i][d];
            }
        }
    }

    private void attend(
            double[][] x,
            double[][] memory,
            String layer,
            String name,
            String biasOf,
            BiPredicate<Integer, Integer> allowed) {
        double[][] y = norm(x, layer + ".layer_norm.weight");
        double[][] keys = x == memory ? y : memory;
        String prefix = layer + "." + name + ".";
        double[][] q = linear(y, prefix + "q.weight");
        double[][] k = linear(keys, prefix + "k.weight");
        double[][] v = linear(keys, prefix + "v.weight");
        double[][] out = new double[x.length][config.inner()];
        for (int head = 0; head < config.numHeads(); head++) {
            for (int i = 0; i < x.length; i++) {
                double[] p = new double[keys.length];
                double sum = 0;
                for (int j = 0; j < keys.length; j++) {
                    if (allowed.test(i, j)) {
                        double score = biasOf == null ? 0 : bias(biasOf, head, j - i);
                        for (int d = head * config.dKv(); d < (head + 1) * config.dKv(); d++) {
                            score += q[i][d] * k[j][d];
                        }
                        p[j] = Math.exp(score);
                        sum += p[j];
                    }
                }
                for (int j = 0; j < keys.length && sum > 0; j++) {
                    for (int d = head * config.dKv(); d < (head + 1) * config.dKv(); d++) {
                        out[i][d] += p[j] / sum * v[j][d];
                    }
                }
            }
        }
        add(x, linear(out, prefix + "o.weight"));
    }

    private double bias(String stack, int head, int distance) {
        int buckets = config.relativeAttentionNumBuckets();
        boolean encoder = stack.equals("encoder");
        int half = encoder ? buckets / 2 : buckets;
        int n = encoder ? Math.abs(distance) : Math.max(-distance, 0);
        int exact = half / 2;
        double far = Math.log((double) n / exact)
                / Math.log((double) config.relativeAttentionMaxDistance() / exact)
                * (half - exact);
        int bucket = n < exact ? n : Math.min(exact + (int) far, half - 1);
        if (encoder && distance > 0) {
            bucket += half;
        }
        return weights.get(stack + ".block.0.layer.0.SelfAttention.relative_attention_bias.weight")[
                bucket * config.numHeads() + head];
    }

    private void feedForward(double[][] x, String layer) {
        double[][] y = norm(x, layer + ".layer_norm.weight");
        String prefix = layer + ".DenseReluDense.";
        boolean gated = config.feedForwardType() == FeedForwardType.GATED_GELU;
        double[][] h = linear(y, prefix + (gated ? "wi_0.weight" : "wi.weight"));
        double[][] gate = gated ? linear(y, prefix + "wi_1.weight") : null;
        for (int i = 0; i < h.length; i++) {
            for (int d = 0; d < h[i].length; d++) {
                double z = h[i][d];
                h[i][d] = gated
                        ? gate[i][d] * z / 2 * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (z + 0.044715 * z * z * z)))
                        : Math.max(z, 0);
            }
        }
        add(x, linear(h, prefix + "wo.weight"));
    }

    private double negativeLogLikelihood(double[] decoded, int label) {
        double[] w = weights.get(config.tieWordEmbeddings() ? "shared.weight" : "lm_head.weight");
        double scale = config.scaleDecoderOutputs() ? 1 / Math.sqrt(config.dModel()) : 1;
        double sum = 0;
        double own = 0;
        for (int v = 0; v < config.vocabSize(); v++) {
            double logit = 0;
            for (int d = 0; d < decoded.length; d++) {
                logit += scale * decoded[d] * w[v * decoded.length + d];
            }
            sum += Math.exp(logit);
            own = v == label ? logit : own;
        }
        return Math.log(sum) - own;
    }
}
