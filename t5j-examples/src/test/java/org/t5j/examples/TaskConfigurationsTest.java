package org.t5j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.t5j.data.task.Task;
import org.t5j.data.task.TaskConfig;
import org.t5j.train.run.Training;
import org.t5j.train.run.TrainingResult;
import org.t5j.train.setup.TrainConfig;

/** The configurations of real tasks, on their data where these are there: what the model is shown, and two updates. */
class TaskConfigurationsTest {
    private static final Path TASKS = Path.of(System.getProperty("t5j.shared", "../../shared"), "corpora", "tasks")
            .toAbsolutePath()
            .normalize();

    @TempDir
    Path directory;

    private static TrainConfig load(String file, String... more) {
        assumeTrue(Files.isDirectory(TASKS), "there are no data at " + TASKS);
        List<String> settings = new ArrayList<>(List.of(
                TrainConfig.setting("data.directory", TASKS),
                "model={preset: tiny, dModel: 16, dKv: 8, dFf: 32, numHeads: 2, numLayers: 1}",
                "data.batchSize=4",
                "data.bucketBatches=2",
                "optim.totalSteps=2",
                "eval={everySteps: 2, examples: 2}",
                "schedule=constant",
                "logging.progress=false"));
        settings.addAll(List.of(more));
        return TrainConfig.load(Path.of("configs", file), settings);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    cmudict.yaml    | cmudict    | pronounce: cleland | k l eh l ax n d
                    inflection.yaml | inflection | inflect: schmear V;V.PTCP;PST | schmeared
                    sst2.yaml       | sst2       | sst2 sentence: one long string of cliches . | negative
                    multi30k.yaml   | multi30k   | translate English to German: A group of men are loading cotton onto a truck | \
                    Eine Gruppe von Männern lädt Baumwolle auf einen Lastwagen
                    """)
    void aConfigurationTrainsOnItsTask(String file, String name, String inputs, String targets) {
        TrainConfig config = load(file);
        TaskConfig task = config.data().tasks().get(0);
        var first = task.toTask(Path.of("")).examples(Task.VALIDATION, 1).get(0);
        assertThat(first.inputs()).isEqualTo(inputs);
        assertThat(first.targets()).isEqualTo(targets);

        TrainingResult result = Training.of(config).run(directory.resolve("run"), false);
        assertThat(result.state().examples()).isEqualTo(8);
        assertThat(result.scores()).containsKeys(name + "/" + task.metrics().get(0), name + "/perplexity");
    }

    @ParameterizedTest
    @ValueSource(strings = {"all", "adapter", "gradual", "embedding", "head", "lora", "frozen"})
    void oneConfigurationTrainsByEveryTransferMethod(String method) {
        TrainConfig config = load(
                "transfer.yaml",
                "model.tieWordEmbeddings=false",
                "tokenizer.convention=BYT5",
                "transfer.name=" + method,
                method.equals("frozen") ? "transfer.freeze=encoder.*" : "seed=1");
        assertThat(config.data().tasks()).isEqualTo(load("cmudict.yaml").data().tasks());
        TrainingResult result = Training.of(config).run(directory.resolve("run"), false);
        assertThat(result.scores()).containsKeys("cmudict/sequence_accuracy", "cmudict/loss");
    }

    @Test
    void oneMixtureOfAllFourTrains() {
        TrainConfig config = load("four-tasks.yaml");
        for (String file : List.of("cmudict.yaml", "inflection.yaml", "sst2.yaml", "multi30k.yaml")) {
            assertThat(config.data().tasks())
                    .as("the mixture has the task of %s", file)
                    .contains(load(file).data().tasks().get(0));
        }
        TrainingResult result = Training.of(config).run(directory.resolve("run"), false);
        assertThat(result.scores())
                .containsKeys(
                        "cmudict/sequence_accuracy",
                        "inflection/sequence_accuracy",
                        "sst2/accuracy",
                        "multi30k/bleu",
                        "average");
    }

    @Test
    void oneSettingRanksTheLabelsInstead() {
        TrainConfig config = load("sst2.yaml", "data.tasks.0.choices=[negative, positive]", "eval.examples=444");
        assertThat(Training.of(config).run(directory.resolve("run"), false).scores())
                .containsKeys("sst2/accuracy", "sst2/accuracy_length_normalized", "sst2/auc_roc", "sst2/auc_pr");
    }

    @Test
    void theConfigurationsNameTheDataBesideTheRepository() {
        for (String file : List.of(
                "cmudict.yaml", "inflection.yaml", "sst2.yaml", "multi30k.yaml", "four-tasks.yaml", "transfer.yaml")) {
            TrainConfig config = TrainConfig.load(Path.of("configs", file), List.of());
            assertThat(config.data().directory())
                    .isEqualTo(Path.of("../../shared/corpora/tasks")
                            .toAbsolutePath()
                            .normalize());
        }
    }
}
