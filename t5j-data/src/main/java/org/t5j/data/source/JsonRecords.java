package org.t5j.data.source;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.t5j.data.DataException;
import org.t5j.data.Example;

/** The records in JSON documents: streams to the outermost array of the path, holds one of its elements at a time. */
final class JsonRecords implements Rows {
    private final Iterator<Path> files;
    private final List<String> path;
    private final JsonFields fields;
    private final Deque<JsonNode> ready = new ArrayDeque<>();
    private Path file;
    private JsonParser parser;
    /** How many parts of the path lead to the elements that are streamed. */
    private int depth;

    private boolean inArray;
    private long record;
    private JsonNode current;

    JsonRecords(List<Path> files, List<String> path, JsonFields fields) {
        this.files = files.iterator();
        this.path = path;
        this.fields = fields;
    }

    @Override
    public boolean advance() {
        try {
            while (ready.isEmpty()) {
                if (!readElement()) {
                    if (!files.hasNext()) {
                        return false;
                    }
                    open(files.next());
                }
            }
        } catch (JacksonException e) {
            throw new DataException(
                    String.format(
                            "%s is not valid JSON at line %d, column %d (%s). Mend it; for one object on each line use "
                                    + "format: jsonl.",
                            file, e.getLocation().getLineNr(), e.getLocation().getColumnNr(), e.getOriginalMessage()),
                    e);
        } catch (IOException e) {
            throw TextInput.broken(file, "after record " + record, e);
        }
        current = ready.remove();
        record++;
        return true;
    }

    private void open(Path newFile) throws IOException {
        file = newFile;
        record = 0;
        parser = JsonFields.MAPPER.createParser(TextInput.open(newFile));
        parser.nextToken();
        depth = 0;
        while (depth < path.size() && parser.currentToken() == JsonToken.START_OBJECT) {
            goTo(path.get(depth));
            depth++;
        }
        inArray = parser.currentToken() == JsonToken.START_ARRAY;
        if (!inArray) {
            expand(JsonNodeFactory.instance.objectNode(), parser.readValueAsTree(), depth);
            finish();
        }
    }

    private void goTo(String key) throws IOException {
        for (String found = parser.nextFieldName(); found != null; found = parser.nextFieldName()) {
            parser.nextToken();
            if (found.equals(key)) {
                return;
            }
            parser.skipChildren();
        }
        throw new DataException(String.format(
                "%s has no '%s' on the path to its records, %s. Check 'records'.", file, key, String.join(".", path)));
    }

    /** Takes in the next element of the array; false at the end of the file. */
    private boolean readElement() throws IOException {
        if (!inArray) {
            return false;
        }
        if (parser.nextToken() == JsonToken.END_ARRAY) {
            finish();
            return false;
        }
        expand(JsonNodeFactory.instance.objectNode(), parser.readValueAsTree(), depth);
        return true;
    }

    /** Reads to the end, so that damage behind the records is found. */
    private void finish() throws IOException {
        boolean ended = parser.getParsingContext().inRoot();
        while (parser.nextToken() != null) {
            int line = parser.currentTokenLocation().getLineNr();
            parser.skipChildren();
            DataException.check(
                    !ended,
                    "%s goes on at line %d behind its JSON document. Take out the rest; for one object on each line use "
                            + "format: jsonl.",
                    file,
                    line);
            ended = parser.getParsingContext().inRoot();
        }
        inArray = false;
        close();
    }

    /** Adds the records in {@code node}, with the fields of the objects around them. */
    private void expand(ObjectNode around, JsonNode node, int at) {
        if (node.isArray()) {
            node.forEach(element -> expand(around, element, at));
        } else if (!node.isObject()) {
            ready.add(node);
        } else {
            ObjectNode merged = around.objectNode();
            merged.setAll(around);
            merged.setAll((ObjectNode) node);
            if (at == path.size()) {
                ready.add(merged);
            } else {
                JsonNode inner = merged.remove(path.get(at));
                DataException.check(
                        inner != null,
                        "%s has no '%s' on the path to its records, %s, behind record %d. Check 'records'.",
                        file,
                        path.get(at),
                        String.join(".", path),
                        record);
                expand(merged, inner, at + 1);
            }
        }
    }

    @Override
    public Example read() {
        String origin = file + " record " + record;
        DataException.check(
                current.isObject(), "%s is not a JSON object. Let 'records' name an array of objects {…}.", origin);
        return fields.read(current, origin);
    }

    @Override
    public void close() {
        if (parser != null) {
            JsonParser closing = parser;
            parser = null;
            TextInput.close(file, closing);
        }
    }
}
