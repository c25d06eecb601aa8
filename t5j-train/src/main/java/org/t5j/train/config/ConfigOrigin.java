package org.t5j.train.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Where a configuration comes from, for messages and for relative paths.
 *
 * @param name what messages call it: a file's name
 * @param fileDirectory that relative paths of the file start from; those of the command line start from the working
 *     directory
 * @param overridden paths of keys that the command line set
 */
record ConfigOrigin(String name, Path fileDirectory, Set<String> overridden) {

    /** The file, or the command line where it set the key or something around it. */
    String of(String path) {
        return setting(path).map(set -> "--set " + set).orElse(name);
    }

    /** Where a relative path at a key starts from. */
    Path directory(String path) {
        return setting(path).isPresent() ? Path.of("").toAbsolutePath() : fileDirectory;
    }

    /** The path at a key, absolute. */
    Path resolve(String path, JsonNode node) {
        try {
            return directory(path).resolve(node.asText()).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw error(path, "must be a path, found " + quoted(node) + ": " + e.getReason());
        }
    }

    private Optional<String> setting(String path) {
        return overridden.stream()
                .filter(set -> path.equals(set) || path.startsWith(set + "."))
                .findFirst();
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
