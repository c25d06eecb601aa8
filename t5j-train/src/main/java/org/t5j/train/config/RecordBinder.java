package org.t5j.train.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.t5j.core.NearestName;
import org.t5j.core.T5Exception;

/** Turns a tree into configuration records, strictly: every key must be known and every value of its type. */
final class RecordBinder {
    private final ConfigSchema schema;
    private final ConfigOrigin origin;
    private final ScalarBinder scalars;

    RecordBinder(ConfigSchema schema, ConfigOrigin origin) {
        this.schema = schema;
        this.origin = origin;
        this.scalars = new ScalarBinder(origin);
    }

    /**
     * The value that {@code node} stands for.
     *
     * @param node null where the key is left out
     * @param path of the key, such as {@code optim.gradClip}; empty for the file
     * @param fallback the value where the key is left out
     */
    Object bind(JsonNode node, Type type, String path, Object fallback) {
        if (node == null) {
            return fallback;
        }
        Class<?> raw = type instanceof ParameterizedType p ? (Class<?>) p.getRawType() : (Class<?>) type;
        if (node.isNull()) {
            origin.require(!raw.isPrimitive(), path, "needs a value; leave the key out for its default");
            return fallback;
        }
        if (schema.hasVariants(raw)) {
            return variant(node, raw, path, fallback);
        }
        if (raw.isRecord()) {
            return section(node, raw, path, fallback, List.of());
        }
        if (raw == List.class) {
            return list(node, argument(type, 0), path);
        }
        if (raw == Map.class) {
            return map(node, argument(type, 1), path);
        }
        return scalars.bind(node, raw, path);
    }

    private static Type argument(Type type, int index) {
        return ((ParameterizedType) type).getActualTypeArguments()[index];
    }

    private List<Object> list(JsonNode node, Type element, String path) {
        origin.require(!node.isObject(), path, "must be a list, found a section");
        if (!node.isArray()) {
            return List.of(bind(node, element, path, null));
        }
        List<Object> values = new ArrayList<>();
        for (JsonNode child : node) {
            origin.require(
                    !child.isNull(),
                    path + "." + values.size(),
                    "is empty; give it a value or take it out of the list");
            values.add(bind(child, element, path + "." + values.size(), null));
        }
        return values;
    }

    private Map<String, Object> map(JsonNode node, Type element, String path) {
        origin.require(
                node.isObject(), path, "must be a section of names and values, found " + ConfigOrigin.quoted(node));
        Map<String, Object> values = new LinkedHashMap<>();
        node.properties().forEach(entry -> {
            String child = join(path, entry.getKey());
            origin.require(!entry.getValue().isNull(), child, "is empty; give it a value or take it out");
            values.put(entry.getKey(), bind(entry.getValue(), element, child, null));
        });
        return values;
    }

    private Object variant(JsonNode node, Class<?> type, String path, Object fallback) {
        Map<String, ? extends Class<?>> known = schema.variantsOf(type);
        origin.require(
                node.isTextual() || node.isObject(),
                path,
                "must be a name or a section, found " + ConfigOrigin.quoted(node));
        String fallbackName = fallback == null ? null : schema.nameOf(fallback.getClass());
        JsonNode given = node.isTextual() ? node : node.get(ConfigSchema.NAME);
        String name = given == null ? fallbackName : given.asText();
        origin.require(name != null, path, "needs the key name: one of " + known.keySet());
        Class<?> chosen = known.get(name);
        if (chosen == null) {
            throw origin.error(
                    path,
                    "is \"" + name + "\"" + NearestName.quotedQuestion(known.keySet(), name) + " Known: "
                            + String.join(", ", known.keySet()));
        }
        JsonNode section = node.isTextual() ? JsonNodeFactory.instance.objectNode() : node;
        return section(section, chosen, path, name.equals(fallbackName) ? fallback : null, List.of(ConfigSchema.NAME));
    }

    private Object section(JsonNode node, Class<?> type, String path, Object fallback, List<String> alsoKnown) {
        origin.require(node.isObject(), path, "must be a section of keys, found " + ConfigOrigin.quoted(node));
        RecordComponent[] components = type.getRecordComponents();
        List<String> known = new ArrayList<>(alsoKnown);
        Arrays.stream(components).map(RecordComponent::getName).forEach(known::add);
        ((ObjectNode) node).fieldNames().forEachRemaining(key -> requireKnown(key, known, path));
        Object defaults = fallback != null ? fallback : ConfigSchema.defaultsOf(type);
        Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            RecordComponent component = components[i];
            String childPath = join(path, component.getName());
            Object value = defaults == null ? null : RecordTree.valueOf(defaults, component);
            values[i] = bind(node.get(component.getName()), component.getGenericType(), childPath, value);
            origin.require(values[i] != null || !component.getType().isPrimitive(), childPath, "is missing");
        }
        return instantiate(type, components, values, path);
    }

    private void requireKnown(String key, List<String> known, String path) {
        if (!known.contains(key)) {
            throw origin.error(
                    join(path, key),
                    "is not a known key" + NearestName.question(known, key) + " Known here: "
                            + String.join(", ", known));
        }
    }

    private Object instantiate(Class<?> type, RecordComponent[] components, Object[] values, String path) {
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            String problem = e.getCause().getMessage();
            String setting = join(path, problem.replaceFirst(" .*", ""));
            throw new ConfigException(
                    origin.of(setting) + ": " + (path.isEmpty() ? "" : path + ": ") + problem, e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new T5Exception("Cannot make a " + type.getSimpleName(), e);
        }
    }

    private static String join(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
