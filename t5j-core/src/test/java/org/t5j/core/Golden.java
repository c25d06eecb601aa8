package org.t5j.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.t5j.core.checkpoint.SafetensorsReader;

/** The recorded tensors of one file under {@code golden/t5}. */
final class Golden {
    private final SafetensorsReader file;

    private Golden(SafetensorsReader file) {
        this.file = file;
    }

    static Path path(String relative) {
        try {
            return Path.of(Golden.class.getResource("/golden/t5/" + relative).toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    static Golden read(String model, String file) {
        return new Golden(SafetensorsReader.open(path(model + "/" + file)));
    }

    static JsonNode json(String path) {
        try {
            return new ObjectMapper().readTree(path(path).toFile());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Changes a JSON file. */
    static void edit(Path file, Consumer<ObjectNode> change) {
        try {
            ObjectMapper mapper = new ObjectMapper();
            ObjectNode json = (ObjectNode) mapper.readTree(file.toFile());
            change.accept(json);
            mapper.writeValue(file.toFile(), json);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    boolean has(String name) {
        return file.contains(name);
    }

    float[] floats(String name) {
        return file.floats(name);
    }

    /** The values of a tensor of ids; null where there is none. */
    int[] ints(String name) {
        return has(name) ? file.ints(name) : null;
    }

    int[] shape(String name) {
        return file.entry(name).shape().stream().mapToInt(Math::toIntExact).toArray();
    }

    /** The model of {@code golden/t5/name} with its recorded weights. */
    static T5Model model(String name) {
        return T5Model.load(path(name));
    }
}
