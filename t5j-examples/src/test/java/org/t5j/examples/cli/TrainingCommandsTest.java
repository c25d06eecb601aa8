package org.t5j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code t5j pretrain}, {@code finetune} and {@code evaluate} in a temporary directory, and every way to misuse them. */
class TrainingCommandsTest {
    private static final String QUIET = "logging.progress=false";

    @TempDir
    Path directory;

    private Path corpus;
    private Path pairs;
    private Path vocabulary;

    @BeforeEach
    void makeFiles() {
        corpus = SmallModel.corpus(directory.resolve("corpus.txt"));
        pairs = SmallModel.pairs(directory.resolve("pairs.tsv"));
        vocabulary = SmallModel.vocabulary(directory);
    }

    @Test
    void fromTextToAFineTunedModelThatIsScoredAndWrites() throws IOException {
        Path run = directory.resolve("pre");
        Cli.Result pretrained = pretrain(run, "--valid", corpus, "--set", "optim.totalSteps=3", "--json");
        assertThat(pretrained.code()).as(pretrained.err()).isZero();
        JsonNode facts = new ObjectMapper().readTree(pretrained.out());
        assertThat(facts.get("steps").asInt()).isEqualTo(3);
        assertThat(facts.get("validation/loss").asDouble()).isPositive();

        Cli.Result resumed = Cli.run("pretrain", "--output", run, "--resume", "--set", "optim.totalSteps=4", "--json");
        assertThat(resumed.code()).as(resumed.err()).isZero();
        assertThat(new ObjectMapper().readTree(resumed.out()).get("steps").asInt())
                .isEqualTo(4);

        Path fine = directory.resolve("fine");
        Cli.Result tuned = finetune(
                fine, "--init", run, "--train", pairs, "--valid", pairs, "--prefix", "first: ", "--target-length", 4);
        assertThat(tuned.code()).as(tuned.err()).isZero();
        assertThat(tuned.out()).containsPattern("task/accuracy +[0-9]").contains("best_checkpoint");

        Path predictions = directory.resolve("predictions.jsonl");
        Cli.Result scored = Cli.run("evaluate", "--checkpoint", fine, "--predictions", predictions);
        assertThat(scored.code()).as(scored.err()).isZero();
        assertThat(scored.out()).containsPattern("task/loss +[0-9]");
        assertThat(Files.readAllLines(predictions)).hasSize(23).allMatch(line -> line.contains("\"inputs\":\"first: "));
        Cli.Result few =
                Cli.run("evaluate", "--checkpoint", fine, "--set", "eval.examples=5", "--predictions", predictions);
        assertThat(few.code()).as(few.err()).isZero();
        assertThat(Files.readAllLines(predictions)).hasSize(5);
        Cli.run(
                "evaluate",
                "--checkpoint",
                fine,
                "--set",
                "eval.examples=5",
                "--examples",
                3,
                "--predictions",
                predictions);
        assertThat(Files.readAllLines(predictions)).hasSize(3);
        Cli.Result otherFile = Cli.run("evaluate", "--checkpoint", fine, "--test", pairs, "--examples", 5, "--json");
        assertThat(otherFile.code()).as(otherFile.err()).isZero();
        Cli.Result signed =
                Cli.run("evaluate", "--checkpoint", fine, "--test", pairs, "--examples", 2, "--metric", "bleu,rouge");
        assertThat(signed.out())
                .containsPattern("task/bleu +[0-9]")
                .containsPattern("task/rougeLsum +[0-9]")
                .containsPattern(
                        "task/bleu signature +nrefs:1\\|case:mixed\\|eff:no\\|tok:13a\\|smooth:exp\\|version:t5j");

        Cli.Result written = Cli.run("generate", "--checkpoint", fine, "--input", "first: king", "--max-length", 4);
        assertThat(written.code()).as(written.err()).isZero();
        assertThat(Cli.run("inspect", fine).out()).containsPattern("training.step +2");
        assertThat(Cli.run("evaluate", "--checkpoint", run).out()).contains("validation/loss");
    }

    @Test
    void examplesWithoutLabelsAreAnsweredButNotScored() throws IOException {
        Path run = directory.resolve("pre");
        assertThat(pretrain(run, "--set", "optim.totalSteps=1").code()).isZero();
        SmallModel.write(directory.resolve("test.tsv"), "index\tsentence\n0\tthe king walked\n1\tgreat joy\n");
        Path config = SmallModel.write(directory.resolve("sst2.yaml"), """
                mode: FINETUNE
                data: {study: [{name: glue_sst2_v002, format: tsv, test: [test.tsv], targetLength: 4}]}
                """);
        Cli.Result unscored = Cli.run("evaluate", "--checkpoint", run, "--config", config);
        assertThat(unscored.code()).isEqualTo(1);
        assertThat(unscored.err())
                .contains("The examples have no labels, so there is nothing to score; name another --split, or let"
                        + " --predictions FILE write what the model answers");
        Path predictions = directory.resolve("predictions.jsonl");
        Cli.Result answered =
                Cli.run("evaluate", "--checkpoint", run, "--config", config, "--predictions", predictions, "--json");
        assertThat(answered.code()).as(answered.err()).isZero();
        assertThat(answered.out()).doesNotContain("glue_sst2_v002/");
        assertThat(Files.readAllLines(predictions)).hasSize(2).allMatch(line -> line.contains("\"target\":\"<unk>\""));
        SmallModel.write(directory.resolve("train.tsv"), "sentence\tlabel\nnothing more\t1\n");
        Cli.Result trained = Cli.run(
                "finetune",
                "--config",
                config,
                "--init",
                run,
                "--output",
                directory.resolve("tuned"),
                "--set",
                "data.study.0.train=[" + directory.resolve("train.tsv") + "]",
                "--set",
                "data.study.0.validation=[" + directory.resolve("test.tsv") + "]");
        assertThat(trained.code()).isEqualTo(1);
        assertThat(trained.err()).contains("The validation examples of task 'glue_sst2_v002' have no labels");
    }

    @Test
    void settingsComeFromAFileAndItsNamesStartFromIt() {
        Path config = SmallModel.write(directory.resolve("run.yaml"), """
                model: {preset: tiny, dModel: 16, dKv: 8, dFf: 32, numHeads: 2, numLayers: 1}
                tokenizer: {file: spiece.model}
                data: {files: [corpus.txt], batchSize: 2}
                objective: {inputLength: 16}
                optim: {totalSteps: 50}
                logging: {progress: false}
                """);
        Cli.Result result = Cli.run(
                "pretrain", "--config", config, "--output", directory.resolve("run"), "--set", "optim.totalSteps=1");
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).containsPattern("steps +1\\s");
    }

    @Test
    void aMistypedKeyNamesTheNearest() {
        assertBadUsage(pretrain(directory.resolve("run"), "--set", "optim.totalStep=1"), "did you mean totalSteps");
        Path config = SmallModel.write(directory.resolve("bad.yaml"), "optm: {totalSteps: 1}\n");
        assertBadUsage(
                Cli.run("pretrain", "--config", config, "--output", directory.resolve("run")),
                "bad.yaml",
                "did you mean");
    }

    @Test
    void aWrongValueNamesItsSettingOrItsOption() {
        Path run = directory.resolve("run");
        assertBadUsage(
                pretrain(run, "--set", "optim.totalSteps=0"),
                "--set optim.totalSteps: optim: totalSteps must be at least 1, found 0");
        assertBadUsage(pretrain(run, "--set", "optim.totalSteps"), "found \"optim.totalSteps\"");
        assertBadUsage(pretrain(run, "--set", "model.preset=smal"), "\"smal\"", "did you mean \"small\"");
        assertBadUsage(pretrain(run, "--set", "model.dModel=0"), "model: d_model must be at least 1, found 0");
        assertBadUsage(
                finetune(run, "--tokenizer", vocabulary, "--train", pairs, "--metric", "bleuu"),
                "--metric",
                "\"bleuu\"",
                "did you mean bleu?",
                "accuracy");
        assertBadUsage(
                finetune(run, "--tokenizer", vocabulary, "--train", pairs, "--input-length", 1),
                "--input-length",
                "found 1 and 128");
    }

    @Test
    void filesThatAreMissingOrEmptyAreNamed() {
        Path empty = SmallModel.write(directory.resolve("empty.txt"), "");
        Path run = directory.resolve("run");
        assertRefused(
                Cli.run("pretrain", "--output", run, "--tokenizer", vocabulary, "--train", empty),
                "empty.txt",
                "no examples");
        assertRefused(
                Cli.run("pretrain", "--output", run, "--tokenizer", vocabulary, "--train", directory.resolve("no.txt")),
                "There is no file",
                "no.txt");
        assertBadUsage(
                Cli.run("pretrain", "--output", run, "--train", corpus),
                "tokenizer.file",
                "--tokenizer FILE",
                "bin/t5j tokenizer train");
        assertBadUsage(Cli.run("pretrain", "--output", run, "--tokenizer", vocabulary), "data.files", "--train FILE");
        assertBadUsage(Cli.run("pretrain", "--output", run, "--config", directory.resolve("no.yaml")), "no.yaml");
        assertRefused(finetune(run, "--init", directory.resolve("none"), "--train", pairs), "There is no directory");
        assertRefused(Cli.run("pretrain", "--output", run, "--resume"), "no run directory");
    }

    @Test
    void aTaskFileWithTheWrongColumnsIsNamedWithItsLine() {
        Path run = directory.resolve("run");
        assertRefused(
                finetune(run, "--tokenizer", vocabulary, "--train", pairs, "--columns", "input,note,target"),
                "pairs.tsv:1",
                "2 columns");
        assertBadUsage(
                finetune(run, "--tokenizer", vocabulary, "--train", pairs, "--columns", "word,letter"),
                "--input-column",
                "takes 'input'",
                "[word, letter]");
    }

    @Test
    void aRunIsNotOverwritten() {
        Path run = directory.resolve("run");
        assertThat(pretrain(run, "--set", "optim.totalSteps=1").code()).isZero();
        Cli.Result again = pretrain(run);
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.err()).contains("already holds", "(--resume)").hasLineCount(1);
    }

    @Test
    void aRunThatIsOverHasNothingLeftToDo() throws IOException {
        Path run = directory.resolve("run");
        assertThat(pretrain(run, "--set", "optim.totalSteps=2").code()).isZero();
        byte[] log = Files.readAllBytes(run.resolve("log.jsonl"));
        Cli.Result over = Cli.run("pretrain", "--output", run, "--resume", "--set", "optim.totalSteps=1");
        assertThat(over.code()).as(over.err()).isZero();
        assertThat(over.out()).containsPattern("steps +2\\s");
        assertThat(Files.readAllBytes(run.resolve("log.jsonl"))).isEqualTo(log);
    }

    @Test
    void wrongSettingsAreBadUsageBeforeARunDirectoryIsMade() {
        Path run = directory.resolve("run");
        assertBadUsage(pretrain(run, "--set", "data.batchSize=0"), "batchSize");
        assertBadUsage(pretrain(run, "--set", "optim.gradClip=-1"), "optim: gradClip must not be negative");
        assertBadUsage(pretrain(run, "--set", "objective.name=span_coruption"), "objective", "'span_corruption'");
        assertBadUsage(pretrain(run, "--set", "data.format=jsonnl"), "data: ", "jsonl");
        assertBadUsage(
                pretrain(run, "--set", "schedule={name: linear, warmupSteps: 30}", "--set", "optim.totalSteps=20"),
                "schedule.warmupSteps is 30, but must be below optim.totalSteps, 20",
                "--set schedule.warmupSteps=2");
        assertBadUsage(pretrain(run, "--set", "tokenizer.file=" + directory), "tokenizer.file", "not a directory");
        Path config = SmallModel.write(directory.resolve("mode.yaml"), "mode: PRETRIAN\n");
        assertBadUsage(pretrain(run, "--config", config), "mode.yaml: mode", "PRETRIAN");
    }

    @Test
    void aPlaceWhereNoDirectoryCanBeMadeIsSaidInWords() {
        Cli.Result result = pretrain(corpus.resolve("run"));
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err())
                .contains("Cannot write to the run directory " + corpus.resolve("run"), "choose a place")
                .doesNotContain("Exception");
    }

    @Test
    void aRunOfCorpusAndTasksIsScoredOnBoth() {
        Path run = directory.resolve("both");
        String task = "{name: %s, format: tsv, columns: [input, target], train: " + pairs
                + ", inputLength: 16, targetLength: 4%s}";
        Cli.Result trained = pretrain(
                run,
                "--valid",
                corpus,
                "--set",
                "data.tasks=[" + task.formatted("a", "") + ", " + task.formatted("b", ", validation: " + pairs) + "]",
                "--set",
                "data.mixture={name: m, rates: {corpus: 2, a: 1, b: 1}}",
                "--set",
                "optim.totalSteps=1",
                "--set",
                "eval.examples=3");
        assertThat(trained.code()).as(trained.err()).isZero();
        Cli.Result scored = Cli.run("evaluate", "--checkpoint", run);
        assertThat(scored.code()).as(scored.err()).isZero();
        assertThat(scored.out()).contains("validation/loss", "b/accuracy").doesNotContain("a/accuracy");
        Cli.Result split = Cli.run("evaluate", "--checkpoint", run, "--split", "test");
        assertThat(split.code()).isEqualTo(1);
        assertThat(split.err()).contains("Task \"a\" has no test files");
    }

    @Test
    void aSplitThatATaskLacksIsToldBeforeAnythingIsRead() {
        Path model = SmallModel.directory(directory);
        Path bad = SmallModel.write(directory.resolve("bad.tsv"), "one column\n");
        String task = "{name: %s, format: tsv, columns: [input, target], train: " + pairs + "%s}";
        String tasks =
                "data.tasks=[" + task.formatted("a", ", validation: " + bad) + ", " + task.formatted("b", "") + "]";
        Path config = SmallModel.write(directory.resolve("tasks.yaml"), "mode: FINETUNE\n");
        Cli.Result result = Cli.run("evaluate", "--checkpoint", model, "--config", config, "--set", tasks);
        assertRefused(
                result,
                "Task \"b\" has no test or validation files, only [train]",
                "--set data.tasks.1.validation=[FILE]");
    }

    @Test
    void evaluatingNeedsTasks() {
        Path model = SmallModel.directory(directory);
        Cli.Result result = Cli.run("evaluate", "--checkpoint", model);
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("--config", "--test");
        Path config = SmallModel.write(directory.resolve("none.yaml"), "mode: FINETUNE\n");
        Cli.Result none = Cli.run("evaluate", "--checkpoint", model, "--config", config);
        assertRefused(none, "There is nothing to evaluate on", "--test FILE", "made in Java");
        assertThat(Cli.run("evaluate", "--checkpoint", model, "--split", "tset").code())
                .isEqualTo(2);
    }

    private Cli.Result pretrain(Path output, Object... options) {
        return run(
                "pretrain", output, "--tokenizer", vocabulary, "--train", corpus, "--set", SmallModel.SHAPE, options);
    }

    private Cli.Result finetune(Path output, Object... options) {
        return run("finetune", output, "--set", "optim.totalSteps=2", "--set", QUIET, "--set", "seed=2", options);
    }

    private static Cli.Result run(
            String command, Path output, Object a, Object b, Object c, Object d, Object e, Object f, Object[] options) {
        Object[] common = {
            command,
            "--output",
            output,
            a,
            b,
            c,
            d,
            e,
            f,
            "--set",
            QUIET,
            "--set",
            "data.batchSize=2",
            "--set",
            "objective.inputLength=16"
        };
        Object[] all = java.util.Arrays.copyOf(common, common.length + options.length);
        System.arraycopy(options, 0, all, common.length, options.length);
        return Cli.run(all);
    }

    /** One paragraph, exit code 1 and no run directory. */
    private void assertRefused(Cli.Result result, String... parts) {
        assertEndedWith(1, result, parts);
    }

    /** The same with exit code 2 and the way to the help. */
    private void assertBadUsage(Cli.Result result, String... parts) {
        assertEndedWith(2, result, parts);
        assertThat(result.err()).contains("--help");
    }

    private void assertEndedWith(int code, Cli.Result result, String... parts) {
        assertThat(result.code()).as(result.err()).isEqualTo(code);
        assertThat(result.err()).contains(parts).startsWith("t5j: ").hasLineCount(1);
        assertThat(result.out()).isEmpty();
        assertThat(directory.resolve("run")).doesNotExist();
    }
}
