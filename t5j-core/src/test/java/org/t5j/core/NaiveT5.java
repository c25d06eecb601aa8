package org.t5j.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
        return config.architecture().decoderOnly() ? lossOfDecoder(batch, false) : lossOfBoth(batch);
    }

    private double lossOfBoth(T5Batch batch) {
        double sum = 0;
        for (int row = 0; row < batch.size(); row++) {
            int r = row;
            int inputs = batch.inputLength();
            int targets = batch.targetLength();
            BiPredicate<Integer, Integer> encoder = (i, j) -> batch.attentionMask()[r * inputs + j] != 0
                    && segment(batch.inputSegments(), r * inputs + i) == segment(batch.inputSegments(), r * inputs + j);
            BiPredicate<Integer, Integer> decoder = (i, j) -> j <= i
                    && segment(batch.targetSegments(), r * targets + i)
                            == segment(batch.targetSegments(), r * targets + j);
            BiPredicate<Integer, Integer> cross = (i, j) -> batch.attentionMask()[r * inputs + j] != 0
                    && segment(batch.targetSegments(), r * targets + i)
                            == segment(batch.inputSegments(), r * inputs + j);
            double[][] encoded = embed(batch.inputIds(), row * inputs, inputs);
            for (int b = 0; b < config.numLayers(); b++) {
                String block = "encoder.block." + b + ".layer.";
                attend(encoded, encoded, block + 0, "SelfAttention", new Table(table("encoder", b), true), encoder);
                feedForward(encoded, block + 1);
            }
            encoded = norm(encoded, "encoder.final_layer_norm.weight");
            double[][] decoded = embed(batch.decoderInputIds(), row * targets, targets);
            boolean shared = config.architecture() == Architecture.SHARED;
            String own = shared ? "encoder" : "decoder";
            for (int b = 0; b < config.numDecoderLayers(); b++) {
                String block = own + ".block." + b + ".layer.";
                attend(decoded, decoded, block + 0, "SelfAttention", new Table(table(own, b), false), decoder);
                attend(decoded, encoded, "decoder.block." + b + ".layer.1", "EncDecAttention", null, cross);
                feedForward(decoded, block + (shared ? 1 : 2));
            }
            decoded = norm(decoded, own + ".final_layer_norm.weight");
            sum += loss(decoded, Arrays.copyOfRange(batch.labels(), row * targets, (row + 1) * targets));
        }
        return sum;
    }

    /** The same of a decoder alone, of its inputs too where asked for: sequence by sequence, in lists of tokens. */
    double lossOfDecoder(T5Batch batch, boolean lossOnInputs) {
        double sum = 0;
        for (int row = 0; row < batch.size(); row++) {
            for (int segment = 1; segment <= batch.inputLength(); segment++) {
                List<Integer> inputs = new ArrayList<>();
                for (int i = row * batch.inputLength(); i < (row + 1) * batch.inputLength(); i++) {
                    if (segment(batch.inputSegments(), i) == segment) {
                        inputs.add(batch.attentionMask()[i] == 0 ? null : batch.inputIds()[i]);
                    }
                }
                while (!inputs.isEmpty() && inputs.get(inputs.size() - 1) == null) {
                    inputs.remove(inputs.size() - 1);
                }
                if (inputs.equals(List.of(config.eosTokenId()))) {
                    inputs.clear();
                }
                List<Integer> targets = new ArrayList<>();
                for (int i = row * batch.targetLength(); i < (row + 1) * batch.targetLength(); i++) {
                    if (segment(batch.targetSegments(), i) == segment && batch.labels()[i] != T5Batch.NO_TARGET) {
                        targets.add(batch.labels()[i]);
                    }
                }
                sum += targets.isEmpty() ? 0 : lossOfSequence(inputs, targets, lossOnInputs);
            }
        }
        return sum;
    }

    /** @param inputs null where one is masked */
    private double lossOfSequence(List<Integer> inputs, List<Integer> targets, boolean lossOnInputs) {
        List<Integer> all = new ArrayList<>(inputs);
        all.addAll(targets);
        int length = all.size();
        boolean prefixLm = config.architecture() == Architecture.DECODER_PREFIX_LM;
        int[] read = new int[length];
        int[] labels = new int[length];
        for (int i = 0; i < length; i++) {
            read[i] = i == 0 ? config.decoderStartTokenId() : Objects.requireNonNullElse(all.get(i - 1), 0);
            boolean wanted = i >= inputs.size() || lossOnInputs && all.get(i) != null;
            labels[i] = wanted ? all.get(i) : T5Batch.NO_TARGET;
        }
        BiPredicate<Integer, Integer> allowed =
                (i, j) -> (j <= i || prefixLm && j <= inputs.size()) && (j == 0 || all.get(j - 1) != null);
        double[][] x = embed(read, 0, length);
        for (int b = 0; b < config.numDecoderLayers(); b++) {
            String block = "decoder.block." + b + ".layer.";
            attend(x, x, block + 0, "SelfAttention", new Table(table("decoder", b), prefixLm), allowed);
            feedForward(x, block + 1);
        }
        return loss(norm(x, "decoder.final_layer_norm.weight"), labels);
    }

    private double loss(double[][] decoded, int[] labels) {
        double sum = 0;
        for (int i = 0; i < labels.length; i++) {
            sum += labels[i] == T5Batch.NO_TARGET ? 0 : negativeLogLikelihood(decoded[i], labels[i]);
        }
        return sum;
    }

    /** The segment of a position; where rows are not packed, all are in the first. */
    private static int segment(int[] segments, int i) {
        return segments == null ? 1 : segments[i];
    }

    /** Relative positions: the table's name, and whether it knows the future. */
    private record Table(String name, boolean bidirectional) {}

    private String table(String stack, int block) {
        return stack + ".block." + (config.relativeBiasPerLayer() ? block : 0)
                + ".layer.0.SelfAttention.relative_attention_bias.weight";
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
            Table positions,
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
                        double score = positions == null ? 0 : bias(positions, head, j - i);
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

    private double bias(Table positions, int head, int distance) {
        int buckets = config.relativeAttentionNumBuckets();
        boolean both = positions.bidirectional;
        int half = both ? buckets / 2 : buckets;
        int n = both ? Math.abs(distance) : Math.max(-distance, 0);
        int exact = half / 2;
        double far = Math.log((double) n / exact)
                / Math.log((double) config.relativeAttentionMaxDistance() / exact)
                * (half - exact);
        int bucket = n < exact ? n : Math.min(exact + (int) far, half - 1);
        if (both && distance > 0) {
            bucket += half;
        }
        return weights.get(positions.name)[bucket * config.numHeads() + head];
    }

    private void feedForward(double[][] x, String layer) {
        double[][] y = norm(x, layer + ".layer_norm.weight");
        String prefix = layer + ".DenseReluDense.";
        boolean gated = config.feedForwardType().gated();
        double[][] h = linear(y, prefix + (gated ? "wi_0.weight" : "wi.weight"));
        double[][] gate = gated ? linear(y, prefix + "wi_1.weight") : null;
        for (int i = 0; i < h.length; i++) {
            for (int d = 0; d < h[i].length; d++) {
                h[i][d] = (gated ? gate[i][d] : 1) * activated(h[i][d]);
            }
        }
        add(x, linear(h, prefix + "wo.weight"));
    }

    private double activated(double z) {
        return switch (config.feedForwardType().activation()) {
            case RELU -> Math.max(z, 0);
            case GELU_TANH -> z / 2 * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (z + 0.044715 * z * z * z)));
            case SILU -> z / (1 + Math.exp(-z));
        };
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
