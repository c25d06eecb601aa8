package org.t5j.train.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import org.t5j.core.T5Exception;

/** Turns configuration records into trees; components that are null are left out, paths are absolute. The inverse of {@link RecordBinder}. */
final class RecordTree {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private final ConfigSchema schema;

    RecordTree(ConfigSchema schema) {
        this.schema = schema;
    }

    JsonNode of(Object value) {
        if (value == null) {
            return NODES.nullNode();
        }
        if (value instanceof Record record) {
            return section(record);
        }
        if (value instanceof Collection<?> list) {
            ArrayNode array = NODES.arrayNode();
            list.forEach(element -> array.add(of(element)));
            return array;
        }
        if (value instanceof Map<?, ?> map) {
            ObjectNode node = NODES.objectNode();
            map.forEach((key, element) -> node.set(key.toString(), of(element)));
            return node;
        }
        if (value instanceof Path path) {
            return NODES.textNode(path.toAbsolutePath().normalize().toString());
        }
        if (value instanceof Integer || value instanceof Long) {
            return NODES.numberNode(((Number) value).longValue());
        }
        if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
            return NODES.numberNode(Double.parseDouble(number.toString()));
        }
        return value instanceof Boolean flag ? NODES.booleanNode(flag) : NODES.textNode(value.toString());
    }

    private ObjectNode section(Record record) {
        ObjectNode node = NODES.objectNode();
        String name = schema.nameOf(record.getClass());
        if (name != null) {
            node.put(ConfigSchema.NAME, name);
        }
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            Object value = valueOf(record, component);
            if (value != null) {
                node.set(component.getName(), of(value));
            }
        }
        return node;
    }

    static Object valueOf(Object record, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new T5Exception("Cannot read " + component + " of " + record, e);
        }
    }
}
