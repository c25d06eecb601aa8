package org.t5j.examples.quickstart;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.t5j.core.T5Exception;
import org.t5j.train.run.ForeignFiles;

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

    QuickstartPlan {
        if (vocabSize < 1 || pretrainSteps < 1 || finetuneSteps < 1 || evalExamples < 1) {
            throw new T5Exception("All numbers of a quickstart's plan must be at least 1");
        }
    }

    /** Under five minutes on two cores of an AMD EPYC of 2024. */
    static QuickstartPlan standard() {
        return new QuickstartPlan(1500, 500, 2500, 400);
    }

    /**
     * The plan kept in {@code directory}; else {@code wanted}, which is kept there from now on.
     *
     * @param wanted null for the standard one, made shorter for a slow machine
     * @throws T5Exception where the directory holds files, but no plan
     */
    static QuickstartPlan keptIn(Path directory, QuickstartPlan wanted) throws IOException {
        Path file = directory.resolve(FILE);
        if (Files.exists(file)) {
            return read(file);
        }
        ForeignFiles.refuse(directory, "a quickstart");
        QuickstartPlan plan = wanted == null ? standard().forStepTime(StepTime.measure()) : wanted;
        Files.createDirectories(directory);
        Path incomplete = directory.resolve("." + FILE + ".incomplete");
        Files.writeString(incomplete, JSON.writeValueAsString(plan));
        Files.move(incomplete, file, StandardCopyOption.ATOMIC_MOVE);
        return plan;
    }

    private static QuickstartPlan read(Path file) throws IOException {
        try {
            return JSON.readValue(file.toFile(), QuickstartPlan.class);
        } catch (JsonProcessingException e) {
            throw new T5Exception(file + " is not the plan of a quickstart; name a new or empty directory", e);
        }
    }

    /** This plan with as many steps as a machine that needs {@code seconds} for one can make in the time. */
    QuickstartPlan forStepTime(double seconds) {
        double share = Math.max(LEAST_SHARE, Math.min(1, SLOWEST_STEP_SECONDS / seconds));
        return new QuickstartPlan(
                vocabSize, Math.round(pretrainSteps * share), Math.round(finetuneSteps * share), evalExamples);
    }
}
