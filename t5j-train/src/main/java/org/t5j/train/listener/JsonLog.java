package org.t5j.train.listener;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.t5j.core.FileFailure;
import org.t5j.core.T5Exception;
import org.t5j.data.source.BadRows;
import org.t5j.train.StepReport;
import org.t5j.train.TrainingListener;
import org.t5j.train.TrainingState;
import org.t5j.train.evaluate.Evaluation;
import org.t5j.train.evaluate.EvaluationReport;

/**
 * {@code log.jsonl}: a JSON object per line, {@code "type"} train, eval, skipped (an update that was not made: all of them
 * stand here), trains (how many weights are trained from this step on, if not all) or bad_rows (rows of the data that were skipped), each
 * with its {@code "step"}. A resumed run takes back what was logged after the step it goes on from, so that every step stands
 * there once.
 */
public final class JsonLog implements TrainingListener, AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BAD_ROWS = "bad_rows";
    private static final String TRAINS = "trains";
    /** Types of entries that a resumed run tells again at the step it goes on from. */
    private static final Set<String> TOLD_AT_START = Set.of(BAD_ROWS, TRAINS);
    /** Types of entries. */
    static final String TRAIN = "train";

    static final String EVAL = "eval";
    static final String SKIPPED = "skipped";
    private static final int LONGEST_TEXT = 1000;

    private final Path file;
    private final long everySteps;
    private final BufferedWriter writer;
    private final List<Consumer<JsonNode>> followers = new ArrayList<>();
    private LongSupplier tensorBytes;
    private int examples;
    /** Whether some weights are not trained, or were not. */
    private boolean partly;

    private long tokens;
    private double busySince;

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
            throw new T5Exception("Cannot write the log " + file + ": " + FileFailure.reason(e), e);
        }
    }

    /** Gives every entry to {@code follower} after it was written. */
    public JsonLog follow(Consumer<JsonNode> follower) {
        followers.add(follower);
        return this;
    }

    /** Writes {@code count} of the predictions beside the scores of an evaluation, the same every time; none if not called. */
    public JsonLog examples(int count) {
        examples = count;
        return this;
    }

    private static void truncate(Path file, long step) throws IOException {
        List<String> kept;
        try (BufferedReader lines = LogLines.open(file)) {
            kept = lines.lines().filter(line -> belongsTo(line, step)).toList();
        }
        Path copy = file.resolveSibling("." + file.getFileName() + ".truncated");
        Files.write(copy, kept);
        Files.move(copy, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Writes with every line of training the most bytes of tensors until then; none if not called. */
    public JsonLog tensorBytes(LongSupplier peak) {
        tensorBytes = peak;
        return this;
    }

    private static boolean belongsTo(String line, long step) {
        try {
            JsonNode entry = JSON.readTree(line);
            long logged = entry == null ? Long.MAX_VALUE : entry.path("step").asLong(Long.MAX_VALUE);
            return logged < step
                    || logged == step
                            && !TOLD_AT_START.contains(entry.path("type").asText());
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
    public void started(TrainingState state, long totalSteps) {
        tokens = 0;
        busySince = state.seconds();
    }

    @Override
    public void trains(long step, long trained, long all) {
        partly |= trained < all;
        if (!partly) {
            return;
        }
        write(JSON.createObjectNode()
                .put("type", TRAINS)
                .put("step", step)
                .put("trained_weights", trained)
                .put("weights", all));
    }

    @Override
    public void stepped(StepReport report) {
        tokens += report.inputTokens() + report.targetTokens();
        if (report.skipped()) {
            write(JSON.createObjectNode()
                    .put("type", SKIPPED)
                    .put("step", report.step())
                    .put("loss", report.loss())
                    .put("learning_rate", report.learningRate())
                    .put("gradient_norm", report.gradientNorm()));
            return;
        }
        boolean measured = !Double.isNaN(report.parameterNorm());
        if (report.step() % everySteps != 0 && !measured) {
            return;
        }
        ObjectNode line = JSON.createObjectNode()
                .put("type", TRAIN)
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
                .put("seconds", Math.round(1e3 * report.seconds()) / 1e3)
                .put("tokens_per_second", Math.round(tokens / Math.max(1e-3, report.seconds() - busySince)));
        if (tensorBytes != null) {
            line.put("tensor_bytes", tensorBytes.getAsLong());
        }
        write(measured ? line.put("parameter_norm", report.parameterNorm()) : line);
        tokens = 0;
        busySince = report.seconds();
    }

    @Override
    public void evaluated(EvaluationReport report) {
        ObjectNode line = JSON.createObjectNode().put("type", EVAL).put("step", report.step());
        ObjectNode scores = line.putObject("scores");
        report.scores().forEach(scores::put);
        write(withExamples(line.put("seconds", Math.round(1e3 * report.seconds()) / 1e3), report.predictions()));
        busySince += report.seconds();
    }

    private ObjectNode withExamples(ObjectNode line, List<Evaluation.Prediction> predictions) {
        int count = Math.min(examples, predictions.size());
        ArrayNode list = count == 0 ? null : line.putArray("examples");
        for (int i = 0; i < count; i++) {
            Evaluation.Prediction each = predictions.get((int) ((long) i * predictions.size() / count));
            list.addObject()
                    .put("inputs", shortened(each.inputs()))
                    .put("target", shortened(each.target()))
                    .put("prediction", shortened(each.prediction()));
        }
        return line;
    }

    private static String shortened(String text) {
        return text.codePointCount(0, text.length()) <= LONGEST_TEXT
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST_TEXT)) + "…";
    }

    private void write(ObjectNode line) {
        try {
            writer.write(line.toString());
            writer.newLine();
            writer.flush();
        } catch (IOException e) {
            throw new T5Exception("Cannot write the log " + file + ": " + FileFailure.reason(e), e);
        }
        followers.forEach(follower -> follower.accept(line));
    }

    @Override
    public void close() {
        try {
            writer.close();
        } catch (IOException e) {
            throw new T5Exception("Cannot write the log " + file + ": " + FileFailure.reason(e), e);
        }
    }
}
