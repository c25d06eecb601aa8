package org.t5j.examples.quickstart;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The sizes of a quickstart: a model small enough to learn within minutes on two cores. Decided once for an output
 * directory and kept there, so that an interrupted quickstart goes on with the same.
 *
 * @param vocabSize pieces of the vocabulary: few, so that unknown names are spelt from pieces that are known well
 * @param pretrainSteps updates by span corruption
 * @param finetuneSteps updates on the two tasks
 * @param evalExamples held-out examples that each task is evaluated on
 */
record QuickstartPlan(
        @JsonProperty("vocabSize") int vocabSize,
        @JsonProperty("pretrainSteps") long pretrainSteps,
        @JsonProperty("finetuneSteps") long finetuneSteps,
        @JsonProperty("evalExamples") int evalExamples) {

    private static final String FILE = "plan.json";
    private static final ObjectMapper JSON = new ObjectMapper();
    /** A step of {@link StepTime} at which the standard plan takes about nine minutes. */
    private static final double SLOWEST_STEP_SECONDS = 0.2;

    private static final double LEAST_SHARE = 0.3;

    /** About seven and a half minutes on two cores of an AMD EPYC of 2024. */
    static QuickstartPlan standard() {
        return new QuickstartPlan(1500, 500, 2500, 400);
    }

    /** The plan kept in {@code directory}, or the standard one, made shorter for a slow machine and kept there. */
    static QuickstartPlan forDirectory(Path directory) throws IOException {
        Path file = directory.resolve(FILE);
        if (Files.exists(file)) {
            return JSON.readValue(file.toFile(), QuickstartPlan.class);
        }
        QuickstartPlan plan = standard().forStepTime(StepTime.measure());
        Files.createDirectories(directory);
        Files.writeString(file, JSON.writeValueAsString(plan));
        return plan;
    }

    /** This plan with as many steps as a machine that needs {@code seconds} for one can make in the time. */
    QuickstartPlan forStepTime(double seconds) {
        double share = Math.max(LEAST_SHARE, Math.min(1, SLOWEST_STEP_SECONDS / seconds));
        return new QuickstartPlan(
                vocabSize, Math.round(pretrainSteps * share), Math.round(finetuneSteps * share), evalExamples);
    }
}
