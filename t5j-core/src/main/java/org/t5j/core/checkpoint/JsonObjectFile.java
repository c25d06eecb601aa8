package org.t5j.core.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import org.t5j.core.FileFailure;
import org.t5j.core.T5Exception;

/**
 * A JSON object from a file, read key by key. A missing key and {@code null} give the default, a value of another type a
 * {@link T5Exception} that names file, key and value.
 */
record JsonObjectFile(Path file, ObjectNode tree) {
    private static final long MAX_BYTES = 1L << 26;
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    static JsonObjectFile read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new T5Exception("There is no file " + file);
        }
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new T5Exception(file + " must have at most " + MAX_BYTES + " bytes, found " + Files.size(file));
            }
            if (MAPPER.readTree(Files.readString(file)) instanceof ObjectNode tree) {
                return new JsonObjectFile(file, tree);
            }
            throw new T5Exception(file + " must hold a JSON object");
        } catch (JsonProcessingException e) {
            throw new T5Exception(
                    file + ", line " + e.getLocation().getLineNr() + ", is not valid JSON: " + problem(e)
                            + ". It may be cut or damaged; copy it again from where the model comes from",
                    e);
        } catch (IOException e) {
            throw new T5Exception("Cannot read " + file + ": " + FileFailure.reason(e), e);
        }
    }

    /** What the parser says, without its own description of the source. */
    private static String problem(JsonProcessingException e) {
        return e.getOriginalMessage().replaceAll(" \\([^(]*\\[Source: .*\\]\\)", "");
    }

    /** Writes a JSON object, indented, by {@link AtomicFile}. */
    static void write(Path file, ObjectNode tree) {
        AtomicFile.write(file, tree.toPrettyString() + "\n");
    }

    boolean has(String key) {
        return tree.hasNonNull(key);
    }

    int integer(String key, int otherwise) {
        return has(key)
                ? require(key, "a 32-bit integer", node -> node.isIntegralNumber() && node.canConvertToInt())
                        .intValue()
                : otherwise;
    }

    double number(String key, double otherwise) {
        return has(key) ? require(key, "a number", JsonNode::isNumber).doubleValue() : otherwise;
    }

    boolean flag(String key, boolean otherwise) {
        return has(key) ? require(key, "true or false", JsonNode::isBoolean).booleanValue() : otherwise;
    }

    String text(String key, String otherwise) {
        return has(key) ? require(key, "a string", JsonNode::isTextual).textValue() : otherwise;
    }

    /** The value of {@code key}, which must be an object. */
    ObjectNode object(String key) {
        return (ObjectNode) require(key, "an object", JsonNode::isObject);
    }

    private JsonNode require(String key, String type, Predicate<JsonNode> rule) {
        JsonNode node = tree.path(key);
        if (!rule.test(node)) {
            throw new T5Exception(file + ": \"" + key + "\" must be " + type + ", found "
                    + (node.isMissingNode() ? "nothing" : node.toString()));
        }
        return node;
    }
}
