package org.t5j.examples.twin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.t5j.core.FileFailure;
import org.t5j.core.T5Exception;

/** Reads files of one JSON object a line; empty lines are passed over. */
final class JsonLines {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JsonLines() {}

    /**
     * What {@code reader} makes of every line, in order.
     *
     * @param content what a line is to hold, for messages
     * @param reader given the line's object, and its place for messages: {@code "FILE, line N"}
     * @throws T5Exception naming file and line where a line is no JSON object, or the file has none or cannot be read
     */
    static <T> List<T> read(Path file, String content, BiFunction<JsonNode, String, T> reader) {
        List<T> read = new ArrayList<>();
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            long number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    String place = file + ", line " + number;
                    read.add(reader.apply(parse(line, place, content), place));
                }
            }
        } catch (CharacterCodingException e) {
            throw new T5Exception(file + " is not UTF-8; it is to hold " + content + " a line", e);
        } catch (IOException e) {
            throw new T5Exception("Cannot read " + file + ": " + FileFailure.reason(e), e);
        }
        if (read.isEmpty()) {
            throw new T5Exception(file + " is empty; it is to hold " + content + " a line");
        }
        return read;
    }

    private static JsonNode parse(String line, String place, String content) {
        try {
            JsonNode node = JSON.readTree(line);
            if (node.isObject()) {
                return node;
            }
        } catch (JsonProcessingException e) {
            throw new T5Exception(place + " is not JSON (" + e.getOriginalMessage() + "); it is to hold " + content, e);
        }
        throw new T5Exception(place + " is not a JSON object; it is to hold " + content);
    }
}
