package org.t5j.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.t5j.core.T5Exception;
import org.t5j.train.Fixtures;
import org.t5j.train.StepReport;
import org.t5j.train.TrainingListener;
import org.t5j.train.TrainingState;
import org.t5j.train.config.ConfigException;
import org.t5j.train.evaluate.Evaluation.Prediction;
import org.t5j.train.evaluate.EvaluationReport;

/** What evaluations do to a run: ending it early, keeping checkpoints, and writing what the model predicted. */
class RunEvaluationTest {
    @TempDir
    Path directory;

    private Path train;
    private Path validation;

    @BeforeEach
    void writePairs() {
        train = Fixtures.pairs(directory.resolve("train.tsv"), 64);
        validation = Fixtures.pairs(directory.resolve("valid.tsv"), 10);
    }

    /** A run that never learns anything, so that its first evaluation stays the best. */
    private Training training(String... settings) {
        List<String> all = new ArrayList<>(List.of(
                "optim={totalSteps: 40, dropoutRate: 0, optimizer: adamw}",
                "schedule={name: constant, base: 1e-30}",
                "eval={everySteps: 4, examples: 10, patience: 2}",
                "checkpoint.everySteps=3"));
        all.addAll(List.of(settings));
        return Training.of(Fixtures.fineTuning(train, validation, all.toArray(new String[0])));
    }

    private static TrainingListener crashAfter(long step) {
        return new TrainingListener() {
            @Override
            public void stepped(StepReport report) {
                if (report.step() == step) {
                    throw new IllegalStateException("crash");
                }
            }
        };
    }

    private static final class Told implements TrainingListener {
        private final List<Long> evaluated = new ArrayList<>();
        private long ended = -1;

        @Override
        public void evaluated(EvaluationReport report) {
            evaluated.add(report.step());
        }

        @Override
        public void ended(TrainingState state) {
            ended = state.step();
        }
    }

    @Test
    void aRunEndsWellWhenPatienceIsOver() {
        Told told = new Told();
        Path run = directory.resolve("run");
        TrainingResult result = training().listener(told).run(run, false);
        assertThat(result.state().step()).isEqualTo(12);
        assertThat(told.evaluated).containsExactly(4L, 8L, 12L);
        assertThat(told.ended).isEqualTo(12);
        assertThat(result.last()).isEqualTo(run.resolve("checkpoints/step-12")).isDirectory();
        assertThat(result.best()).isEqualTo(run.resolve("checkpoints/step-4")).isDirectory();
    }

    @Test
    void aResumedRunEndsWhereAnUndisturbedOneDoes() {
        Path run = directory.resolve("run");
        for (long crash : new long[] {6, 11}) {
            assertThatThrownBy(() -> training().listener(crashAfter(crash)).run(run, true))
                    .hasMessage("crash");
        }
        assertThat(training().run(run, true).state().step()).isEqualTo(12);
        Told again = new Told();
        assertThat(training().listener(again).run(run, true).state().step()).isEqualTo(12);
        assertThat(again.evaluated).isEmpty();
        assertThat(training("eval={everySteps: 4, examples: 10, patience: 4}")
                        .run(run, true)
                        .state()
                        .step())
                .isEqualTo(20);
    }

    @Test
    void withoutPatienceARunGoesToItsEnd() {
        TrainingResult result =
                training("eval.patience=0", "optim.totalSteps=16").run(directory.resolve("run"), false);
        assertThat(result.state().step()).isEqualTo(16);
    }

    @Test
    void patienceNeedsScores() {
        assertThatThrownBy(() -> training("data.tasks.0.validation=[]").run(directory.resolve("run"), false))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("eval.patience needs scores");
        assertThat(directory.resolve("run/config.yaml")).doesNotExist();
        assertThatThrownBy(() -> training("eval.everySteps=0"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("patience");
    }

    @Test
    void predictionsStandBesideReferencesForEveryEvaluation() throws IOException {
        Path run = directory.resolve("run");
        training().run(run, false);
        assertThat(RunPredictions.steps(RunDirectory.of(run))).containsExactly(4L, 8L, 12L);
        List<String> lines = Files.readAllLines(run.resolve("predictions/step-8/letter.jsonl"));
        assertThat(lines).hasSize(10);
        JsonNode first = new ObjectMapper().readTree(lines.get(0));
        assertThat(first.properties())
                .extracting(Map.Entry::getKey)
                .containsExactly("task", "inputs", "target", "prediction", "score");
        assertThat(first.get("task").asText()).isEqualTo("letter");
        assertThat(first.get("inputs").asText()).startsWith("first letter: ");
        boolean right = first.get("prediction").equals(first.get("target"));
        assertThat(first.get("score").asDouble()).isEqualTo(right ? 100 : 0);
        List<Prediction> read = RunPredictions.read(RunDirectory.of(run), 8).get("letter");
        assertThat(read).hasSize(10).allMatch(each -> each.scored().targets().equals(List.of(each.target())));
    }

    @Test
    void aResumedRunTakesBackPredictionsOfLaterSteps() {
        Path run = directory.resolve("run");
        assertThatThrownBy(() -> training("checkpoint.everySteps=40")
                        .listener(crashAfter(11))
                        .run(run, true))
                .hasMessage("crash");
        assertThat(RunPredictions.steps(RunDirectory.of(run))).containsExactly(4L, 8L);
        assertThatThrownBy(() -> training().listener(crashAfter(5)).run(run, true))
                .hasMessage("crash");
        assertThat(RunPredictions.steps(RunDirectory.of(run))).containsExactly(4L);
    }

    @Test
    void aRunWithoutPredictionsHasNone() {
        Path run = directory.resolve("run");
        training("eval.predictions=false").run(run, false);
        assertThat(run.resolve("predictions")).doesNotExist();
        assertThat(RunPredictions.steps(RunDirectory.of(run))).isEmpty();
    }

    @Test
    void theBestIsKeptAmongFewAndAllAreKeptWhereWanted() {
        Path few = directory.resolve("few");
        training("checkpoint={everySteps: 1, keepLast: 1}").run(few, false);
        assertThat(RunDirectory.of(few).steps()).containsExactly(4L, 12L);
        Path all = directory.resolve("all");
        training("checkpoint={everySteps: 2, keepLast: 0}").run(all, false);
        assertThat(RunDirectory.of(all).steps()).containsExactly(2L, 4L, 6L, 8L, 10L, 12L);
    }

    @Test
    void anotherMetricStartsItsOwnBest() {
        Path run = directory.resolve("run");
        training("eval.patience=0", "optim.totalSteps=4").run(run, false);
        TrainingResult result = training(
                        "eval.patience=0", "optim.totalSteps=8", "eval.metric=letter/loss", "checkpoint.keepLast=0")
                .run(run, true);
        assertThat(result.state().best().score()).isEqualTo("letter/loss");
        assertThat(result.state().best().step()).isEqualTo(8);
    }

    @Test
    void checkpointsAreChosenByName() throws IOException {
        Path run = directory.resolve("run");
        training("checkpoint={everySteps: 4, keepLast: 0}").run(run, false);
        assertThat(chosen("best", run)).containsExactly("step-4");
        assertThat(chosen("latest", run)).containsExactly("step-12");
        assertThat(chosen("all", run)).containsExactly("step-4", "step-8", "step-12");
        assertThat(chosen("8", run)).containsExactly("step-8");
        assertThat(chosen("12,4", run)).containsExactly("step-4", "step-12");
        assertThatThrownBy(() -> chosen("5", run))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("has no checkpoint of step 5, only of 4, 8, 12");
        assertThatThrownBy(() -> CheckpointChoice.of("last")).isInstanceOf(ConfigException.class);
        Path model = run.resolve("checkpoints/step-8");
        assertThat(CheckpointChoice.BEST.in(model)).containsExactly(model);
        assertThatThrownBy(() -> chosen("all", model)).hasMessageContaining("is a single model");
        assertThatThrownBy(() -> chosen("all", directory)).hasMessageContaining("is no training run");
        assertThatThrownBy(() -> chosen("all", directory.resolve("absent")))
                .hasMessageContaining("There is no directory");

        Files.writeString(model.resolve("config.json"), "{}");
        assertThat(chosen("all", run)).containsExactly("step-4", "step-12");
        assertThatThrownBy(() -> chosen("8", run)).hasMessageContaining("step-8 is damaged");
    }

    private static List<String> chosen(String name, Path run) {
        return CheckpointChoice.of(name).in(run).stream()
                .map(path -> path.getFileName().toString())
                .toList();
    }
}
