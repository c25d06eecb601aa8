package org.t5j.train.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.t5j.core.T5Exception;
import org.t5j.train.setup.TrainConfig;

/**
 * What may change when a run is resumed. Its length, evaluations, checkpoints, logs and use of memory may, and which
 * updates are refused; what decides the updates may not. Model and vocabulary come from the checkpoint, and the data's
 * contents are guarded by its position, so files may have moved.
 */
final class ResumeRules {
    private static final List<String> FREE = List.of(
            "/optim/totalSteps",
            "/optim/guard",
            "/eval",
            "/checkpoint",
            "/logging",
            "/memory",
            "/model",
            "/tokenizer",
            "/data/directory",
            "/data/files",
            "/data/validationFiles",
            "/data/tasks",
            "/data/study",
            "/data/cache",
            "/data/prefetch");

    private static final Pattern NAME =
            Pattern.compile("((?:transfer|average|schedule|optim[.]optimizer)[.]name)=\\s*['\"]?(.*?)['\"]?\\s*");

    private ResumeRules() {}

    /** @throws T5Exception naming every setting that differs and may not */
    static void check(TrainConfig before, TrainConfig now) {
        List<String> differences = new ArrayList<>();
        compare("", before.toTree(), now.toTree(), differences);
        refuse(differences);
    }

    /**
     * Checks settings before they are read, since the keys that a method had do not fit another one.
     *
     * @throws T5Exception where one names another method
     */
    static void checkNames(TrainConfig before, List<String> settings) {
        List<String> differences = new ArrayList<>();
        for (String setting : settings) {
            Matcher named = NAME.matcher(setting);
            if (named.matches()) {
                String path = "/" + named.group(1).replace('.', '/');
                compare(path, before.toTree().at(path), TextNode.valueOf(named.group(2)), differences);
            }
        }
        refuse(differences);
    }

    private static void refuse(List<String> differences) {
        if (!differences.isEmpty()) {
            throw new T5Exception("A resumed run must be configured as it was, but " + String.join(", ", differences)
                    + ". Put the old values back or start a new run in another directory");
        }
    }

    private static void compare(String path, JsonNode before, JsonNode now, List<String> differences) {
        if (FREE.contains(path) || before.equals(now)) {
            return;
        }
        if (before instanceof ObjectNode && now instanceof ObjectNode) {
            Set<String> keys = new TreeSet<>();
            before.fieldNames().forEachRemaining(keys::add);
            now.fieldNames().forEachRemaining(keys::add);
            keys.forEach(key -> compare(path + "/" + key, before.path(key), now.path(key), differences));
        } else {
            differences.add(path.substring(1).replace('/', '.') + " was " + text(before) + " and is " + text(now));
        }
    }

    private static String text(JsonNode node) {
        return node.isMissingNode() ? "left out" : node.toString();
    }
}
