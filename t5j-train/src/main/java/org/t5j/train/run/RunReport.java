package org.t5j.train.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.t5j.core.FileFailure;
import org.t5j.core.T5Exception;
import org.t5j.core.T5Model;
import org.t5j.train.TrainingListener;
import org.t5j.train.TrainingState;
import org.t5j.train.listener.TensorBoardLog;
import org.t5j.train.report.Environment;
import org.t5j.train.report.HtmlReport;

/**
 * {@code report.html}, made of the files of a run and so at any time again. Of runs that were made without them, environment
 * and examples of predictions are not known, and the page says so.
 */
public final class RunReport {
    private static final Logger LOG = LoggerFactory.getLogger(RunReport.class);
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private RunReport() {}

    /**
     * Writes the page of a run that goes on, has ended or was killed, and its TensorBoard file where there is none.
     *
     * @param target where the page is to stand, or null for {@code report.html} in the run directory
     * @return where it stands
     * @throws T5Exception where {@code runDirectory} holds no log, or something cannot be read or written
     */
    public static Path write(Path runDirectory, Path target) {
        RunDirectory run = RunDirectory.of(runDirectory);
        if (!Files.isRegularFile(run.log())) {
            throw new T5Exception(runDirectory + " is no run directory: it has no "
                    + run.log().getFileName());
        }
        if (!Files.exists(run.events())) {
            TensorBoardLog.open(run.events(), run.log()).close();
        }
        Path page = target == null ? run.report() : target;
        write(run, newestState(run), page);
        return page;
    }

    static TrainingListener onEveryCheckpoint(RunDirectory run, T5Model model) {
        return new TrainingListener() {
            @Override
            public void saved(TrainingState state, Path checkpoint) {
                writeEnvironment(run, model);
                write(run, state, run.report());
            }
        };
    }

    static void writeEnvironment(RunDirectory run, T5Model model) {
        try {
            replace(run.environment(), JSON.writeValueAsString(Environment.of(model)) + "\n");
        } catch (JsonProcessingException e) {
            throw new T5Exception("Cannot write " + run.environment() + ": " + FileFailure.reason(e), e);
        }
    }

    private static void write(RunDirectory run, TrainingState state, Path target) {
        String title = run.path().getFileName() == null
                ? run.path().toString()
                : run.path().getFileName().toString();
        replace(target, HtmlReport.page(title, run.log(), state, text(run.config()), environment(run)));
    }

    /** The state of the newest checkpoint that has one, or null. */
    private static TrainingState newestState(RunDirectory run) {
        List<Long> steps = run.steps();
        for (int i = steps.size() - 1; i >= 0; i--) {
            try {
                return TrainingCheckpoint.readState(run.checkpoint(steps.get(i)));
            } catch (T5Exception damaged) {
                LOG.warn("{}", damaged.getMessage());
            }
        }
        return null;
    }

    private static String text(Path file) {
        try {
            return Files.exists(file) ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8) : "";
        } catch (IOException e) {
            throw new T5Exception("Cannot read " + file + ": " + FileFailure.reason(e), e);
        }
    }

    private static Map<String, String> environment(RunDirectory run) {
        String text = text(run.environment());
        try {
            return text.isEmpty() ? Map.of() : JSON.readValue(text, new TypeReference<Map<String, String>>() {});
        } catch (JsonProcessingException e) {
            LOG.warn("{} is damaged and left out of the report: {}", run.environment(), e.getOriginalMessage());
            return Map.of();
        }
    }

    /** Whole or not at all; other processes may write the same file meanwhile. */
    private static void replace(Path file, String text) {
        Path target = file.toAbsolutePath();
        Path copy = target.resolveSibling(
                "." + target.getFileName() + "." + ProcessHandle.current().pid() + ".incomplete");
        try {
            try {
                Files.writeString(copy, text);
                Files.move(copy, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(copy);
            }
        } catch (IOException e) {
            throw new T5Exception(
                    "Cannot write " + file + ": " + FileFailure.reason(e)
                            + ". Make room for it; a run resumes without with" + " logging.report=false",
                    e);
        }
    }
}
