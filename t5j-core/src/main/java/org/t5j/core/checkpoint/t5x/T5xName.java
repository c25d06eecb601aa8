package org.t5j.core.checkpoint.t5x;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a parameter of T5X is called by Hugging Face.
 *
 * @param name e.g. {@code encoder.block.0.layer.0.SelfAttention.q.weight}
 * @param transposed whether rows and columns change places: kernels are {@code [in, out]} in T5X, weights {@code [out, in]}
 * @see <a href="https://github.com/huggingface/transformers">convert_t5x_checkpoint_to_pytorch.py</a>
 */
record T5xName(String name, boolean transposed) {
    private record Rule(Pattern path, String name, boolean transposed) {}

    private static final String ENCODER = "encoder.block.$1.layer.";
    private static final String DECODER = "decoder.block.$1.layer.";
    private static final String INPUT = "(query|key|value|out)/kernel";
    private static final String FEED_FORWARD = "mlp/(wi|wi_0|wi_1|wo)/kernel";
    private static final String POSITIONS = "relpos_bias/rel_embedding";
    private static final String TABLE = "SelfAttention.relative_attention_bias.weight";
    private static final List<Rule> RULES = List.of(
            rule("token_embedder/embedding", "shared.weight", false),
            rule("decoder/logits_dense/kernel", "lm_head.weight", true),
            rule("encoder/encoder_norm/scale", "encoder.final_layer_norm.weight", false),
            rule("decoder/decoder_norm/scale", "decoder.final_layer_norm.weight", false),
            rule("(encoder|decoder)/" + POSITIONS, "$1.block.0.layer.0." + TABLE, true),
            layer("encoder", POSITIONS, ENCODER + "0." + TABLE, true),
            layer("encoder", "pre_attention_layer_norm/scale", ENCODER + "0.layer_norm.weight", false),
            layer("encoder", "attention/" + INPUT, ENCODER + "0.SelfAttention.$2.weight", true),
            layer("encoder", "pre_mlp_layer_norm/scale", ENCODER + "1.layer_norm.weight", false),
            layer("encoder", FEED_FORWARD, ENCODER + "1.DenseReluDense.$2.weight", true),
            layer("decoder", POSITIONS, DECODER + "0." + TABLE, true),
            layer("decoder", "pre_self_attention_layer_norm/scale", DECODER + "0.layer_norm.weight", false),
            layer("decoder", "self_attention/" + INPUT, DECODER + "0.SelfAttention.$2.weight", true),
            layer("decoder", "pre_cross_attention_layer_norm/scale", DECODER + "1.layer_norm.weight", false),
            layer("decoder", "encoder_decoder_attention/" + INPUT, DECODER + "1.EncDecAttention.$2.weight", true),
            layer("decoder", "pre_mlp_layer_norm/scale", DECODER + "2.layer_norm.weight", false),
            layer("decoder", FEED_FORWARD, DECODER + "2.DenseReluDense.$2.weight", true));

    private static Rule rule(String path, String name, boolean transposed) {
        return new Rule(Pattern.compile(path), name, transposed);
    }

    private static Rule layer(String stack, String path, String name, boolean transposed) {
        return rule(stack + "/layers_(0|[1-9][0-9]{0,3})/" + path, name, transposed);
    }

    /** The name for a path such as {@code encoder/encoder_norm/scale}; none for a path of no T5. */
    static Optional<T5xName> of(String path) {
        for (Rule rule : RULES) {
            Matcher matcher = rule.path().matcher(path);
            if (matcher.matches()) {
                String name = matcher.replaceFirst(rule.name())
                        .replaceFirst("\\.query\\.", ".q.")
                        .replaceFirst("\\.key\\.", ".k.")
                        .replaceFirst("\\.value\\.", ".v.")
                        .replaceFirst("\\.out\\.", ".o.");
                return Optional.of(new T5xName(name, rule.transposed()));
            }
        }
        return Optional.empty();
    }
}
