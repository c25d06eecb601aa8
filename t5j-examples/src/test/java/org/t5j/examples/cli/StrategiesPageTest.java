package org.t5j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.t5j.train.run.TrainingCheckpoint;

/**
 * Every command of {@code docs/how-to/training-strategies.md}, in the page's order and with the shipped configurations, for
 * two updates of a very small model on less text.
 */
class StrategiesPageTest {
    private static final Path PAGE = Path.of("..", "docs", "how-to", "training-strategies.md");
    private static final Pattern SECTION = Pattern.compile("(?m)^## (.*)$");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    @TempDir
    static Path directory;

    private static Path vocabulary;
    private static Path text;

    @BeforeAll
    static void writeFiles() {
        vocabulary = SmallModel.vocabulary(directory);
        text = SmallModel.corpus(directory.resolve("text.txt"));
    }

    @TestFactory
    List<DynamicTest> everyStrategyRuns() throws IOException {
        String page = Files.readString(PAGE);
        List<String> headings =
                SECTION.matcher(page).results().map(match -> match.group(1)).toList();
        String[] sections = SECTION.split(page);
        assertThat(headings).hasSize(8);
        List<DynamicTest> tests = new ArrayList<>();
        for (int i = 0; i < headings.size(); i++) {
            List<String> commands = commands(sections[i + 1]);
            tests.add(DynamicTest.dynamicTest(headings.get(i), () -> commands.forEach(StrategiesPageTest::run)));
        }
        tests.add(DynamicTest.dynamicTest("what the runs learnt and kept", StrategiesPageTest::assertRuns));
        return tests;
    }

    private static void assertRuns() throws IOException {
        assertThat(log("all")).contains("numbers/accuracy", "digits/accuracy", "validation/loss", "average");
        assertThat(log("without-digits"))
                .contains("numbers/accuracy", "validation/loss")
                .doesNotContain("digits/accuracy");
        assertThat(log("left-out-digits")).contains("digits/accuracy").doesNotContain("numbers/accuracy");
        assertThat(log("supervised"))
                .contains("numbers/accuracy", "digits/accuracy")
                .doesNotContain("validation/loss");
        assertThat(log("continued")).contains("validation/loss");
        Path continued = directory.resolve("runs/continued/checkpoints/step-2");
        assertThat(TrainingCheckpoint.readState(continued).scheduleOffset()).isEqualTo(2);
        for (String averaged : List.of("numbers-ema", "numbers-mean")) {
            assertThat(directory.resolve("runs/" + averaged + "/checkpoints/step-2/training/weights.safetensors"))
                    .exists();
        }
        assertThat(directory.resolve("runs/numbers-mixed/model.safetensors")).exists();
    }

    private static String log(String run) throws IOException {
        return Files.readString(directory.resolve("runs").resolve(run).resolve("log.jsonl"));
    }

    private static List<String> commands(String section) {
        List<String> commands = section.lines()
                .filter(line -> line.startsWith("bin/t5j "))
                .map(line -> line.substring("bin/t5j ".length()))
                .toList();
        assertThat(commands).isNotEmpty();
        return commands;
    }

    private static void run(String command) {
        List<Object> arguments = new ArrayList<>();
        WORD.matcher(command)
                .results()
                .forEach(word -> arguments.add(place(word.group(1) != null ? word.group(1) : word.group(2))));
        if (List.of("pretrain", "finetune").contains(arguments.get(0))) {
            settings(command).forEach(setting -> arguments.addAll(List.of("--set", setting)));
        } else if (arguments.get(0).equals("evaluate")) {
            arguments.addAll(List.of("--set", "eval.examples=2"));
        }
        Cli.Result result = Cli.run(arguments.toArray());
        assertThat(result.code()).as(command + "\n" + result.err()).isZero();
    }

    private static String place(String word) {
        return word.startsWith("runs/")
                ? directory.resolve(word).toString()
                : word.equals("spiece.model")
                        ? vocabulary.toString()
                        : word.replaceFirst("^t5j-examples/configs/", "configs/")
                                .replace("startStep: 1000, everySteps: 100", "startStep: 1, everySteps: 1");
    }

    private static List<String> settings(String command) {
        boolean resumed = command.contains("--resume");
        List<String> settings = new ArrayList<>(List.of(
                "optim.totalSteps=" + (resumed ? 3 : 2),
                "eval={everySteps: 2, examples: 2}",
                "checkpoint={everySteps: 1, keepLast: 2}",
                "logging.progress=false"));
        if (!resumed) {
            settings.addAll(List.of("data.batchSize=2", "data.bucketBatches=2"));
        }
        if (command.startsWith("pretrain")) {
            settings.addAll(List.of("data.files=[" + text + "]", "data.validationFiles=[" + text + "]"));
        }
        if (command.contains("--tokenizer")) {
            settings.add(SmallModel.SHAPE);
        }
        return settings;
    }
}
