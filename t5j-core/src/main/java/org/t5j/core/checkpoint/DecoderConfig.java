package org.t5j.core.checkpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.t5j.core.Architecture;
import org.t5j.core.T5Config;
import org.t5j.core.T5Exception;

/**
 * What {@code config.json} says of a decoder without an encoder. Hugging Face's T5 has none, so that the file has a model
 * type of its own, which transformers refuses instead of loading the weights as something that they are not.
 */
final class DecoderConfig {
    /** The {@code model_type}. */
    static final String MODEL_TYPE = "t5j";

    private static final String ARCHITECTURE = "t5j_architecture";
    private static final String BIAS_PER_LAYER = "t5j_relative_bias_per_layer";

    private DecoderConfig() {}

    /** Whether a file is of such a model. */
    static boolean describes(JsonObjectFile json) {
        return json.text("model_type", "").equals(MODEL_TYPE);
    }

    /**
     * Which of them a file is of.
     *
     * @throws T5Exception where it does not say so
     */
    static Architecture architecture(JsonObjectFile json) {
        String name = json.text(ARCHITECTURE, "");
        return Arrays.stream(Architecture.values())
                .filter(each -> each.decoderOnly() && name(each).equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new T5Exception(ARCHITECTURE + " of model_type \"" + MODEL_TYPE + "\" must be one of "
                                + Arrays.stream(Architecture.values())
                                        .filter(Architecture::decoderOnly)
                                        .map(DecoderConfig::name)
                                        .collect(Collectors.joining(", "))
                                + ", found " + (name.isEmpty() ? "none" : "\"" + name + "\"")));
    }

    /** Whether every block of a file's model has a table of relative positions. */
    static boolean relativeBiasPerLayer(JsonObjectFile json) {
        return json.flag(BIAS_PER_LAYER, false);
    }

    /** Puts what a model needs, and removes it where it is none of these. */
    static void put(T5Config config, ObjectNode json) {
        json.remove(ARCHITECTURE);
        json.remove(BIAS_PER_LAYER);
        if (config.architecture().decoderOnly()) {
            json.put(ARCHITECTURE, name(config.architecture()));
            json.put(BIAS_PER_LAYER, config.relativeBiasPerLayer());
        }
    }

    private static String name(Architecture architecture) {
        return architecture.name().toLowerCase(Locale.ROOT);
    }
}
