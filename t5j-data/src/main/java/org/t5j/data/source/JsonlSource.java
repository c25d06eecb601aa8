package org.t5j.data.source;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.t5j.data.DataException;
import org.t5j.data.Example;

/**
 * JSON lines: every line is a JSON object. Strings, numbers and booleans become fields, arrays of them lists, other values
 * their JSON text.
 *
 * @param files plain, gzip or zstd, read one after the other
 * @param fields the fields to read, such as {@code text} or {@code answers.text}; every line has all of them, not null.
 *     Empty for all that a line has, nulls left out
 * @param rules how lines are judged
 */
public record JsonlSource(List<Path> files, List<String> fields, RowRules rules) implements Source {

    public JsonlSource {
        files = List.copyOf(files);
        fields = List.copyOf(fields);
        new JsonFields(fields);
    }

    /** Bad lines are errors. */
    public JsonlSource(List<Path> files, List<String> fields) {
        this(files, fields, RowRules.DEFAULT);
    }

    @Override
    public ExampleReader open(long position) {
        JsonFields chosen = new JsonFields(fields);
        return FileExamples.open(
                files,
                () -> new TextRows(files, rules, TextRows.Splitter::line, row -> parse(row, chosen)),
                rules.onBadRow(),
                position);
    }

    private static Example parse(Row row, JsonFields fields) {
        row.checkLength();
        try (JsonParser parser = JsonFields.MAPPER.createParser(row.bytes(), row.from(), row.length())) {
            DataException.check(
                    parser.nextToken() == JsonToken.START_OBJECT,
                    "%s is not a JSON object. A JSONL file has one object {…} on each line; for one document in a file "
                            + "use format: json.",
                    row.where());
            Example example = fields.read(parser, row.where());
            DataException.check(
                    parser.nextToken() == null,
                    "%s is not one object: more follows it. A JSONL file has one object {…} on each line.",
                    row.where());
            return example;
        } catch (JacksonException e) {
            row.text();
            throw broken(row, "at column " + e.getLocation().getColumnNr() + " (" + e.getOriginalMessage() + ")", e);
        } catch (IOException e) {
            row.text();
            throw broken(row, "(" + TextInput.reason(e) + ")", e);
        }
    }

    private static DataException broken(Row row, String how, IOException e) {
        return new DataException(
                row.where() + " is not valid JSON " + how + ". A JSONL file has one object {…} on each line; for one "
                        + "document in a file use format: json.",
                e);
    }
}
