package org.t5j.train.listener;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.t5j.core.FileFailure;
import org.t5j.core.T5Exception;

/**
 * The numbers of {@code log.jsonl} as a TensorBoard event file: {@code train/loss} and its like, and {@code eval/<score>}.
 * The file is a function of the log and of when the run began, so a resumed run makes what does not fit anew and every step
 * stands there once; what fits stays in place, and a TensorBoard that shows it goes on.
 *
 * <p>Times of events are the run's own, from its beginning on without its pauses: a clock that is set back does no harm.
 */
public final class TensorBoardLog implements Consumer<JsonNode>, AutoCloseable {
    private static final List<String> TRAINING = List.of(
            "loss",
            "nll",
            "learning_rate",
            "gradient_norm",
            "parameter_norm",
            "tokens_per_second",
            "input_utilisation",
            "target_utilisation");
    private static final int FIRST_RECORD = 64;

    private final Path file;
    private final double beginning;
    private final OutputStream out;
    private double elapsed;
    private long skipped;

    private TensorBoardLog(Path file, double beginning, OutputStream out) {
        this.file = file;
        this.beginning = beginning;
        this.out = out;
    }

    /**
     * Makes {@code file} hold what {@code log} holds, and adds what is logged from then on.
     *
     * @param file its name must have {@code tfevents} in it, or TensorBoard does not look at it
     * @param log of the same run, which may be absent
     * @throws T5Exception where a file cannot be written
     */
    public static TensorBoardLog open(Path file, Path log) {
        Path copy = file.resolveSibling(".tensorboard.incomplete");
        try {
            double beginning = beginning(file);
            TensorBoardLog written;
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(copy))) {
                out.write(EventRecord.version(beginning));
                written = new TensorBoardLog(file, beginning, out);
                if (Files.exists(log)) {
                    LogLines.read(log, written);
                }
            }
            if (Files.exists(file) && Files.mismatch(copy, file) == -1) {
                Files.delete(copy);
            } else {
                Files.move(copy, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
            TensorBoardLog opened =
                    new TensorBoardLog(file, beginning, Files.newOutputStream(file, StandardOpenOption.APPEND));
            opened.elapsed = written.elapsed;
            opened.skipped = written.skipped;
            return opened;
        } catch (IOException e) {
            throw cannotWrite(file, e);
        }
    }

    /** When the run began, in seconds since 1970: what an earlier file says, else now. */
    private static double beginning(Path file) throws IOException {
        double before = Double.NaN;
        if (Files.exists(file)) {
            try (InputStream in = Files.newInputStream(file)) {
                before = EventRecord.wallTime(in.readNBytes(FIRST_RECORD));
            }
        }
        return Double.isFinite(before) ? before : System.currentTimeMillis() * 1e-3;
    }

    /** Adds an entry of the log; entries without numbers to draw are left out. */
    @Override
    public void accept(JsonNode entry) {
        Map<String, Float> values = new LinkedHashMap<>();
        String type = entry.path("type").asText();
        if (type.equals(JsonLog.TRAIN)) {
            elapsed = entry.path("seconds").asDouble(elapsed);
            TRAINING.forEach(name -> put(values, "train/" + name, entry.path(name)));
        } else if (type.equals(JsonLog.SKIPPED)) {
            values.put("train/skipped_updates", (float) ++skipped);
        } else if (type.equals(JsonLog.EVAL)) {
            entry.path("scores").properties().forEach(score -> put(values, "eval/" + score.getKey(), score.getValue()));
        }
        if (!values.isEmpty()) {
            write(EventRecord.scalars(beginning + elapsed, entry.path("step").asLong(), values));
        }
    }

    private static void put(Map<String, Float> values, String tag, JsonNode value) {
        if (value.isNumber() && Double.isFinite(value.asDouble())) {
            values.put(tag, value.floatValue());
        }
    }

    private void write(byte[] record) {
        try {
            out.write(record);
        } catch (IOException e) {
            throw cannotWrite(file, e);
        }
    }

    private static T5Exception cannotWrite(Path file, IOException e) {
        return new T5Exception(
                "Cannot write the TensorBoard file " + file + ": " + FileFailure.reason(e)
                        + ". Make room for it, or resume with logging.tensorboard=false",
                e);
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw cannotWrite(file, e);
        }
    }
}
