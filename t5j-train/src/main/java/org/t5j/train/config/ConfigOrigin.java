package org.t5j.train.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Set;

/**
 * Where a configuration comes from, for messages and for relative paths.
 *
 * @param name what messages call it: a file's name
 * @param directory that relative paths start from
 * @param overridden paths of keys that the command line set
 */
record ConfigOrigin(String name, Path directory, Set<String> overridden) {

    /** The file, or the command line where it set the key or something around it. */
    String of(String path) {
        return overridden.stream()
                .filter(set -> path.equals(set) || path.startsWith(set + "."))
                .findFirst()
                .map(set -> "--set " + set)
                .orElse(name);
    }

    /** A value as errors quote it: its first 60 characters. */
    static String quoted(JsonNode value) {
        String text = value.toString();
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }

    ConfigException error(String path, String problem) {
        return new ConfigException(of(path) + ": " + (path.isEmpty() ? "the file" : path) + " " + problem);
    }

    void require(boolean holds, String path, String problem) {
        if (!holds) {
            throw error(path, problem);
        }
    }
}
