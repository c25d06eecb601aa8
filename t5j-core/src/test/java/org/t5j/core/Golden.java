package org.t5j.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The recorded tensors of one file under {@code golden/t5}. */
final class Golden {
    private final Map<String, float[]> floats = new LinkedHashMap<>();
    private final Map<String, int[]> ints = new LinkedHashMap<>();
    private final Map<String, int[]> shapes = new LinkedHashMap<>();

    static Golden read(String model, String file) {
        try (InputStream in = Golden.class.getResourceAsStream("/golden/t5/" + model + "/" + file)) {
            return new Golden(in.readAllBytes());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static JsonNode json(String path) {
        try (InputStream in = Golden.class.getResourceAsStream("/golden/t5/" + path)) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Golden(byte[] file) throws IOException {
        ByteBuffer data = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int header = (int) data.getLong(0);
        JsonNode tree = new ObjectMapper().readTree(file, 8, header);
        for (var field : tree.properties()) {
            if (!field.getKey().equals("__metadata__")) {
                add(field.getKey(), field.getValue(), data, 8 + header);
            }
        }
    }

    private void add(String name, JsonNode entry, ByteBuffer data, int base) {
        int from = base + entry.get("data_offsets").get(0).asInt();
        int to = base + entry.get("data_offsets").get(1).asInt();
        int[] shape = new int[entry.get("shape").size()];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = entry.get("shape").get(i).asInt();
        }
        shapes.put(name, shape);
        ByteBuffer part = data.slice(from, to - from).order(ByteOrder.LITTLE_ENDIAN);
        if (entry.get("dtype").asText().equals("F32")) {
            float[] values = new float[part.remaining() / 4];
            part.asFloatBuffer().get(values);
            floats.put(name, values);
        } else {
            int[] values = new int[part.remaining() / 8];
            for (int i = 0; i < values.length; i++) {
                values[i] = (int) part.getLong(8 * i);
            }
            ints.put(name, values);
        }
    }

    Set<String> names() {
        return shapes.keySet();
    }

    boolean has(String name) {
        return shapes.containsKey(name);
    }

    float[] floats(String name) {
        return floats.get(name);
    }

    int[] ints(String name) {
        return ints.get(name);
    }

    int[] shape(String name) {
        return shapes.get(name);
    }

    /** The model of {@code golden/t5/name} with its recorded weights. */
    static T5Model model(String name) {
        JsonNode c = json(name + "/config.json");
        boolean tied = c.path("tie_word_embeddings").asBoolean(true);
        T5Config config = new T5Config(
                c.get("vocab_size").asInt(),
                c.get("d_model").asInt(),
                c.get("d_kv").asInt(),
                c.get("d_ff").asInt(),
                c.get("num_layers").asInt(),
                c.path("num_decoder_layers").asInt(c.get("num_layers").asInt()),
                c.get("num_heads").asInt(),
                c.path("relative_attention_num_buckets").asInt(32),
                c.path("relative_attention_max_distance").asInt(128),
                0f,
                (float) c.path("layer_norm_epsilon").asDouble(1e-6),
                1f,
                FeedForwardType.ofHfName(c.get("feed_forward_proj").asText()),
                tied,
                tied,
                0,
                1,
                0);
        T5Model model = T5Model.zeros(config);
        Golden weights = read(name, "model.safetensors");
        model.parameters().forEach(p -> model.backend().write(p.value(), weights.floats(p.name()), 0));
        return model;
    }
}
