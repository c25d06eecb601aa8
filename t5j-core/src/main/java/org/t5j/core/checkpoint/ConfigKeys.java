package org.t5j.core.checkpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.t5j.core.Architecture;
import org.t5j.core.FeedForwardType;
import org.t5j.core.T5Config;
import org.t5j.core.T5Exception;
import org.t5j.core.T5Preset;

/** The keys of {@code config.json} that a {@link T5Config} stands in, read and written; see {@link HfConfig}. */
final class ConfigKeys {
    private static final Map<String, String> ARCHITECTURES = Map.of(
            "t5",
            "T5ForConditionalGeneration",
            "mt5",
            "MT5ForConditionalGeneration",
            "umt5",
            "UMT5ForConditionalGeneration",
            DecoderConfig.MODEL_TYPE,
            "T5jDecoder");
    private static final String SHARED_STACKS = "t5j_shared_encoder_decoder";

    private ConfigKeys() {}

    /**
     * The shape that a file describes.
     *
     * @throws T5Exception where it is of another kind of model, or holds a value out of range
     */
    static T5Config read(JsonObjectFile json) {
        requireT5(json);
        T5Config base = defaults(json.text("model_type", "t5"));
        int numLayers = json.integer("num_layers", base.numLayers());
        boolean tied = json.flag("tie_word_embeddings", base.tieWordEmbeddings());
        return T5Config.builder()
                .vocabSize(json.integer("vocab_size", base.vocabSize()))
                .dModel(json.integer("d_model", base.dModel()))
                .dKv(json.integer("d_kv", base.dKv()))
                .dFf(json.integer("d_ff", base.dFf()))
                .layers(numLayers, json.integer("num_decoder_layers", numLayers))
                .numHeads(json.integer("num_heads", base.numHeads()))
                .relativeAttentionNumBuckets(
                        json.integer("relative_attention_num_buckets", base.relativeAttentionNumBuckets()))
                .relativeAttentionMaxDistance(
                        json.integer("relative_attention_max_distance", base.relativeAttentionMaxDistance()))
                .dropoutRate((float) json.number("dropout_rate", base.dropoutRate()))
                .layerNormEpsilon((float) json.number("layer_norm_epsilon", base.layerNormEpsilon()))
                .initializerFactor((float) json.number("initializer_factor", base.initializerFactor()))
                .feedForwardType(feedForwardType(json, base))
                .tieWordEmbeddings(tied)
                .scaleDecoderOutputs(json.flag("scale_decoder_outputs", tied))
                .padTokenId(json.integer("pad_token_id", base.padTokenId()))
                .eosTokenId(json.integer("eos_token_id", base.eosTokenId()))
                .decoderStartTokenId(json.integer("decoder_start_token_id", base.decoderStartTokenId()))
                .architecture(architecture(json))
                .relativeBiasPerLayer(
                        DecoderConfig.describes(json)
                                ? DecoderConfig.relativeBiasPerLayer(json)
                                : base.relativeBiasPerLayer())
                .build();
    }

    private static void requireT5(JsonObjectFile json) {
        String modelType = json.text("model_type", null);
        if (modelType == null
                && json.tree().path("architectures").path(0).asText().startsWith("T5")) {
            return;
        }
        if (modelType == null || !ARCHITECTURES.containsKey(modelType)) {
            throw new T5Exception(json.file()
                    + ": model_type must be \"t5\" (T5, T5 v1.1, Flan-T5, ByT5, UL2), \"mt5\" or \"umt5\", found "
                    + (modelType == null ? "none" : "\"" + modelType + "\"")
                    + "; other models are built differently and cannot be loaded");
        }
        if (modelType.equals(DecoderConfig.MODEL_TYPE)) {
            return;
        }
        if (!json.flag("is_encoder_decoder", true)) {
            throw new T5Exception(
                    json.file() + ": is_encoder_decoder must be true; an encoder or decoder alone cannot be loaded");
        }
    }

    private static Architecture architecture(JsonObjectFile json) {
        if (DecoderConfig.describes(json)) {
            return DecoderConfig.architecture(json);
        }
        return json.flag(SHARED_STACKS, false) ? Architecture.SHARED : Architecture.ENCODER_DECODER;
    }

    /** What the keys that a file leaves out mean. */
    private static T5Config defaults(String modelType) {
        return switch (modelType) {
            case "mt5" -> T5Preset.MT5_SMALL.config();
            case "umt5" ->
                T5Preset.MT5_SMALL.config().toBuilder()
                        .relativeBiasPerLayer(true)
                        .build();
            default -> T5Preset.SMALL.config();
        };
    }

    /** {@code feed_forward_proj}, which the keys that Hugging Face derives from it must not contradict. */
    private static FeedForwardType feedForwardType(JsonObjectFile json, T5Config base) {
        FeedForwardType type = FeedForwardType.ofHfName(
                json.text("feed_forward_proj", base.feedForwardType().hfName()));
        boolean gated = json.flag("is_gated_act", type.gated());
        String activation = json.text("dense_act_fn", activationName(type));
        String derived = (gated ? "gated-" : "") + activation;
        if (!derived.equals("gated-gelu") && FeedForwardType.ofHfName(derived) == type) {
            return type;
        }
        throw new T5Exception("feed_forward_proj \"" + type.hfName() + "\" contradicts dense_act_fn \"" + activation
                + "\" with is_gated_act " + gated + "; remove the wrong ones");
    }

    private static String activationName(FeedForwardType type) {
        return switch (type.activation()) {
            case RELU -> "relu";
            case GELU_TANH -> "gelu_new";
            case SILU -> "silu";
        };
    }

    /** Puts a shape into what a file says, in place; keys that say nothing of it stay. */
    static void put(T5Config config, ObjectNode json) {
        String modelType = modelType(config, json.path("model_type").asText("t5"));
        json.put("model_type", modelType);
        json.putArray("architectures").add(ARCHITECTURES.get(modelType));
        json.put("vocab_size", config.vocabSize());
        json.put("d_model", config.dModel());
        json.put("d_kv", config.dKv());
        json.put("d_ff", config.dFf());
        json.put("num_layers", config.numLayers());
        json.put("num_decoder_layers", config.numDecoderLayers());
        json.put("num_heads", config.numHeads());
        json.put("relative_attention_num_buckets", config.relativeAttentionNumBuckets());
        json.put("relative_attention_max_distance", config.relativeAttentionMaxDistance());
        json.put("dropout_rate", decimal(config.dropoutRate()));
        json.put("layer_norm_epsilon", decimal(config.layerNormEpsilon()));
        json.put("initializer_factor", decimal(config.initializerFactor()));
        json.put("feed_forward_proj", config.feedForwardType().hfName());
        json.put("dense_act_fn", activationName(config.feedForwardType()));
        json.put("is_gated_act", config.feedForwardType().gated());
        json.put("is_encoder_decoder", !config.architecture().decoderOnly());
        json.put("use_cache", json.path("use_cache").asBoolean(true));
        json.put("pad_token_id", config.padTokenId());
        json.put("eos_token_id", config.eosTokenId());
        json.put("decoder_start_token_id", config.decoderStartTokenId());
        json.put("classifier_dropout", json.path("classifier_dropout").asDouble(0));
        putTying(config, json);
        json.remove(SHARED_STACKS);
        if (config.architecture() == Architecture.SHARED) {
            json.put(SHARED_STACKS, true);
        }
        DecoderConfig.put(config, json);
    }

    private static String modelType(T5Config config, String before) {
        if (config.architecture().decoderOnly()) {
            return DecoderConfig.MODEL_TYPE;
        }
        if (config.relativeBiasPerLayer()) {
            return "umt5";
        }
        return before.equals("umt5") || before.equals(DecoderConfig.MODEL_TYPE) ? "t5" : before;
    }

    private static void putTying(T5Config config, ObjectNode json) {
        json.put("tie_word_embeddings", config.tieWordEmbeddings());
        if (config.scaleDecoderOutputs() == config.tieWordEmbeddings()) {
            json.remove("scale_decoder_outputs");
        } else {
            json.put("scale_decoder_outputs", config.scaleDecoderOutputs());
        }
    }

    /** The double with the same digits as the float: 0.1 and not 0.10000000149011612. */
    private static double decimal(float value) {
        return Double.parseDouble(Float.toString(value));
    }
}
