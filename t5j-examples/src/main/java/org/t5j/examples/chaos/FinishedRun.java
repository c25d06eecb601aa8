package org.t5j.examples.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.t5j.train.run.RunDirectory;

/** What a run came to: two that saw the same events but for interruptions are the same to the last bit. */
record FinishedRun(Path directory, long step) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> FILES = List.of("model.safetensors", "training/optimizer.safetensors");

    /** Checks parameters and optimizer by their bytes, the state but for the time it took, and the log of losses. */
    void requireSame(FinishedRun other) throws IOException {
        for (String file : FILES) {
            long different = Files.mismatch(
                    checkpoint().resolve(file), other.checkpoint().resolve(file));
            BrokenPromise.unless(different == -1, "%s differs from the undisturbed run's at byte %d", file, different);
        }
        BrokenPromise.unless(state().equals(other.state()), "the states differ: %s and %s", state(), other.state());
        BrokenPromise.unless(losses().equals(other.losses()), "the logs differ: %s", firstDifference(other));
    }

    private Path checkpoint() {
        return RunDirectory.of(directory).checkpoint(step);
    }

    private JsonNode state() throws IOException {
        ObjectNode state = (ObjectNode)
                JSON.readTree(checkpoint().resolve("training/state.json").toFile());
        state.remove("seconds");
        return state;
    }

    /** {@code step loss} of every line. */
    private List<String> losses() throws IOException {
        List<String> losses = new ArrayList<>();
        for (JsonNode line : log()) {
            losses.add(line.path("step") + " " + line.path("loss"));
        }
        return losses;
    }

    private String firstDifference(FinishedRun other) throws IOException {
        List<String> mine = losses();
        List<String> others = other.losses();
        for (int i = 0; i < Math.min(mine.size(), others.size()); i++) {
            if (!mine.get(i).equals(others.get(i))) {
                return "line " + (i + 1) + " is " + mine.get(i) + " and " + others.get(i);
            }
        }
        return mine.size() + " and " + others.size() + " lines";
    }

    private List<JsonNode> log() throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(RunDirectory.of(directory).log())) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }

    /** How long it was from the start of training to the end, and its number of updates: seconds of one. */
    double secondsOfAStep() throws IOException {
        List<JsonNode> lines = log();
        double seconds = lines.get(lines.size() - 1).path("seconds").asDouble();
        return seconds / lines.size();
    }
}
