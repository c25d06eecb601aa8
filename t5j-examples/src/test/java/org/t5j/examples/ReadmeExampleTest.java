package org.t5j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.t5j.data.source.Source;
import org.t5j.data.source.TsvSource;
import org.t5j.data.task.Task;
import org.t5j.tokenizer.TrainerConfig;
import org.t5j.tokenizer.unigram.UnigramTrainer;
import org.t5j.train.run.TextGenerator;
import org.t5j.train.run.Training;
import org.t5j.train.setup.TrainConfig;

/** The Java example of README.md: it stands there as it stands here, with its imports, and it does what it says. */
class ReadmeExampleTest {
    private static final List<String> SEA = List.of("ship", "wave", "sail", "anchor", "storm", "harbour", "captain");
    private static final List<String> FARM =
            List.of("field", "plough", "barley", "horse", "barn", "meadow", "shepherd");

    @TempDir
    Path directory;

    // README begins
    static String learn(Path home, String question) {
        TrainConfig pretraining = TrainConfig.load(home.resolve("pretrain.yaml"), List.of());
        Path base = Training.of(pretraining).run(home.resolve("base"), false).best();

        Source pairs = new TsvSource(List.of(home.resolve("pairs.tsv")), List.of("inputs", "targets"));
        Task.Builder task = Task.builder("topic").source(Task.TRAIN, pairs).prefix("topic: ");
        String start = TrainConfig.setting("model.checkpoint", base);
        List<String> settings = List.of("mode=FINETUNE", start, "optim.totalSteps=150");
        Training tuning = Training.of(TrainConfig.ofSettings(settings)).tasks(task.build());
        Path tuned = tuning.run(home.resolve("topic"), false).best();

        try (TextGenerator generator = TextGenerator.load(tuned)) {
            return generator.generate(question);
        }
    }
    // README ends

    @Test
    void theExampleLearnsToAnswer() throws IOException {
        Random random = new Random(1);
        Path corpus = directory.resolve("corpus.txt");
        write("corpus.txt", i -> sentence(random, i));
        write("pairs.tsv", i -> sentence(random, i) + "\t" + (i % 2 == 0 ? "sea" : "farm"));
        new UnigramTrainer(TrainerConfig.ofVocabSize(56))
                .train(List.of(corpus))
                .write(directory.resolve("spiece.model"));
        Files.writeString(directory.resolve("pretrain.yaml"), between(readme(), "```yaml\n", "```\n"));
        assertThat(learn(directory, "topic: the storm of the ship and the harbour"))
                .isEqualTo("sea");
        assertThat(directory.resolve("topic/log.jsonl")).isNotEmptyFile();
    }

    @Test
    void theReadmeShowsThisExample() throws IOException {
        String source =
                Files.readString(root().resolve("t5j-examples/src/test/java/org/t5j/examples/ReadmeExampleTest.java"));
        String example = between(source, "    // README begins\n", "    // README ends\n");
        assertThat(between(readme(), "```java\n", "```\n"))
                .isEqualTo(example.stripTrailing().stripIndent() + "\n");
    }

    private void write(String file, IntFunction<String> line) throws IOException {
        Files.write(
                directory.resolve(file), IntStream.range(0, 400).mapToObj(line).toList());
    }

    private static String readme() throws IOException {
        return Files.readString(root().resolve("README.md"));
    }

    private static Path root() {
        Path here = Path.of("").toAbsolutePath();
        return Files.exists(here.resolve("README.md")) ? here : here.getParent();
    }

    private static String between(String text, String begin, String end) {
        Matcher matcher = Pattern.compile(Pattern.quote(begin) + "(.*?)" + Pattern.quote(end), Pattern.DOTALL)
                .matcher(text.replace("\r\n", "\n"));
        assertThat(matcher.find())
                .as("there is text between %s and %s", begin, end)
                .isTrue();
        return matcher.group(1);
    }

    private static String sentence(Random random, int i) {
        List<String> words = i % 2 == 0 ? SEA : FARM;
        return "the " + word(random, words) + " of the " + word(random, words) + " and the " + word(random, words);
    }

    private static String word(Random random, List<String> words) {
        return words.get(random.nextInt(words.size()));
    }
}
