package org.t5j.train.listener;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.t5j.core.FileFailure;
import org.t5j.core.T5Exception;

/** Reads {@code log.jsonl}, one line after the other, as {@link JsonLog} writes it. */
public final class LogLines {
    private static final ObjectMapper JSON = new ObjectMapper();

    private LogLines() {}

    /**
     * Gives every entry to {@code reader}, in order. A line that a dying process left unfinished is passed over.
     *
     * @throws T5Exception where the file is absent or cannot be read
     */
    public static void read(Path log, Consumer<JsonNode> reader) {
        try (BufferedReader lines = open(log)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode entry = parse(line);
                if (entry.path("step").isIntegralNumber()) {
                    reader.accept(entry);
                }
            }
        } catch (IOException e) {
            throw new T5Exception("Cannot read the log " + log + ": " + FileFailure.reason(e), e);
        }
    }

    /** Its text; of damaged bytes, which are not UTF-8, a replacement each, so that only their lines are lost. */
    static BufferedReader open(Path log) throws IOException {
        return new BufferedReader(new InputStreamReader(Files.newInputStream(log), StandardCharsets.UTF_8));
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            return JSON.missingNode();
        }
    }
}
