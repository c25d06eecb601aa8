package org.t5j.train.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A {@code key.path=value} of the command line.
 *
 * @param path keys separated by dots; elements of lists are numbers from 0
 * @param value any YAML
 */
record Setting(String path, JsonNode value) {

    static Setting parse(String text, ObjectMapper yaml) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw new ConfigException(
                    "A setting is written key.path=value, such as optim.totalSteps=1000; found \"" + text + "\"");
        }
        try {
            JsonNode value = yaml.readTree(text.substring(equals + 1));
            return new Setting(
                    text.substring(0, equals).trim(),
                    value == null || value.isMissingNode() ? NullNode.instance : value);
        } catch (JsonProcessingException e) {
            throw new ConfigException("--set " + text + ": the value is not YAML (" + ConfigFile.problem(e) + ")", e);
        }
    }

    /** Puts the value where the path leads, making sections on the way; returns the path. */
    String applyTo(ObjectNode tree) {
        String[] keys = path.split("\\.", -1);
        JsonNode node = tree;
        for (int i = 0; i < keys.length - 1; i++) {
            JsonNode child = child(node, keys[i]);
            if (child == null || child.isNull() || child.isTextual()) {
                child = section((ObjectNode) node, keys[i], child);
            }
            node = child;
        }
        String last = keys[keys.length - 1];
        if (node instanceof ObjectNode object) {
            object.set(last, value);
        } else {
            child(node, last);
            ((ArrayNode) node).set(Integer.parseInt(last), value);
        }
        return path;
    }

    /** A new section; a variant that was written as its name keeps the name. */
    private static ObjectNode section(ObjectNode parent, String key, JsonNode old) {
        ObjectNode section = parent.putObject(key);
        return old != null && old.isTextual() ? section.put(ConfigSchema.NAME, old.asText()) : section;
    }

    private JsonNode child(JsonNode node, String key) {
        if (node instanceof ArrayNode array) {
            if (!key.matches("\\d{1,9}") || Integer.parseInt(key) >= array.size()) {
                throw new ConfigException("--set " + path + ": \"" + key + "\" is not an element of a list of "
                        + array.size() + "; elements are numbered from 0");
            }
            return array.get(Integer.parseInt(key));
        }
        if (node instanceof ObjectNode) {
            return node.get(key);
        }
        throw new ConfigException(
                "--set " + path + ": there is a single value where the key \"" + key + "\" should be");
    }
}
