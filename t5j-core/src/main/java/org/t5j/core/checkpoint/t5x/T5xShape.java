package org.t5j.core.checkpoint.t5x;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.t5j.core.FeedForwardType;
import org.t5j.core.T5Config;
import org.t5j.core.T5Exception;
import org.t5j.core.checkpoint.TensorEntry;

/** The configuration of a model as the shapes of its parameters tell it; all of them must fit it. */
final class T5xShape {
    private static final String SELF_ATTENTION = "encoder.block.0.layer.0.SelfAttention.";
    private static final String FEED_FORWARD = "encoder.block.0.layer.1.DenseReluDense.";

    private final Path file;
    private final Map<String, ArrayView> parameters;

    private T5xShape(Path file, Map<String, ArrayView> parameters) {
        this.file = file;
        this.parameters = parameters;
    }

    /** @throws T5Exception where a parameter is missing, too many, or of a shape or type that does not fit */
    static T5Config config(Path file, Map<String, ArrayView> parameters, Optional<FeedForwardType> feedForward) {
        T5xShape shape = new T5xShape(file, parameters);
        parameters.values().forEach(shape::requireMatrixOrVector);
        T5Config config = shape.config(feedForward);
        parameters.values().forEach(view -> shape.require(view.entry(), config));
        long values = parameters.values().stream()
                .mapToLong(view -> view.entry().elements())
                .sum();
        if (values != config.parameterCount()) {
            throw new T5Exception(file + " holds " + values + " weights, but a T5 with these layers and sizes has "
                    + config.parameterCount() + ": parameters are missing or too many");
        }
        return config;
    }

    private void requireMatrixOrVector(ArrayView view) {
        List<Long> shape = view.array().shape();
        int rank = view.name().endsWith("layer_norm.weight") ? 1 : 2;
        boolean fits = shape.size() == rank && shape.stream().allMatch(size -> size >= 1 && size <= Integer.MAX_VALUE);
        if (!fits || !view.array().dtype().readableAsFloat()) {
            throw new T5Exception(file + ": " + view.name() + " must have " + rank
                    + " dimensions and be float32, float16 or bfloat16, found " + shape + " of "
                    + view.array().dtype());
        }
    }

    private T5Config config(Optional<FeedForwardType> feedForward) {
        boolean gated = parameters.containsKey(FEED_FORWARD + "wi_0.weight");
        FeedForwardType type = feedForward.orElse(gated ? FeedForwardType.GATED_GELU : FeedForwardType.RELU);
        if (type.gated() != gated) {
            throw new T5Exception(file + " holds feed-forward layers " + (gated ? "with" : "without") + " gates, which "
                    + type.hfName() + " does not describe; choose another");
        }
        int heads = size(SELF_ATTENTION + "relative_attention_bias.weight", 1);
        int inner = size(SELF_ATTENTION + "q.weight", 0);
        if (inner % heads != 0) {
            throw new T5Exception(file + ": " + inner + " columns of queries are not divisible by " + heads + " heads");
        }
        return T5Config.builder()
                .vocabSize(size("shared.weight", 0))
                .dModel(size("shared.weight", 1))
                .dKv(inner / heads)
                .dFf(size(FEED_FORWARD + (gated ? "wi_0" : "wi") + ".weight", 0))
                .layers(layers("encoder"), layers("decoder"))
                .numHeads(heads)
                .relativeAttentionNumBuckets(size(SELF_ATTENTION + "relative_attention_bias.weight", 0))
                .relativeBiasPerLayer(tables() > 2)
                .feedForwardType(type)
                .tieWordEmbeddings(!parameters.containsKey("lm_head.weight"))
                .build();
    }

    private int size(String name, int dimension) {
        ArrayView view = parameters.get(name);
        if (view == null) {
            throw new T5Exception(file + " holds no parameter of T5X that is " + name + "; is it a T5's checkpoint?");
        }
        return Math.toIntExact(view.entry().shape().get(dimension));
    }

    private long tables() {
        return parameters.keySet().stream()
                .filter(name -> name.endsWith("relative_attention_bias.weight"))
                .count();
    }

    private int layers(String stack) {
        String prefix = stack + ".block.";
        return parameters.keySet().stream()
                        .filter(name -> name.startsWith(prefix))
                        .mapToInt(name ->
                                Integer.parseInt(name.substring(prefix.length(), name.indexOf('.', prefix.length()))))
                        .max()
                        .orElse(0)
                + 1;
    }

    private void require(TensorEntry entry, T5Config c) {
        String name = entry.name();
        int[] expected;
        if (name.equals("shared.weight") || name.equals("lm_head.weight")) {
            expected = new int[] {c.vocabSize(), c.dModel()};
        } else if (name.endsWith("layer_norm.weight")) {
            expected = new int[] {c.dModel()};
        } else if (name.endsWith("relative_attention_bias.weight")) {
            expected = new int[] {c.relativeAttentionNumBuckets(), c.numHeads()};
        } else if (name.contains("Attention.")) {
            expected =
                    name.endsWith(".o.weight") ? new int[] {c.dModel(), c.inner()} : new int[] {c.inner(), c.dModel()};
        } else if (name.endsWith(".wo.weight")) {
            expected = new int[] {c.dModel(), c.dFf()};
        } else if (name.endsWith(".wi.weight") == c.feedForwardType().gated()) {
            throw new T5Exception(file + ": " + name + " does not belong beside layers of "
                    + c.feedForwardType().hfName());
        } else {
            expected = new int[] {c.dFf(), c.dModel()};
        }
        if (!entry.hasShape(expected)) {
            throw new T5Exception(
                    file + ": " + name + " has shape " + entry.shape() + ", expected " + Arrays.toString(expected));
        }
    }
}
