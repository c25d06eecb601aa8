package org.t5j.train.evaluate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.t5j.core.FileFailure;
import org.t5j.core.T5Exception;
import org.t5j.core.checkpoint.AtomicFile;
import org.t5j.data.Example;
import org.t5j.data.metric.Scored;
import org.t5j.train.evaluate.Evaluation.Prediction;

/**
 * Files of predictions, a JSON object a line: {@code task}, {@code inputs}, {@code target}, {@code prediction}, {@code score}
 * (see {@link Prediction}; left out without a label), and {@code scored} where metrics compare other texts than these, with
 * the {@code targets} they accept, the {@code prediction} after postprocessing and the {@code fields} they look at.
 */
public final class PredictionLines {
    private static final ObjectMapper JSON = new ObjectMapper();

    private PredictionLines() {}

    /**
     * Writes a file that appears when it is whole, in place of an older one.
     *
     * @throws T5Exception where it cannot be written
     */
    public static void write(Path file, List<Prediction> predictions) {
        StringBuilder lines = new StringBuilder();
        predictions.forEach(prediction -> lines.append(line(prediction)).append('\n'));
        AtomicFile.write(file, lines.toString());
    }

    private static ObjectNode line(Prediction prediction) {
        ObjectNode line = JSON.createObjectNode()
                .put("task", prediction.task())
                .put("inputs", prediction.inputs())
                .put("target", prediction.target())
                .put("prediction", prediction.prediction());
        Scored scored = prediction.scored();
        if (scored == null) {
            return line;
        }
        line.put("score", prediction.score());
        if (!scored.equals(plain(prediction.inputs(), prediction.target(), prediction.prediction()))) {
            ObjectNode other = line.putObject("scored");
            scored.targets().forEach(other.putArray("targets")::add);
            other.put("prediction", scored.prediction());
            fields(scored.example()).forEach(field -> other.withObjectProperty("fields")
                    .put(field, scored.example().get(field)));
        }
        return line;
    }

    private static Scored plain(String inputs, String target, String prediction) {
        return new Scored(Example.of(inputs, target), List.of(target), prediction);
    }

    private static Set<String> fields(Example example) {
        Set<String> fields = new LinkedHashSet<>(example.fields().keySet());
        fields.removeAll(List.of(Example.INPUTS, Example.TARGETS));
        return fields;
    }

    /**
     * Reads a file.
     *
     * @throws T5Exception naming file and line where it is absent, empty or damaged
     */
    public static List<Prediction> read(Path file) {
        List<Prediction> predictions = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(file)) {
                predictions.add(prediction(line, file + ":" + (predictions.size() + 1)));
            }
        } catch (IOException e) {
            throw new T5Exception("Cannot read the predictions " + file + ": " + FileFailure.reason(e), e);
        }
        if (predictions.isEmpty()) {
            throw new T5Exception(file + " holds no predictions; name a file of evaluate --predictions");
        }
        return predictions;
    }

    private static Prediction prediction(String line, String place) {
        try {
            JsonNode node = JSON.readTree(line);
            String inputs = text(node, "inputs", place);
            String target = text(node, "target", place);
            String prediction = text(node, "prediction", place);
            boolean labelled = node.has("score");
            return new Prediction(
                    node.path("task").asText(),
                    inputs,
                    target,
                    prediction,
                    node.path("score").isNumber() ? node.get("score").asDouble() : null,
                    !labelled
                            ? null
                            : node.has("scored")
                                    ? scored(node.get("scored"), inputs, target, place)
                                    : plain(inputs, target, prediction));
        } catch (JsonProcessingException e) {
            throw new T5Exception(
                    place + " is no JSON object (" + e.getOriginalMessage() + "); name a file of predictions", e);
        }
    }

    private static Scored scored(JsonNode node, String inputs, String target, String place) {
        List<String> targets =
                node.path("targets").valueStream().map(JsonNode::asText).toList();
        Example example = Example.of(inputs, target);
        for (var field : node.path("fields").properties()) {
            example = example.with(field.getKey(), field.getValue().asText());
        }
        return new Scored(example, targets.isEmpty() ? List.of(target) : targets, text(node, "prediction", place));
    }

    private static String text(JsonNode node, String key, String place) {
        if (!node.path(key).isTextual()) {
            throw new T5Exception(place + " has no text \"" + key + "\"; name a file of predictions, as evaluate"
                    + " --predictions writes them");
        }
        return node.get(key).asText();
    }
}
