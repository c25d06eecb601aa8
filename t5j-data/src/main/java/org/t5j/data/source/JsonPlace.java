package org.t5j.data.source;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.t5j.data.DataException;

/** A key on the paths of columns through JSON objects: either a column stands there, or its path goes on inside. */
final class JsonPlace {
    private final Map<String, JsonPlace> inner = new LinkedHashMap<>();
    private int column = -1;

    private JsonPlace() {}

    /**
     * The outermost object of columns with dotted paths. A path is also known there as a key with dots.
     *
     * @throws DataException if a column occurs twice or holds another
     */
    static JsonPlace of(List<String> columns) {
        JsonPlace root = new JsonPlace();
        for (int i = 0; i < columns.size(); i++) {
            JsonPlace place = root;
            for (String key : columns.get(i).split("\\.", -1)) {
                place = place.inner.computeIfAbsent(key, any -> new JsonPlace());
            }
            DataException.check(
                    !place.isColumn(),
                    "Columns %s: '%s' occurs twice. Name each column once.",
                    columns,
                    columns.get(i));
            place.column = i;
            checkNoneAbove(columns, columns.get(i));
            root.inner.putIfAbsent(columns.get(i), place);
        }
        return root;
    }

    private static void checkNoneAbove(List<String> columns, String name) {
        for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
            String above = name.substring(0, dot);
            DataException.check(
                    !columns.contains(above),
                    "Columns %s: '%s' holds '%s'. Name one of the two.",
                    columns,
                    above,
                    name);
        }
    }

    /** What is known inside, at a key; null for nothing. */
    JsonPlace inner(String key) {
        return inner.get(key);
    }

    Collection<JsonPlace> inners() {
        return inner.values();
    }

    boolean isColumn() {
        return column >= 0;
    }

    /** Index of the column that stands here, or -1. */
    int column() {
        return column;
    }
}
