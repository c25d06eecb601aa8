package org.t5j.core.checkpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.t5j.core.T5Exception;

/**
 * What {@code config.json} says of a model with adapters. Hugging Face's T5 has none, so that the file has a model type of
 * its own: the Auto classes of transformers refuse it, and a class of theirs that is named outright warns before it leaves the
 * adapters out. What the type would be without them stands
 * beside it, and so do their width and everything else as usual.
 */
final class AdapterConfig {
    private static final String MODEL_TYPE = "t5j-adapters";
    private static final String ARCHITECTURE = "T5jWithAdapters";
    private static final String BASE_TYPE = "t5j_base_model_type";
    private static final String WIDTH = "t5j_adapter_width";

    private AdapterConfig() {}

    /**
     * A file as it would be without adapters, but for their width; the file itself where there are none.
     *
     * @throws T5Exception where it has the model type and no width
     */
    static JsonObjectFile unwrapped(JsonObjectFile json) {
        ObjectNode tree = json.tree().deepCopy();
        tree.remove(WIDTH);
        if (json.text("model_type", "").equals(MODEL_TYPE)) {
            int width = json.integer(WIDTH, 0);
            if (width < 1) {
                throw new T5Exception(json.file() + ": " + WIDTH + " of model_type \"" + MODEL_TYPE
                        + "\" must be at least 1, found " + width);
            }
            tree.put("model_type", json.text(BASE_TYPE, "t5")).put(WIDTH, width);
            tree.remove(BASE_TYPE);
        }
        return new JsonObjectFile(json.file(), tree);
    }

    /** Inner width of the adapters of an unwrapped file's model; 0 where it has none. */
    static int width(ObjectNode tree) {
        return tree.path(WIDTH).asInt();
    }

    /** An unwrapped file with adapters. */
    static ObjectNode withWidth(ObjectNode tree, int width) {
        return tree.deepCopy().put(WIDTH, width);
    }

    /** What is to be written instead of an unwrapped file, in place. */
    static void wrap(ObjectNode tree) {
        if (width(tree) > 0) {
            tree.put(BASE_TYPE, tree.get("model_type").asText());
            tree.put("model_type", MODEL_TYPE);
            tree.putArray("architectures").add(ARCHITECTURE);
        }
    }
}
