package org.t5j.train.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.t5j.core.NearestName;

/** Turns the leaves of a configuration tree into values. Numbers may be written as YAML does not know them, 1e-3. */
final class ScalarBinder {
    private final ConfigOrigin origin;

    ScalarBinder(ConfigOrigin origin) {
        this.origin = origin;
    }

    Object bind(JsonNode node, Class<?> type, String path) {
        origin.require(node.isValueNode(), path, "must be a single value, found " + ConfigOrigin.quoted(node));
        if (type == boolean.class || type == Boolean.class) {
            origin.require(
                    node.isBoolean() || node.asText().matches("true|false"),
                    path,
                    "must be true or false, found " + ConfigOrigin.quoted(node));
            return Boolean.parseBoolean(node.asText());
        }
        if (type == String.class) {
            return node.asText();
        }
        if (type == Path.class) {
            return origin.resolve(path, node);
        }
        return type.isEnum() ? constant(node, type, path) : number(node, type, path);
    }

    private Object constant(JsonNode node, Class<?> type, String path) {
        List<String> names =
                Arrays.stream(type.getEnumConstants()).map(Object::toString).toList();
        for (Object constant : type.getEnumConstants()) {
            if (constant.toString().equalsIgnoreCase(node.asText())) {
                return constant;
            }
        }
        throw origin.error(
                path,
                "is " + ConfigOrigin.quoted(node)
                        + NearestName.question(names, node.asText().toUpperCase(Locale.ROOT)) + " Known: "
                        + String.join(", ", names));
    }

    private Object number(JsonNode node, Class<?> type, String path) {
        boolean whole = type == int.class || type == Integer.class || type == long.class || type == Long.class;
        boolean small = type == int.class || type == Integer.class;
        String rule = "must be a " + (whole ? "whole " : "") + "number, found " + ConfigOrigin.quoted(node);
        origin.require(!node.isBoolean(), path, rule);
        try {
            String text = node.asText().trim();
            if (!whole) {
                double value = Double.parseDouble(text);
                origin.require(!Double.isNaN(value), path, rule);
                return value;
            }
            BigDecimal value = new BigDecimal(text.replace("_", ""));
            return small ? (Object) value.intValueExact() : (Object) value.longValueExact();
        } catch (NumberFormatException e) {
            throw origin.error(path, rule);
        } catch (ArithmeticException e) {
            throw origin.error(path, rule + ", which does not fit");
        }
    }
}
