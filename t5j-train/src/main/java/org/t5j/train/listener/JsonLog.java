package org.t5j.train.listener;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.t5j.core.T5Exception;
import org.t5j.data.source.BadRows;
import org.t5j.train.StepReport;
import org.t5j.train.TrainingListener;
import org.t5j.train.TrainingState;
import org.t5j.train.evaluate.EvaluationReport;

/**
 * {@code log.jsonl}: a JSON object per line, {@code "type"} train, eval or bad_rows (rows of the data that were skipped),
 * each with its {@code "step"}. A resumed run takes back what was logged after the step it goes on from, so that every
 * step stands there once.
 */
public final class JsonLog implements TrainingListener, AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BAD_ROWS = "bad_rows";

    private final Path file;
    private final long everySteps;
    private final BufferedWriter writer;

    private JsonLog(Path file, long everySteps) throws IOException {
        this.file = file;
        this.everySteps = everySteps;
        this.writer = Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /**
     * Opens a log for a run that stands at {@code step}; later lines, and one that a dying process left unfinished, are
     * taken out.
     *
     * @param everySteps updates between lines of training; at least 1
     */
    public static JsonLog open(Path file, long step, long everySteps) {
        try {
            if (Files.exists(file)) {
                truncate(file, step);
            }
            return new JsonLog(file, everySteps);
        } catch (IOException e) {
            throw new T5Exception("Cannot write the log " + file + ": " + e.getMessage(), e);
        }
    }

    private static void truncate(Path file, long step) throws IOException {
        List<String> kept = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            if (belongsTo(line, step)) {
                kept.add(line);
            }
        }
        Path copy = file.resolveSibling("." + file.getFileName() + ".truncated");
        Files.write(copy, kept);
        Files.move(copy, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static boolean belongsTo(String line, long step) {
        try {
            JsonNode entry = JSON.readTree(line);
            long logged = entry == null ? Long.MAX_VALUE : entry.path("step").asLong(Long.MAX_VALUE);
            return logged < step
                    || logged == step && !entry.path("type").asText().equals(BAD_ROWS);
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    @Override
    public void skipped(TrainingState state, String data, BadRows rows) {
        ObjectNode line = JSON.createObjectNode()
                .put("type", BAD_ROWS)
                .put("step", state.step())
                .put("data", data)
                .put("count", rows.count());
        rows.examples().forEach(line.putArray("examples")::add);
        write(line);
    }

    @Override
    public void stepped(StepReport report) {
        if (report.step() % everySteps != 0) {
            return;
        }
        write(JSON.createObjectNode()
                .put("type", "train")
                .put("step", report.step())
                .put("loss", report.loss())
                .put("nll", report.negativeLogLikelihood())
                .put("learning_rate", report.learningRate())
                .put("gradient_norm", report.gradientNorm())
                .put("examples", report.examples())
                .put("input_tokens", report.inputTokens())
                .put("target_tokens", report.targetTokens())
                .put("input_utilisation", Math.round(1e4 * report.inputUtilisation()) / 1e4)
                .put("target_utilisation", Math.round(1e4 * report.targetUtilisation()) / 1e4)
                .put("data_seconds", Math.round(1e6 * report.dataSeconds()) / 1e6)
                .put("seconds", Math.round(1e3 * report.seconds()) / 1e3));
    }

    @Override
    public void evaluated(EvaluationReport report) {
        ObjectNode line = JSON.createObjectNode().put("type", "eval").put("step", report.step());
        ObjectNode scores = line.putObject("scores");
        report.scores().forEach(scores::put);
        write(line.put("seconds", Math.round(1e3 * report.seconds()) / 1e3));
    }

    private void write(ObjectNode line) {
        try {
            writer.write(line.toString());
            writer.newLine();
            writer.flush();
        } catch (IOException e) {
            throw new T5Exception("Cannot write the log " + file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            writer.close();
        } catch (IOException e) {
            throw new T5Exception("Cannot write the log " + file + ": " + e.getMessage(), e);
        }
    }
}
