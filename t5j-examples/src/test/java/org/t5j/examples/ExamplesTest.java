package org.t5j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.t5j.data.task.Task;
import org.t5j.train.run.TrainingResult;
import org.t5j.train.setup.TrainConfig;

/** The example programs, one after the other for a few updates, and the ready-made configurations. */
class ExamplesTest {
    private static final String QUIET = "logging.progress=false";

    @TempDir
    Path directory;

    @Test
    void pretrainThenFineTuneThenACustomTask() throws Exception {
        Path text = directory.resolve("it's text.txt");
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            words.append(Integer.toString(i * 7919 % 46656, 36)).append(i % 20 == 19 ? "\n\n" : " ");
        }
        Files.writeString(text, words);
        TrainingResult pretrained = Pretrain.run(
                text,
                directory.resolve("pre"),
                List.of("optim.totalSteps=2", "data.batchSize=2", "objective.inputLength=32", QUIET));
        assertThat(pretrained.state().step()).isEqualTo(2);

        Path pairs = directory.resolve("pairs.tsv");
        Files.writeString(pairs, "1 2\t2 1\n3 4\t4 3\n");
        TrainingResult tuned = FineTune.run(
                pretrained.best(),
                pairs,
                pairs,
                directory.resolve("tuned"),
                List.of("optim.totalSteps=1", "data.batchSize=2", "data.tasks.0.targetLength=4", QUIET));
        assertThat(tuned.scores()).containsKey("task/accuracy");

        TrainingResult custom = CustomTask.run(
                pretrained.best(),
                directory.resolve("custom"),
                List.of("optim.totalSteps=1", "data.batchSize=2", "eval.examples=2", QUIET));
        assertThat(custom.scores()).containsKey("reverse/accuracy");
    }

    /** The first row of the study, and each of the others by one setting: weights of 8192 pieces at that size. */
    @ParameterizedTest
    @CsvSource({
        "seed=1, 2886656",
        "model.architecture=SHARED, 2098944",
        "model.numLayers=2, 1967872",
        "model.architecture=DECODER_LM, 1836288",
        "model.architecture=DECODER_PREFIX_LM, 1836288"
    })
    void everyArchitectureOfTheStudyIsOneSettingAway(String setting, long weights) {
        TrainConfig config = TrainConfig.load(Path.of("configs/architectures.yaml"), List.of(setting));
        assertThat(config.model().shapeFor(8192).parameterCount()).isEqualTo(weights);
    }

    @Test
    void theCustomTaskHoldsANumberInTenOut() {
        Task task = CustomTask.reverse();
        assertThat(task.examples(Task.TRAIN)).hasSize(1800);
        assertThat(task.examples(Task.VALIDATION)).hasSize(200);
        assertThat(task.examples(Task.VALIDATION).get(12).inputs()).isEqualTo("reverse: 1 2 0");
        assertThat(task.examples(Task.VALIDATION).get(12).targets()).isEqualTo("0 2 1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pretrain.yaml",
                "finetune.yaml",
                "architectures.yaml",
                "twin.yaml",
                "strategies/multitask.yaml",
                "strategies/supervised.yaml",
                "strategies/digits.yaml",
                "strategies/continued.yaml"
            })
    void theReadyMadeConfigurationsNameFilesThatAreThere(String file) {
        TrainConfig config = TrainConfig.load(Path.of("configs", file), List.of("model.checkpoint=runs/pretrain"));
        config.data().tasks().forEach(task -> task.toTask(Path.of(""))
                .examples(task.test().isEmpty() ? Task.TRAIN : Task.TEST));
        for (String pattern : config.data().files()) {
            assertThat(org.t5j.data.source.FilePatterns.resolve(Path.of(""), List.of(pattern)))
                    .isNotEmpty();
        }
        assertThat(config.data().files().isEmpty() && config.data().tasks().isEmpty())
                .isFalse();
    }
}
