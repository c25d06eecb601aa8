package org.t5j.train.listener;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.t5j.data.source.BadRows;
import org.t5j.train.StepReport;
import org.t5j.train.TrainingListener;
import org.t5j.train.TrainingState;
import org.t5j.train.evaluate.Evaluation;
import org.t5j.train.evaluate.EvaluationReport;

/**
 * {@code log.jsonl}: a JSON object per line, {@code "type"} train, eval, skipped (an update that was not made: all of them
 * stand here), trains (how many weights are trained from this step on, if not all) or bad_rows (rows of the data that
 * were skipped), each with its {@code "step"}. A resumed run takes back what was logged after the step it goes on from, so
 * that every step stands there once.
 */
public final class JsonLog implements TrainingListener, AutoCloseable {
    private static final String BAD_ROWS = "bad_rows";
    private static final String TRAINS = "trains";
    /** Types of entries. */
    static final String TRAIN = "train";

    static final String EVAL = "eval";
    static final String SKIPPED = "skipped";
    private static final int LONGEST_TEXT = 1000;

    private static final String STEP = "step";
    private static final String TRAINED_WEIGHTS = "trained_weights";

    private final LogFile file;
    private final long everySteps;
    private LongSupplier tensorBytes;
    private int examples;
    /** Weights that are trained by the last entry that says so; -1 where none does, and all are. */
    private long trainedWeights = -1;

    private long tokens;
    private double busySince;

    private JsonLog(Path file, long step, long everySteps) {
        this.everySteps = everySteps;
        this.file = LogFile.open(file, entry -> stays(entry, step));
    }

    /**
     * Opens a log for a run that stands at {@code step}; later lines, and one that a dying process left unfinished, are
     * taken out.
     *
     * @param everySteps updates between lines of training; at least 1
     */
    public static JsonLog open(Path file, long step, long everySteps) {
        return new JsonLog(file, step, everySteps);
    }

    /** A resumed run tells of bad rows again at the step that it goes on from. */
    private boolean stays(JsonNode entry, long step) {
        long logged = entry.path(STEP).asLong(Long.MAX_VALUE);
        String type = entry.path("type").asText();
        boolean stays = logged < step || logged == step && !type.equals(BAD_ROWS);
        if (stays && type.equals(TRAINS)) {
            trainedWeights = entry.path(TRAINED_WEIGHTS).asLong();
        }
        return stays;
    }

    /** Gives every entry to {@code follower} after it was written. */
    public JsonLog follow(Consumer<JsonNode> follower) {
        file.follow(follower);
        return this;
    }

    /** Writes {@code count} of the predictions beside the scores of an evaluation, the same every time; none if not called. */
    public JsonLog examples(int count) {
        examples = count;
        return this;
    }

    /** Writes with every line of training the most bytes of tensors until then; none if not called. */
    public JsonLog tensorBytes(LongSupplier peak) {
        tensorBytes = peak;
        return this;
    }

    private static ObjectNode entry(String type, long step) {
        return JsonNodeFactory.instance.objectNode().put("type", type).put(STEP, step);
    }

    @Override
    public void skipped(TrainingState state, String data, BadRows rows) {
        ObjectNode line = entry(BAD_ROWS, state.step()).put("data", data).put("count", rows.count());
        rows.examples().forEach(line.putArray("examples")::add);
        file.write(line);
    }

    @Override
    public void started(TrainingState state, long totalSteps) {
        tokens = 0;
        busySince = state.seconds();
    }

    @Override
    public void trains(long step, long trained, long all) {
        if (trained != (trainedWeights < 0 ? all : trainedWeights)) {
            trainedWeights = trained;
            file.write(entry(TRAINS, step).put(TRAINED_WEIGHTS, trained).put("weights", all));
        }
    }

    @Override
    public void stepped(StepReport report) {
        tokens += report.inputTokens() + report.targetTokens();
        if (report.skipped()) {
            file.write(entry(SKIPPED, report.step())
                    .put("loss", report.loss())
                    .put("learning_rate", report.learningRate())
                    .put("gradient_norm", report.gradientNorm()));
            return;
        }
        boolean measured = !Double.isNaN(report.parameterNorm());
        if (report.step() % everySteps != 0 && !measured) {
            return;
        }
        ObjectNode line = entry(TRAIN, report.step())
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
        file.write(measured ? line.put("parameter_norm", report.parameterNorm()) : line);
        tokens = 0;
        busySince = report.seconds();
    }

    @Override
    public void evaluated(EvaluationReport report) {
        ObjectNode line = entry(EVAL, report.step());
        ObjectNode scores = line.putObject("scores");
        report.scores().forEach(scores::put);
        file.write(withExamples(line.put("seconds", Math.round(1e3 * report.seconds()) / 1e3), report.predictions()));
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

    @Override
    public void close() {
        file.close();
    }
}
