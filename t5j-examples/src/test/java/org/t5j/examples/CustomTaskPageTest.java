package org.t5j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.t5j.data.Example;
import org.t5j.data.dataset.TrainingData;
import org.t5j.data.preprocess.Preprocessors;
import org.t5j.data.source.Source;
import org.t5j.data.source.TsvSource;
import org.t5j.data.task.MixingRate;
import org.t5j.data.task.Mixture;
import org.t5j.data.task.Task;
import org.t5j.data.task.TaskGeneration;
import org.t5j.train.run.Training;
import org.t5j.train.run.TrainingResult;
import org.t5j.train.run.VocabularyFiles;
import org.t5j.train.setup.Learning;
import org.t5j.train.setup.TrainConfig;

/** What stands in docs/how-to/custom-task.md does what it says. */
class CustomTaskPageTest {
    private static final Path PAGE = Path.of("..", "docs", "how-to", "custom-task.md");
    private static final Pattern YAML = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);
    private static final String TINY = "model={preset: tiny, dModel: 16, dKv: 8, dFf: 32, numHeads: 2, numLayers: 1}";

    @TempDir
    Path directory;

    private String page;
    private List<String> blocks;

    @BeforeEach
    void writeFiles() throws IOException {
        page = Files.readString(PAGE).replace("\r\n", "\n");
        blocks = YAML.matcher(page).results().map(block -> block.group(1)).toList();
        Files.writeString(directory.resolve("finetune.yaml"), blocks.get(0));
        Path data = Files.createDirectories(directory.resolve("data"));
        Files.writeString(data.resolve("train.tsv"), "1\ta fine film\n0\tdull {as} ever\n");
        Files.writeString(data.resolve("dev.tsv"), "1\tgreat\n0\tnot great\n");
    }

    private TrainConfig load(String... settings) {
        List<String> all = new ArrayList<>(List.of(
                "tokenizer={convention: BYT5}",
                TINY,
                "data.batchSize=2",
                "optim.totalSteps=1",
                "logging.progress=false"));
        all.addAll(List.of(settings));
        return TrainConfig.load(directory.resolve("finetune.yaml"), all);
    }

    @Test
    void theFileTrainsAsItStands() {
        TrainConfig config = load();
        Task task = config.data().allTasks().get(0);
        assertThat(task.examples(Task.TRAIN))
                .extracting(example -> example.inputs() + " -> " + example.targets())
                .containsExactly("rate the film: a fine film -> positive", "rate the film: dull {as} ever -> negative");
        assertThat(Training.of(config).run(directory.resolve("run"), false).scores())
                .containsKeys("rating/accuracy", "rating/f1_macro");
    }

    @Test
    void choicesAndMixturesAreAddedAsShown() throws IOException {
        String choices = blocks.get(1).strip().replaceFirst("choices: ", "data.tasks.0.choices=");
        TrainConfig ranked = load(choices);
        assertThat(Training.of(ranked).run(directory.resolve("ranked"), false).scores())
                .containsKeys("rating/accuracy_length_normalized", "rating/auc_roc");

        String generation = blocks.get(2).strip().replaceFirst("generation: ", "data.tasks.0.generation=");
        TaskGeneration written = load(generation).data().allTasks().get(0).generation();
        assertThat(written.beams()).isEqualTo(4);
        assertThat(written.noRepeatNgramSize()).isEqualTo(3);

        String mixed = blocks.get(0)
                + "    - {name: topic, format: lines, train: [data/train.tsv]}\n"
                + blocks.get(3).replaceFirst("data:\n", "");
        Files.writeString(directory.resolve("finetune.yaml"), mixed);
        TrainConfig both = load();
        TrainingData data = Learning.of(
                        both, VocabularyFiles.of(both.tokenizer()).tokenizer(), directory)
                .data();
        assertThat(data.parts())
                .extracting(part -> part.dataset().name() + " " + part.rate())
                .containsExactly("rating 2.0", "topic 1.0");
    }

    static TrainingResult train(Path data, Path checkpoint, Path runDirectory) {
        // page begins
        Task task = Task.builder("rating")
                .source(Task.TRAIN, new TsvSource(List.of(data.resolve("train.tsv")), List.of("label", "text")))
                .source(Task.VALIDATION, new TsvSource(List.of(data.resolve("dev.tsv")), List.of("label", "text")))
                .preprocess(Preprocessors.labels("label", Map.of("0", "negative", "1", "positive")))
                .preprocess(Preprocessors.templates("rate the film: {text}", "{label}"))
                .metric("accuracy")
                .build();
        List<String> settings = List.of("mode=FINETUNE", TrainConfig.setting("model.checkpoint", checkpoint));
        Training training = Training.of(TrainConfig.ofSettings(settings)).tasks(task);
        TrainingResult result = training.run(runDirectory, false);
        // page ends
        return result;
    }

    @Test
    void thePageShowsTheJavaOfThisTest() throws IOException {
        String source = Files.readString(Path.of("src/test/java/org/t5j/examples/CustomTaskPageTest.java"))
                .replace("\r\n", "\n");
        int begin = source.indexOf("// page begins\n") + "// page begins\n".length();
        String code = source.substring(begin, source.indexOf("// page ends\n", begin));
        assertThat(page).contains("```java\n" + code.stripTrailing().stripIndent() + "\n```\n");
        assertThat(JavaOfPages.importsShown(page)).isEqualTo(JavaOfPages.importsNeeded(source, code));
    }

    @Test
    void mixturesOfTasksMadeInJavaAreMadeAsShown() {
        Task rating = Task.builder("rating")
                .source(Task.TRAIN, Source.of(List.of(Example.of("a", "b"))))
                .build();
        Task topic = Task.builder("topic")
                .source(Task.TRAIN, Source.of(List.of(Example.of("c", "d"))))
                .choices("d", "e")
                .postprocess(String::strip)
                .build();
        Mixture both = Mixture.of("both", MixingRate.proportional(30_000, 1, 2), rating, topic);
        assertThat(page).contains("`Mixture.of(\"both\", MixingRate.proportional(30_000, 1, 2), rating, topic)`");
        assertThat(both.without("topic").tasks()).containsExactly(rating);
    }
}
