package org.t5j.data.task.study;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.util.ArrayList;
import java.util.List;
import org.t5j.data.DataException;
import org.t5j.data.Example;

/**
 * A value inside of a field that holds JSON, and where it stands, as errors quote it.
 *
 * @param node the value
 * @param place such as {@code train.jsonl:3, passage.questions[0]}
 */
record JsonField(JsonNode node, String place) {
    private static final ObjectReader READER = new ObjectMapper().readerFor(JsonNode.class);

    /** @throws DataException if the field is missing or is not JSON */
    static JsonField of(Example example, String field) {
        String place = example.origin() + ", " + field;
        try {
            return new JsonField(READER.readValue(example.get(field)), place);
        } catch (JacksonException e) {
            throw new DataException(
                    place + " is not JSON (" + e.getOriginalMessage() + "). Is the file the original distribution?", e);
        }
    }

    /** @throws DataException if this is no object with such a member */
    JsonField get(String name) {
        DataException.check(
                has(name),
                "%s has no '%s'. The file must be laid out like the original distribution; mend it or name its format.",
                place,
                name);
        return new JsonField(node.get(name), place + "." + name);
    }

    boolean has(String name) {
        return node.hasNonNull(name);
    }

    /** @throws DataException if this is not a text, a number, true or false */
    String text() {
        DataException.check(
                node.isValueNode(), "%s must be a text or a number, but it is %s.", place, node.getNodeType());
        return node.asText();
    }

    /** @throws DataException if this is not a whole number */
    int number() {
        DataException.check(node.canConvertToInt(), "%s must be a whole number, but it is %s.", place, node);
        return node.intValue();
    }

    /** @throws DataException if this is not an array */
    List<JsonField> elements() {
        DataException.check(node.isArray(), "%s must be an array, but it is %s.", place, node.getNodeType());
        List<JsonField> elements = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            elements.add(new JsonField(node.get(i), place + "[" + i + "]"));
        }
        return elements;
    }
}
