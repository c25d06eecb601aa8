package org.t5j.data.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;
import org.t5j.data.DataException;

/** Parquet's values as JSON: structs are objects, lists arrays, maps objects, dates and decimals strings. */
final class ParquetValues {
    private static final JsonNodeFactory JSON = JsonFields.MAPPER.getNodeFactory();

    private ParquetValues() {}

    /** A row or struct. */
    static ObjectNode object(Group group, String origin) {
        ObjectNode object = JSON.objectNode();
        GroupType type = group.getType();
        for (int field = 0; field < type.getFieldCount(); field++) {
            object.set(type.getFieldName(field), field(group, field, origin));
        }
        return object;
    }

    private static JsonNode field(Group group, int field, String origin) {
        int count = group.getFieldRepetitionCount(field);
        if (group.getType().getType(field).isRepetition(Type.Repetition.REPEATED)) {
            ArrayNode values = JSON.arrayNode(count);
            for (int i = 0; i < count; i++) {
                values.add(value(group, field, i, origin));
            }
            return values;
        }
        return count == 0 ? JSON.nullNode() : value(group, field, 0, origin);
    }

    private static JsonNode value(Group group, int field, int index, String origin) {
        Type type = group.getType().getType(field);
        if (type.isPrimitive()) {
            return primitive(group, field, index, origin);
        }
        Group inner = group.getGroup(field, index);
        LogicalTypeAnnotation annotation = type.getLogicalTypeAnnotation();
        if (annotation instanceof ListLogicalTypeAnnotation) {
            return list(inner, origin);
        }
        return annotation instanceof MapLogicalTypeAnnotation ? map(inner, origin) : object(inner, origin);
    }

    /** Reads the layout of three levels, and the older one of two (parquet-format, LogicalTypes.md, Lists). */
    private static ArrayNode list(Group list, String origin) {
        Type repeated = list.getType().getType(0);
        boolean wrapped = !repeated.isPrimitive()
                && repeated.asGroupType().getFieldCount() == 1
                && !repeated.getName().equals("array")
                && !repeated.getName().endsWith("_tuple");
        ArrayNode values = JSON.arrayNode();
        for (int i = 0; i < list.getFieldRepetitionCount(0); i++) {
            values.add(wrapped ? field(list.getGroup(0, i), 0, origin) : value(list, 0, i, origin));
        }
        return values;
    }

    private static ObjectNode map(Group map, String origin) {
        ObjectNode object = JSON.objectNode();
        for (int i = 0; i < map.getFieldRepetitionCount(0); i++) {
            Group entry = map.getGroup(0, i);
            object.set(field(entry, 0, origin).asText(), field(entry, 1, origin));
        }
        return object;
    }

    private static JsonNode primitive(Group group, int field, int index, String origin) {
        PrimitiveType type = group.getType().getType(field).asPrimitiveType();
        LogicalTypeAnnotation annotation = type.getLogicalTypeAnnotation();
        boolean plain = annotation == null || annotation instanceof IntLogicalTypeAnnotation;
        return switch (type.getPrimitiveTypeName()) {
            case BOOLEAN -> JSON.booleanNode(group.getBoolean(field, index));
            case INT32 -> {
                int value = group.getInteger(field, index);
                yield plain
                        ? integer(type, value)
                        : JSON.textNode(type.stringifier().stringify(value));
            }
            case INT64 -> {
                long value = group.getLong(field, index);
                yield plain
                        ? integer(type, value)
                        : JSON.textNode(type.stringifier().stringify(value));
            }
            case FLOAT -> JSON.numberNode(group.getFloat(field, index));
            case DOUBLE -> JSON.numberNode(group.getDouble(field, index));
            case INT96 -> JSON.textNode(type.stringifier().stringify(group.getInt96(field, index)));
            default -> JSON.textNode(binary(type, group.getBinary(field, index), origin));
        };
    }

    /** Unsigned numbers are stored in signed ones. */
    private static JsonNode integer(PrimitiveType type, long value) {
        boolean unsigned =
                type.getLogicalTypeAnnotation() instanceof IntLogicalTypeAnnotation integer && !integer.isSigned();
        if (!unsigned || value >= 0) {
            return JSON.numberNode(value);
        }
        boolean small = type.getPrimitiveTypeName() == PrimitiveType.PrimitiveTypeName.INT32;
        return JSON.numberNode(
                new BigInteger(small ? Integer.toUnsignedString((int) value) : Long.toUnsignedString(value)));
    }

    private static String binary(PrimitiveType type, Binary value, String origin) {
        LogicalTypeAnnotation annotation = type.getLogicalTypeAnnotation();
        if (annotation instanceof DecimalLogicalTypeAnnotation
                || annotation instanceof LogicalTypeAnnotation.UUIDLogicalTypeAnnotation) {
            return type.stringifier().stringify(value);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value.getBytesUnsafe()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new DataException(
                    origin + " has bytes that are no UTF-8 text in column '" + type.getName()
                            + "'. Leave the column out by naming 'columns'.",
                    e);
        }
    }
}
