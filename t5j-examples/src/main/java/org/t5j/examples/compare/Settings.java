package org.t5j.examples.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The settings in which two configurations differ. */
public final class Settings {
    private Settings() {}

    /**
     * A setting of both sides.
     *
     * @param first its value as JSON, or {@code -} where the first side has none
     * @param second likewise
     */
    public record Pair(String first, String second) {}

    /** By key such as {@code optim.totalSteps}; none where a side has no configuration. */
    static Map<String, Pair> differences(JsonNode first, JsonNode second) {
        Map<String, Pair> differences = new LinkedHashMap<>();
        if (!first.isMissingNode() && !second.isMissingNode()) {
            compare("", first, second, differences);
        }
        return differences;
    }

    private static void compare(String key, JsonNode first, JsonNode second, Map<String, Pair> differences) {
        if (first.equals(second)) {
            return;
        }
        if (first.isObject() && second.isObject()) {
            Set<String> names = new LinkedHashSet<>();
            first.fieldNames().forEachRemaining(names::add);
            second.fieldNames().forEachRemaining(names::add);
            names.forEach(name ->
                    compare(key.isEmpty() ? name : key + "." + name, at(first, name), at(second, name), differences));
        } else if (first.isArray() && second.isArray() && first.size() == second.size()) {
            for (int i = 0; i < first.size(); i++) {
                compare(key + "." + i, first.get(i), second.get(i), differences);
            }
        } else {
            differences.put(key, new Pair(text(first), text(second)));
        }
    }

    private static JsonNode at(JsonNode node, String name) {
        return node.has(name) ? node.get(name) : MissingNode.getInstance();
    }

    private static String text(JsonNode node) {
        return node.isMissingNode() || node.isNull() ? "-" : node.isTextual() ? node.asText() : node.toString();
    }
}
