package org.t5j.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.t5j.core.T5Exception;
import org.t5j.data.Example;
import org.t5j.data.source.Source;
import org.t5j.data.task.Task;
import org.t5j.train.Fixtures;

/** Fine-tuning from raw files until the task is learnt: metrics, the best checkpoint, and what the checkpoint can do. */
class FineTuningTest {
    @TempDir
    Path directory;

    @Test
    void aTinyModelLearnsATaskAndKeepsItsBestCheckpoint() throws IOException {
        Path train = Fixtures.pairs(directory.resolve("train.tsv"), 400);
        Path validation = Fixtures.pairs(directory.resolve("valid.tsv"), 60);
        Path run = directory.resolve("run");
        TrainingResult result =
                Training.of(Fixtures.fineTuning(train, validation)).run(run, false);

        assertThat(result.scores().get("letter/accuracy")).isGreaterThan(95);
        assertThat(result.scores().get("letter/loss")).isBetween(0.0, 0.5);
        assertThat(result.state().best().score()).isEqualTo("letter/accuracy");
        assertThat(result.best())
                .isEqualTo(
                        run.resolve("checkpoints/step-" + result.state().best().step()));
        assertThat(result.best()).isDirectory();
        List<String> evaluations = Files.readAllLines(run.resolve("log.jsonl")).stream()
                .filter(line -> line.contains("\"eval\""))
                .toList();
        assertThat(evaluations).hasSize(3);
        assertThat(new ObjectMapper()
                        .readTree(evaluations.get(2))
                        .at("/scores/letter~1accuracy")
                        .asDouble())
                .isEqualTo(result.scores().get("letter/accuracy"));

        try (TextGenerator generator = TextGenerator.load(run)) {
            assertThat(generator.generate("first letter: market")).isEqualTo("m");
        }
    }

    @Test
    void aTaskMadeInJavaIsTrainedFromAPretrainedCheckpoint() {
        Path corpus = Fixtures.corpus(directory.resolve("corpus.txt"), 60);
        TrainingResult pretrained = Training.of(Fixtures.pretraining(corpus, "data.validationFiles=" + corpus))
                .run(directory.resolve("pre"), false);
        assertThat(pretrained.scores()).containsOnlyKeys("validation/loss", "validation/perplexity");

        Task task = Task.builder("echo")
                .source(
                        Task.TRAIN,
                        Source.of(List.of(Example.of("echo: town", "town"), Example.of("echo: king", "king"))))
                .inputLength(16)
                .targetLength(8)
                .build();
        TrainingResult result = Training.of(org.t5j.train.setup.TrainConfig.ofSettings(List.of(
                        "mode=FINETUNE",
                        "model.checkpoint=" + pretrained.last(),
                        "data.batchSize=2",
                        "optim.totalSteps=3",
                        "logging.progress=false")))
                .tasks(task)
                .run(directory.resolve("fine"), false);
        assertThat(result.state().examples()).isEqualTo(6);
        assertThat(result.scores()).isEmpty();
        assertThat(result.best()).isEqualTo(result.last());
    }

    @Test
    void theCheckpointsNumberOfSentinelsIsKeptUnlessAnotherIsGiven() {
        Path corpus = Fixtures.corpus(directory.resolve("corpus.txt"), 60);
        Path base = Training.of(Fixtures.pretraining(corpus, "tokenizer.extraIds=40", "optim.totalSteps=1"))
                .run(directory.resolve("base"), false)
                .last();
        Path pairs = Fixtures.pairs(directory.resolve("pairs.tsv"), 16);
        assertThat(sentinels(base, pairs, directory.resolve("kept"))).isEqualTo(40);
        assertThat(sentinels(base, pairs, directory.resolve("given"), "tokenizer.extraIds=20"))
                .isEqualTo(20);
    }

    @Test
    void aRunDirectoryStandsForItsBestCheckpoint() throws IOException {
        Path corpus = Fixtures.corpus(directory.resolve("corpus.txt"), 60);
        Path base = directory.resolve("base");
        TrainingResult pretrained =
                Training.of(Fixtures.pretraining(corpus, "optim.totalSteps=1")).run(base, false);
        Path pairs = Fixtures.pairs(directory.resolve("pairs.tsv"), 16);
        Path tuned = directory.resolve("tuned");
        sentinels(base, pairs, tuned);
        assertThat(Files.readString(tuned.resolve("config.yaml"))).contains("checkpoint: " + pretrained.best());
        assertThatThrownBy(() -> sentinels(directory, pairs, directory.resolve("other")))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("is neither a model")
                .hasMessageContaining("nor a training run");
    }

    private static int sentinels(Path base, Path pairs, Path run, String... settings) {
        List<String> all = new ArrayList<>(
                List.of("model={checkpoint: " + base + "}", "tokenizer.file=null", "optim.totalSteps=1"));
        all.addAll(List.of(settings));
        Path tuned = Training.of(Fixtures.fineTuning(pairs, pairs, all.toArray(new String[0])))
                .run(run, false)
                .last();
        return VocabularyFiles.in(tuned).tokenizer().sentinelCount();
    }
}
