package org.t5j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.t5j.core.T5Model;
import org.t5j.train.run.Training;
import org.t5j.train.setup.TrainConfig;

class TwinCommandTest {
    private static final String OPTIM = "optim={totalSteps: 3, gradClip: 0, dropoutRate: 0, optimizer: {name: adamw}}";
    private static final String SCHEDULE = "schedule={name: constant, base: 1e-3}";

    @TempDir
    Path directory;

    private Path config;
    private Path twin;

    @BeforeEach
    void settings() {
        Path vocabulary = SmallModel.vocabulary(directory);
        Path corpus = SmallModel.corpus(directory.resolve("corpus.txt"));
        List<String> settings = List.of(
                SmallModel.SHAPE,
                TrainConfig.setting("tokenizer.file", vocabulary),
                "data={files: ['" + corpus + "'], batchSize: 4}",
                "objective.inputLength=32",
                "logging.progress=false",
                OPTIM,
                SCHEDULE);
        config = SmallModel.write(
                directory.resolve("config.yaml"),
                TrainConfig.ofSettings(settings).toYaml());
        twin = directory.resolve("twin");
    }

    @Test
    void itTrainsOnTheBatchesOfAPretrainingRunAndComesToItsLosses() throws Exception {
        Cli.Result written = Cli.run("twin", "write", "--config", config, "--output", twin, "--json");
        assertThat(written.code()).as(written.err()).isZero();
        assertThat(new ObjectMapper().readTree(written.out()).get("twin").asText())
                .contains("--optimizer adamw --lr 0.001 --weight-decay 0.0 --clip 0.0 --steps 3")
                .contains("--checkpoint " + twin.resolve("model"));
        assertThat(twin.resolve("batches.jsonl")).content().hasLineCount(3);
        try (T5Model model = T5Model.load(twin.resolve("model"))) {
            assertThat(model.config().dModel()).isEqualTo(16);
        }
        Path losses = directory.resolve("losses.jsonl");
        assertThat(Cli.run("twin", "train", twin, "--output", losses).code()).isZero();

        StringBuilder pretraining = new StringBuilder();
        Training.of(TrainConfig.load(config, List.of("logging.everySteps=1"))).run(directory.resolve("run"), false);
        for (String line : Files.readAllLines(directory.resolve("run/log.jsonl"))) {
            JsonNode entry = new ObjectMapper().readTree(line);
            if (entry.path("type").asText().equals("train")) {
                pretraining.append("{\"step\": ").append(entry.get("step")).append(", \"loss\": ");
                pretraining.append(entry.get("loss")).append(", \"grad_norm\": ");
                pretraining.append(entry.get("gradient_norm")).append("}\n");
            }
        }
        Path run = SmallModel.write(directory.resolve("pretraining.jsonl"), pretraining.toString());
        Cli.Result same = Cli.run("twin", "compare", losses, run, "--tolerance", "0");
        assertThat(same.code()).as(same.out() + same.err()).isZero();
    }

    @Test
    void aDifferenceIsFoundAndDrawn() throws Exception {
        assertThat(Cli.run("twin", "write", "--config", config, "--output", twin)
                        .code())
                .isZero();
        Cli.Result three = Cli.run("twin", "train", twin);
        Cli.Result faster = Cli.run("twin", "train", twin, "--set", "schedule.base=0.02");
        assertThat(three.lines()).hasSize(3);
        assertThat(faster.lines().get(0)).isEqualTo(three.lines().get(0));
        Path first = SmallModel.write(directory.resolve("t5j.jsonl"), three.out());
        Path second = SmallModel.write(directory.resolve("torch.jsonl"), faster.out());
        Path plot = directory.resolve("plot.svg");
        Cli.Result result = Cli.run("twin", "compare", first, second, "--plot", plot, "--json");
        assertThat(result.code()).isEqualTo(1);
        JsonNode facts = new ObjectMapper().readTree(result.out());
        assertThat(facts.get("max_relative_difference").asDouble()).isGreaterThan(1e-3);
        assertThat(facts.get("at_step").asInt()).isBetween(2, 3);
        assertThat(facts.get("equal").asBoolean()).isFalse();
        assertThat(plot).content().startsWith("<svg xmlns").contains("t5j", "torch");
        assertThat(Cli.run("twin", "compare", first, first).code()).isZero();
    }

    @Test
    void whatTheTwinDoesNotComputeIsRefusedBeforeAnythingIsWritten() {
        assertBadUsage("optim.dropoutRate", "--set", "optim.dropoutRate=0.1");
        assertBadUsage("optim.gradAcc", "--set", "optim.gradAcc=2");
        assertBadUsage("optim.labelSmoothing", "--set", "optim.labelSmoothing=0.1");
        assertBadUsage("optim.zLoss", "--set", "optim.zLoss=1e-4");
        assertBadUsage("data.pack", "--set", "data.pack=true");
        assertBadUsage("schedule", "--set", "schedule={name: rsqrt}");
        assertBadUsage("optim.optimizer", "--set", "optim.optimizer={name: adafactor}");
        assertBadUsage("optim.optimizer", "--set", "optim.optimizer.beta1=0.8");
        assertBadUsage("schedule must be constant", "--set", "schedule={name: rsqrt}");
        assertBadUsage(
                "optim.optimizer.scaleParameter must be false, since the twin has no other, found true.",
                "--set",
                "optim.optimizer={name: adafactor}");
        assertBadUsage("optim.optimizer.beta1 must be 0.9", "--set", "optim.optimizer.beta1=0.8");
        assertBadUsage("transfer must be all", "--set", "transfer=lora");
        assertBadUsage("transfer must be all", "--set", "transfer=adapter");
        assertBadUsage("average must be none", "--set", "average=ema");
        assertBadUsage("optim.guard.onNan must be STOP", "--set", "optim.guard.onNan=SKIP");
        assertBadUsage("model.feedForwardType", "--set", "model.feedForwardType=GATED_SILU");
    }

    private void assertBadUsage(String setting, String... arguments) {
        Cli.Result result = Cli.run("twin", "write", "--config", config, "--output", twin, arguments[0], arguments[1]);
        assertThat(result.code()).as(result.err()).isEqualTo(2);
        assertThat(result.err())
                .contains(setting, "since the twin has no other")
                .hasLineCount(1);
        assertThat(twin).doesNotExist();
    }

    @Test
    void otherDirectoriesAndFilesAreRefused() throws Exception {
        Cli.Result none = Cli.run("twin", "train", twin);
        assertThat(none.code()).isEqualTo(1);
        assertThat(none.err()).contains("config.yaml", "twin write").hasLineCount(1);
        Cli.run("twin", "write", "--config", config, "--output", twin);
        Cli.Result again = Cli.run("twin", "write", "--config", config, "--output", twin);
        assertThat(again.code()).isEqualTo(2);
        assertThat(again.err()).contains("exists already");
        Cli.Result otherSeed = Cli.run("twin", "train", twin, "--set", "seed=8");
        assertThat(otherSeed.code()).isEqualTo(2);
        assertThat(otherSeed.err()).contains("Only settings of optim and schedule can change here");
        Files.writeString(twin.resolve("batches.jsonl"), "{\"input_ids\": [[999]], \"labels\": [[1]]}\n");
        Path output = directory.resolve("losses.jsonl");
        Cli.Result outside = Cli.run("twin", "train", twin, "--output", output);
        assertThat(outside.code()).isEqualTo(1);
        assertThat(outside.err())
                .contains("id 999", "not an id of the model's vocabulary")
                .doesNotContain("\tat ");
        assertThat(output).doesNotExist();
        Cli.Result absent = Cli.run("twin", "compare", output, output);
        assertThat(absent.code()).isEqualTo(1);
        assertThat(absent.err()).contains("losses.jsonl").hasLineCount(1);
        assertThat(Cli.run("twin", "compare", output, output, "--tolerance", "-1")
                        .code())
                .isEqualTo(2);
    }
}
