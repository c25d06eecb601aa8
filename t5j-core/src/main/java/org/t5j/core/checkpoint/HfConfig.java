package org.t5j.core.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import org.t5j.core.T5Config;
import org.t5j.core.T5Exception;

/**
 * Hugging Face's {@code config.json}: a {@link T5Config}, and the keys that t5j has no use for ({@code
 * task_specific_params}, {@code n_positions}, …), which are kept.
 *
 * <p>Scaling of the decoder's output is {@code scale_decoder_outputs} where the file has that key (transformers 5), else
 * it follows {@code tie_word_embeddings} (transformers 4). Transformers 5 writes {@code tie_word_embeddings: true} for
 * every model, so that only the weights tell whether a model is tied: see {@link CheckpointReader#resolveConfig}.
 *
 * <p>Decoders without an encoder are no T5 to Hugging Face, see {@link DecoderConfig}, and models with adapters neither, see
 * {@link AdapterConfig}.
 *
 * <p>What is written means the same to both: {@code scale_decoder_outputs} stands there only for the mixed forms (tied but
 * not scaled, untied but scaled), which transformers 4 cannot express.
 */
public final class HfConfig {
    public static final String FILE = "config.json";

    private final T5Config config;
    private final ObjectNode tree;

    private HfConfig(T5Config config, ObjectNode tree) {
        this.config = config;
        this.tree = tree;
    }

    /** The file for a model that comes from no other. */
    public static HfConfig of(T5Config config) {
        return new HfConfig(config, JsonNodeFactory.instance.objectNode());
    }

    /**
     * Reads a file.
     *
     * @throws T5Exception where it cannot be read, is of another kind of model, or holds a value out of range
     */
    public static HfConfig read(Path file) {
        JsonObjectFile json = AdapterConfig.unwrapped(JsonObjectFile.read(file));
        try {
            return new HfConfig(ConfigKeys.read(json), json.tree());
        } catch (T5Exception e) {
            String prefix = file + ": ";
            throw e.getMessage().startsWith(prefix) ? e : new T5Exception(prefix + e.getMessage(), e);
        }
    }

    /** The shape that the file describes. */
    public T5Config config() {
        return config;
    }

    /** Another configuration with the same keys beside it. */
    public HfConfig withConfig(T5Config other) {
        return new HfConfig(other, tree);
    }

    /** Inner width of the adapters of the model; 0 where it has none. */
    public int adapterWidth() {
        return AdapterConfig.width(tree);
    }

    /** The same model with adapters. */
    public HfConfig withAdapterWidth(int width) {
        return new HfConfig(config, AdapterConfig.withWidth(tree, width));
    }

    /** A copy of what the file says of {@code key}, a missing node where it says nothing. */
    public JsonNode get(String key) {
        return toJson().path(key);
    }

    /**
     * Writes the file, replacing it.
     *
     * @throws T5Exception where that fails
     */
    public void write(Path file) {
        write(file, Dtype.F32);
    }

    /** {@link #write(Path)} for weights of type F32, F16 or BF16. */
    void write(Path file, Dtype weights) {
        JsonObjectFile.write(file, toJson().put("torch_dtype", torchName(weights)));
    }

    private static String torchName(Dtype dtype) {
        return switch (dtype) {
            case F32 -> "float32";
            case F16 -> "float16";
            case BF16 -> "bfloat16";
            default -> throw new IllegalArgumentException("Weights are not written as " + dtype);
        };
    }

    private ObjectNode toJson() {
        ObjectNode json = tree.deepCopy();
        ConfigKeys.put(config, json);
        AdapterConfig.wrap(json);
        json.remove("dtype");
        json.put("torch_dtype", "float32");
        return json;
    }
}
