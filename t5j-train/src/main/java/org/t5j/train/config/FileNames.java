package org.t5j.train.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The keys whose texts are names of files or globs, which are no paths on every system. Relative ones are made absolute:
 * from {@code directoryKey} where it is set, else from where the name was given.
 *
 * @param directoryKey key of a directory, such as {@code data.directory}; empty where there is none
 * @param keys all keys of names, without the numbers of elements, such as {@code data.tasks.train}
 */
record FileNames(String directoryKey, Pattern keys) {
    private static final Pattern ELEMENT = Pattern.compile("\\.\\d+(?=\\.|$)");

    /** No key. */
    static final FileNames NONE = new FileNames("", Pattern.compile("(?!)"));

    void makeAbsolute(ObjectNode tree, ConfigOrigin origin) {
        JsonNode directory = directoryKey.isEmpty() ? null : tree.at("/" + directoryKey.replace('.', '/'));
        Path all = directory == null || !directory.isValueNode() || directory.isNull()
                ? null
                : origin.resolve(directoryKey, directory);
        visit(tree, "", all, origin);
    }

    /** What stands in the place of {@code node}. */
    private JsonNode visit(JsonNode node, String path, Path directory, ConfigOrigin origin) {
        if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> entry : object.properties()) {
                String key = path.isEmpty() ? entry.getKey() : path + "." + entry.getKey();
                entry.setValue(visit(entry.getValue(), key, directory, origin));
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, visit(array.get(i), path + "." + i, directory, origin));
            }
        } else if (!node.isNull()
                && keys.matcher(ELEMENT.matcher(path).replaceAll("")).matches()) {
            origin.require(
                    !node.asText().isBlank(), path, "is no name: a file name is empty; name a file or take it out");
            return TextNode.valueOf(absolute(directory == null ? origin.directory(path) : directory, node.asText()));
        }
        return node;
    }

    private static String absolute(Path base, String name) {
        return name.startsWith("/") || name.matches("^[A-Za-z]:.*")
                ? name
                : base.toAbsolutePath().normalize() + "/" + name;
    }
}
