package org.t5j.train.run;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.t5j.core.FileFailure;
import org.t5j.core.T5Exception;
import org.t5j.train.TrainingListener;
import org.t5j.train.TrainingState;
import org.t5j.train.evaluate.Evaluation.Prediction;
import org.t5j.train.evaluate.EvaluationReport;
import org.t5j.train.evaluate.PredictionLines;

/**
 * What the model of a run wrote at each evaluation: {@code predictions/step-N/TASK.jsonl}. A resumed run takes back those of
 * later steps than it goes on from, as it does with its log.
 */
public final class RunPredictions implements TrainingListener {
    private static final Pattern STEP = Pattern.compile("step-(\\d{1,18})");
    private static final String ENDING = ".jsonl";

    private final RunDirectory run;

    RunPredictions(RunDirectory run) {
        this.run = run;
    }

    @Override
    public void started(TrainingState state, long totalSteps) {
        steps(run).stream().filter(step -> step > state.step()).forEach(step -> delete(directory(run, step)));
    }

    @Override
    public void evaluated(EvaluationReport report) {
        Map<String, List<Prediction>> byTask = new LinkedHashMap<>();
        report.predictions().forEach(each -> byTask.computeIfAbsent(each.task(), task -> new ArrayList<>())
                .add(each));
        Path directory = directory(run, report.step());
        byTask.forEach((task, predictions) -> write(directory, fileName(task), predictions));
    }

    private static void write(Path directory, String name, List<Prediction> predictions) {
        try {
            Files.createDirectories(directory);
            PredictionLines.write(directory.resolve(name), predictions);
        } catch (IOException e) {
            throw cannotWrite(directory, "Cannot make " + directory + ": " + FileFailure.reason(e), e);
        } catch (T5Exception e) {
            throw cannotWrite(directory, e.getMessage(), e);
        }
    }

    private static T5Exception cannotWrite(Path directory, String problem, Exception cause) {
        return new T5Exception(
                problem + ". Make room for predictions in " + directory
                        + ", or resume the run without them: eval.predictions=false",
                cause);
    }

    /** A task may have any name, a file not. */
    private static String fileName(String task) {
        return URLEncoder.encode(task, StandardCharsets.UTF_8) + ENDING;
    }

    private static Path directory(RunDirectory run, long step) {
        return run.predictions().resolve("step-" + step);
    }

    /** The steps that a run has predictions of, in order. */
    public static List<Long> steps(RunDirectory run) {
        return files(run.predictions()).stream()
                .map(file -> STEP.matcher(file.getFileName().toString()))
                .filter(Matcher::matches)
                .map(matcher -> Long.parseLong(matcher.group(1)))
                .sorted()
                .toList();
    }

    /**
     * The predictions of a run at a step.
     *
     * @return by task; empty where there are none
     * @throws T5Exception where they are damaged
     */
    public static Map<String, List<Prediction>> read(RunDirectory run, long step) {
        Map<String, List<Prediction>> byTask = new LinkedHashMap<>();
        for (Path file : files(directory(run, step))) {
            String name = file.getFileName().toString();
            if (name.endsWith(ENDING) && !name.startsWith(".")) {
                PredictionLines.read(file)
                        .forEach(each -> byTask.computeIfAbsent(each.task(), task -> new ArrayList<>())
                                .add(each));
            }
        }
        return byTask;
    }

    private static List<Path> files(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new T5Exception("Cannot read " + directory + ": " + FileFailure.reason(e), e);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new T5Exception(
                    "Cannot remove the predictions " + directory + " of a later step: " + FileFailure.reason(e), e);
        }
    }
}
