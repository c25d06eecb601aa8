package org.t5j.data.cache;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.t5j.data.DataException;
import org.t5j.tokenizer.FileReason;

/**
 * What was in the files that tokens were made of, kept beside the tokens: of each file the CRC-32C, and the time at which
 * the system last saw it change, which no program can set (ctime). A file with that time is not read again; where the
 * system knows no such time, it always is.
 */
final class SourceContents {
    private static final String FILE = "sources.json";
    private static final String CHANGE_TIME = "unix:ctime";
    private static final ObjectMapper JSON = new ObjectMapper();

    private SourceContents() {}

    private record Content(String changed, String crc32c) {}

    /**
     * Notes what is in {@code files} now.
     *
     * @param directory of the tokens; made where there is none
     * @return false where something else was noted of tokens that are there
     */
    static boolean keep(Path directory, List<Path> files) {
        Path file = directory.resolve(FILE);
        try {
            Map<String, Content> before = read(file);
            Map<String, Content> now = new LinkedHashMap<>();
            for (Path source : files) {
                String name = source.toAbsolutePath().normalize().toString();
                now.put(name, content(source, before.get(name)));
            }
            if (!now.equals(before)) {
                Files.createDirectories(directory);
                Files.write(file, JSON.writeValueAsBytes(now));
            }
            return before.isEmpty() || checksums(before).equals(checksums(now));
        } catch (IOException e) {
            throw new DataException("Cannot write " + file + ": " + FileReason.of(e), e);
        }
    }

    private static List<String> checksums(Map<String, Content> contents) {
        return contents.values().stream().map(Content::crc32c).toList();
    }

    private static Map<String, Content> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Map.of();
        }
        try {
            return JSON.readValue(Files.readAllBytes(file), new TypeReference<LinkedHashMap<String, Content>>() {});
        } catch (JsonProcessingException damaged) {
            return Map.of("", new Content("", ""));
        }
    }

    private static Content content(Path source, Content before) throws IOException {
        String changed = changeTime(source);
        boolean known = before != null && !changed.isEmpty() && changed.equals(before.changed);
        return known ? before : new Content(changed, TokenShardsFiles.crc32c(source));
    }

    private static String changeTime(Path source) throws IOException {
        try {
            return Files.getAttribute(source, CHANGE_TIME).toString();
        } catch (UnsupportedOperationException | IllegalArgumentException notUnix) {
            return "";
        }
    }
}
