package org.t5j.data.source;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.t5j.data.DataException;
import org.t5j.data.Example;

/**
 * JSON lines: every line is a JSON object. Strings, numbers and booleans become text; other fields are not read.
 *
 * @param files plain or gzip, read one after the other
 * @param fields the fields to read; every line has all of them
 */
public record JsonlSource(List<Path> files, List<String> fields) implements Source {
    private static final ObjectReader READER =
            new ObjectMapper().readerFor(JsonNode.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    public JsonlSource {
        files = List.copyOf(files);
        fields = List.copyOf(fields);
        DataException.check(!fields.isEmpty(), "A JSONL source needs the names of the fields to read, such as text.");
    }

    @Override
    public ExampleReader open(long position) {
        FileExamples.LineFormat format = this::parse;
        return new FileExamples(files, format, position);
    }

    private Example parse(LineReader lines) {
        JsonNode object = parseObject(lines);
        Map<String, String> values = new LinkedHashMap<>();
        for (String field : fields) {
            JsonNode value = object.get(field);
            DataException.check(
                    value != null && value.isValueNode() && !value.isNull(),
                    "%s has no text in field '%s' (it has %s). Mend the line or name another field.",
                    lines.where(),
                    field,
                    object.properties().stream().map(Map.Entry::getKey).toList());
            values.put(field, value.asText());
        }
        return new Example(values, lines.where());
    }

    private static JsonNode parseObject(LineReader lines) {
        try {
            JsonNode node = READER.readValue(lines.text());
            DataException.check(
                    node.isObject(),
                    "%s is not a JSON object. A JSONL file has one object {…} on each line.",
                    lines.where());
            return node;
        } catch (JacksonException e) {
            throw new DataException(
                    lines.where() + " is not valid JSON (" + e.getOriginalMessage()
                            + "). A JSONL file has one object {…} on each line.",
                    e);
        }
    }
}
