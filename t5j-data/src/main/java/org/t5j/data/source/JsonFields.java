package org.t5j.data.source;

import com.fasterxml.jackson.core.ErrorReportConfiguration;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.t5j.data.DataException;
import org.t5j.data.Example;

/**
 * Makes an example of a JSON object; what JSONL, JSON and Parquet have in common. Strings, numbers and booleans become
 * fields; arrays of them become lists; any other array or object becomes a field with its JSON text.
 *
 * <p>A column may be a path with dots, such as {@code answers.text}; through an array of objects it collects a list. A key
 * that itself has dots is found too. A named column that is missing or null makes the row bad. If no columns are named, all
 * the object's own are taken, and nulls are left out. A null in a list makes the row bad.
 */
final class JsonFields {
    /** Keeps numbers as they are written. */
    static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .errorReportConfiguration(ErrorReportConfiguration.builder()
                            .maxErrorTokenLength(40)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final Object NULL = new Object();

    private final List<String> columns;
    private final JsonPlace root;

    /** @param columns empty for all */
    JsonFields(List<String> columns) {
        this.columns = columns;
        this.root = JsonPlace.of(columns);
    }

    /** The example that an object makes; see {@link #read(JsonParser, String)}. */
    Example read(JsonNode object, String origin) {
        try (JsonParser tokens = MAPPER.treeAsTokens(object)) {
            tokens.nextToken();
            return read(tokens, origin);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The example that the parser's object makes.
     *
     * @param parser at the start of the object; moved to its end
     * @throws DataException if the object lacks a column
     * @throws IOException if it is not valid JSON
     */
    Example read(JsonParser parser, String origin) throws IOException {
        Pass pass = new Pass(parser, origin);
        return columns.isEmpty() ? pass.all() : pass.named();
    }

    /** One reading of an object. */
    private final class Pass {
        private final JsonParser parser;
        private final String origin;
        private final Map<String, String> fields = new LinkedHashMap<>();
        private final Map<String, List<String>> lists = new LinkedHashMap<>();
        private final Object[] values = new Object[columns.size()];
        private final int[] times = new int[columns.size()];
        private final List<String> keys = new ArrayList<>();

        Pass(JsonParser parser, String origin) {
            this.parser = parser;
            this.origin = origin;
        }

        Example all() throws IOException {
            for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
                parser.nextToken();
                checkOnce(!fields.containsKey(key) && !lists.containsKey(key), key);
                put(key, value(key));
            }
            return new Example(fields, lists, origin);
        }

        Example named() throws IOException {
            walk(root, false);
            for (int i = 0; i < values.length; i++) {
                DataException.check(
                        values[i] != null,
                        "%s has no text in field '%s' (it has %s). Is it the right file? Mend the row, or name another field: data.field of a corpus, "
                                + "columns of a task.",
                        origin,
                        columns.get(i),
                        keys);
                DataException.check(
                        values[i] != NULL,
                        "%s has null in field '%s'. Mend the row, name another field, or pass over such rows with "
                                + "onBadRow: SKIP.",
                        origin,
                        columns.get(i));
                put(columns.get(i), values[i]);
            }
            return new Example(fields, lists, origin);
        }

        @SuppressWarnings("unchecked")
        private void put(String name, Object value) {
            if (value instanceof String text) {
                fields.put(name, text);
            } else if (value != NULL) {
                lists.put(name, (List<String>) value);
            }
        }

        /** @param many whether the object is one of an array, so that its values go to lists */
        private void walk(JsonPlace place, boolean many) throws IOException {
            for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
                parser.nextToken();
                if (place == root) {
                    keys.add(key);
                }
                JsonPlace inner = place.inner(key);
                if (inner == null) {
                    parser.skipChildren();
                } else if (inner.isColumn()) {
                    set(inner.column(), value(columns.get(inner.column())), many);
                } else if (parser.currentToken() == JsonToken.START_OBJECT) {
                    walk(inner, many);
                } else if (parser.currentToken() == JsonToken.START_ARRAY) {
                    startLists(inner);
                    walkElements(key, inner);
                }
            }
        }

        private void walkElements(String key, JsonPlace place) throws IOException {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                DataException.check(
                        parser.currentToken() == JsonToken.START_OBJECT,
                        "%s has an array in '%s' whose elements are not all objects. Name the column '%s' alone.",
                        origin,
                        key,
                        key);
                int[] before = times.clone();
                walk(place, true);
                for (JsonPlace inner : place.inners()) {
                    checkOnceInElement(inner.column(), before);
                }
            }
        }

        /** Lists of one array stay in step. */
        private void checkOnceInElement(int column, int[] before) {
            DataException.check(
                    column < 0 || times[column] == before[column] + 1,
                    "%s has an array where not every element has '%s' once. Mend the row or name another field.",
                    origin,
                    column < 0 ? "" : columns.get(column));
        }

        /** An empty array gives empty lists. */
        private void startLists(JsonPlace place) {
            if (place.isColumn() && values[place.column()] == null) {
                values[place.column()] = new ArrayList<String>();
            }
            place.inners().forEach(this::startLists);
        }

        @SuppressWarnings("unchecked")
        private void set(int column, Object value, boolean many) {
            times[column]++;
            if (!many) {
                checkOnce(values[column] == null, columns.get(column));
                values[column] = value;
                return;
            }
            checkNoNull(value != NULL, columns.get(column));
            List<String> list = (List<String>) values[column];
            if (value instanceof String text) {
                list.add(text);
            } else {
                list.addAll((List<String>) value);
            }
        }

        private void checkOnce(boolean once, String name) {
            DataException.check(once, "%s has the field '%s' twice. Mend the row.", origin, name);
        }

        private void checkNoNull(boolean noNull, String name) {
            DataException.check(
                    noNull,
                    "%s has null in the list '%s'. Mend the row, or pass over such rows with onBadRow: SKIP.",
                    origin,
                    name);
        }

        /** A string, a list of strings, or {@link #NULL}. */
        private Object value(String name) throws IOException {
            return switch (parser.currentToken()) {
                case VALUE_NULL -> NULL;
                case START_ARRAY -> array(name);
                case START_OBJECT -> parser.readValueAsTree().toString();
                default -> parser.getText();
            };
        }

        private Object array(String name) throws IOException {
            JsonNode array = parser.readValueAsTree();
            List<String> texts = new ArrayList<>(array.size());
            for (JsonNode element : array) {
                if (element.isContainerNode()) {
                    return array.toString();
                }
                checkNoNull(!element.isNull(), name);
                texts.add(element.asText());
            }
            return texts;
        }
    }
}
