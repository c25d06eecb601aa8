package org.t5j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Settings of data that do not fit: one paragraph that names the setting, what was found and what would do. */
class WrongDataSettingsTest {
    @TempDir
    static Path directory;

    private static Path vocabulary;

    @BeforeAll
    static void makeFiles() {
        vocabulary = SmallModel.vocabulary(directory);
        SmallModel.corpus(directory.resolve("corpus.txt"));
        SmallModel.pairs(directory.resolve("pairs.tsv"));
    }

    private static Arguments task(String settings, String... parts) {
        return Arguments.of(
                "{tasks: [{name: t, format: tsv, columns: [input, target], train: pairs.tsv, " + settings + "}]}",
                parts);
    }

    private static Arguments mixture(String settings, String... parts) {
        return two("mixture: {" + settings + "}", parts);
    }

    private static Arguments two(String settings, String... parts) {
        String task = "{name: %s, format: tsv, columns: [input, target], train: pairs.tsv}";
        return Arguments.of(
                "{tasks: [" + String.format(task, "first") + ", " + String.format(task, "second") + "], " + settings
                        + "}",
                parts);
    }

    private static Arguments data(String settings, String... parts) {
        return Arguments.of("{" + settings + "}", parts);
    }

    static Stream<Arguments> ofTasks() {
        return Stream.of(
                task("metrics: [accurcy]", "data.tasks.0", "'accurcy'", "Did you mean 'accuracy'?"),
                task("metrics: [accuracy, accuracy]", "data.tasks.0", "[accuracy, accuracy]", "Name each once"),
                task("metrics: 5", "no metric named '5'", "Known: accuracy"),
                task("metrics: [null]", "data.tasks.0.metrics.0 is empty", "take it out"),
                task("preprocess: [lowr]", "'lowr'", "Did you mean 'lower'?"),
                task("inputLength: abc", "data.tasks.0.inputLength must be a whole number, found \"abc\""),
                task("inputLength: 1", "inputLength 1", "at least 2"),
                task("inptLength: 3", "data.tasks.0.inptLength is not a known key", "did you mean inputLength?"),
                task("header: maybe", "data.tasks.0.header must be true or false, found \"maybe\""),
                task("prefix: [a]", "data.tasks.0.prefix must be a single value, found [\"a\"]"),
                task("labels: [a]", "data.tasks.0.labels must be a section of names and values"),
                task("labels: {a: b}", "pairs.tsv:1 has 't' in column 'target'", "Name it in 'labels'"),
                task("onBadRow: skp", "data.tasks.0.onBadRow is \"skp\"", "did you mean SKIP?"),
                task("maxRowBytes: 0", "maxRowBytes is 0", "Give a number in between"),
                task("input: inptu", "takes 'inptu', but its columns are [input, target]"),
                task("inputs: '{inptu}'", "takes 'inptu', but its columns are [input, target]"),
                data("tasks: [{name: t, format: tsvv, train: pairs.tsv}]", "'tsvv'", "Did you mean 'tsv'?"),
                data("tasks: [{name: t, train: pairs.tsv}]", "Task 't' has no 'format'", "Give one of"),
                data("tasks: [{name: t, format: csv, train: pairs.tsv}]", "no 'columns'", "or header: true"),
                data("tasks: [{format: lines}]", "A task has no 'name'", "Give it one"),
                data("tasks: [{name: t, format: lines}]", "Task 't' has no source", "Give it"),
                data("tasks: [null]", "data.tasks.0 is empty", "take it out of the list"),
                data("tasks: [5]", "data.tasks.0 must be a section of keys, found 5"),
                data("tasks: [{name: t, format: lines, train: ''}]", "a file name is empty", "name a file"),
                data(
                        "tasks: [{name: t, format: tsv, columns: [input, target, ''], train: pairs.tsv}]",
                        "a name is empty"),
                data("tasks: ", "data.tasks names no task", "--train FILE"),
                Arguments.of(
                        "{tasks: [{name: t, format: tsv, columns: [input, target], train: pairs.tsv, validation: pairs.tsv}]}\n"
                                + "eval: {metric: t/acuracy}",
                        new String[] {"eval.metric is \"t/acuracy\"", "did you mean \"t/accuracy\"?"}),
                data("taks: []", "data.taks is not a known key", "did you mean tasks?"));
    }

    static Stream<Arguments> ofMixtures() {
        return Stream.of(
                two(
                        "mixtures: [{name: first, proportional: [second]}], mixture: {name: m, proportional: [first]}",
                        "already is a task named 'first'",
                        "another name"),
                Arguments.of(
                        "{tasks: [{name: t, format: lines, train: corpus.txt}, {name: t, format: lines, train: corpus.txt}]}",
                        new String[] {"two tasks named \"t\"", "a name of its own"}),
                mixture("name: m, rates: {frist: 1}", "mixture \"m\" names \"frist\"", "did you mean \"first\"?"),
                mixture("name: m, proportional: [glue_v002_proportinal]", "did you mean \"glue_v002_proportional\"?"),
                mixture(
                        "name: m, proportional: [glue_v002_proportional]",
                        "also needs the tasks [glue_cola_v002",
                        "Declare"),
                mixture("name: m, proportional: [first, first]", "'m' has a task twice, 'first'", "name it once"),
                mixture(
                        "name: m, proportional: [first], leaveOut: [secnd]",
                        "cannot leave out 'secnd'",
                        "parts are [first]"),
                mixture("name: m, proportional: [first], leaveOut: [first]", "Nothing is left", "Leave out less"),
                mixture("name: m, rates: {first: 0}", "data.mixture", "rate 0.0 for 'first'", "must be above 0"),
                mixture("name: m, rates: {first: -1}", "rate -1.0 for 'first'", "must be above 0"),
                mixture("name: m, rates: {first: NaN}", "data.mixture.rates.first must be a number, found \"NaN\""),
                mixture("name: m, rates: {first: Infinity}", "rate Infinity for 'first'"),
                mixture("name: m, rates: {first: abc}", "data.mixture.rates.first must be a number, found \"abc\""),
                mixture("name: m, rates: {first: null}", "data.mixture.rates.first is empty", "take it out"),
                mixture("name: m, rates: [first]", "data.mixture.rates must be a section of names and values"),
                mixture("name: m, proportional: [first], temperature: 0", "temperature 0.0", "above 0"),
                mixture("name: m, proportional: [first], maximum: -3", "maximum -3.0", "above 0"),
                mixture("name: m, proportional: [first], scale: NaN", "data.mixture.scale must be a number"),
                mixture("name: m", "Mixture 'm' has no tasks", "'rates' or 'proportional'"),
                mixture("proportional: [first]", "A mixture has no 'name'"),
                mixture("name: m, rates: {corpus: 1}", "there is none", "leave it out of the mixture"),
                two("mixture: m", "data.mixture must be a section of keys, found \"m\""));
    }

    static Stream<Arguments> ofTheStudyAndBatches() {
        return Stream.of(
                data("study: [{name: glue_cola_v02, format: tsv}]", "data.study.0", "Did you mean 'glue_cola_v002'?"),
                data("study: [{name: glue_cola_v002, format: xml}]", "has the format 'xml'", "distributed as [tsv,"),
                data("study: [{name: glue_cola_v002}]", "'glue_cola_v002' has no 'format'", "[tsv,"),
                data("study: [{format: tsv}]", "A task of the study has no 'name'"),
                data("study: [glue_cola_v002]", "data.study.0 must be a section of keys"),
                data(
                        "study: [{name: glue_cola_v002, format: tsv, train: pairs.tsv}]",
                        "pairs.tsv:1 has 2 columns, but 4"),
                data(
                        "study: [{name: squad_v010_allanswers, format: json, train: pairs.tsv, ranked: true}]",
                        "no closed set of answers"),
                data("batchSize: 0", "data: batchSize is 0, but must be at least 1"),
                data("bucketBatches: 0", "bucketBatches is 0"),
                data("prefetch: 0", "prefetch is 0"),
                data("packWindow: 0", "packWindow is 0"),
                data("shuffleWindow: 0", "data.shuffleWindow is 0"));
    }

    @ParameterizedTest
    @MethodSource({"ofTasks", "ofMixtures", "ofTheStudyAndBatches"})
    void wrongSettings(String data, String[] parts) {
        assertRefused("finetune", "data: " + data, parts);
    }

    static Stream<Arguments> ofCorpora() {
        return Stream.of(
                Arguments.of(
                        "data: {files: [corpus.txt], format: linse}",
                        new String[] {"'linse'", "Did you mean 'lines'?"}),
                Arguments.of(
                        "data: {files: [corpus.txt], columns: [a]}", new String[] {"'documents' has no 'columns'"}),
                Arguments.of(
                        "data: {files: [corpus.txt], field: body}",
                        new String[] {"data.field is body", "fields are [text]"}),
                Arguments.of(
                        "data: {files: [pairs.tsv], format: tsv, columns: [a, b]}",
                        new String[] {"data.field is text", "fields are [a, b]"}),
                Arguments.of(
                        "data: {files: [pairs.tsv], format: tsv, columns: [text, text]}",
                        new String[] {"[text, text]", "a name occurs twice", "a name of its own"}),
                Arguments.of("data: {files: [pairs.tsv], format: tsv}", new String[] {"'tsv' needs 'columns'"}),
                Arguments.of("data: {files: [corpus.txt], maxTokens: 0}", new String[] {"data.maxTokens is 0"}),
                Arguments.of(
                        "data: {files: [corpus.txt]}\nobjective: {name: span_coruption}",
                        new String[] {"'span_coruption'", "Did you mean 'span_corruption'?"}),
                Arguments.of(
                        "data: {files: [corpus.txt]}\nobjective: {noiseDensity: 2}",
                        new String[] {"objective", "noiseDensity is 2.0"}),
                Arguments.of(
                        "data: {files: [corpus.txt]}\nobjective: {noiseDensity: NaN}",
                        new String[] {"objective.noiseDensity must be a number, found \"NaN\""}),
                Arguments.of(
                        "data: {files: [corpus.txt]}\nobjective: {name: ul2, modeTokens: false, rates: {r_3_16: 1}}",
                        new String[] {"'r_3_16'", "Did you mean 'r_3_15'?"}),
                Arguments.of(
                        "data: {files: [corpus.txt]}\nobjective: {name: ul2, modeTokens: false, rates: {s: -1}}",
                        new String[] {"rates.s is -1.0", "must be 0 or more"}));
    }

    @ParameterizedTest
    @MethodSource("ofCorpora")
    void wrongSettingsOfACorpus(String yaml, String[] parts) {
        assertRefused("pretrain", yaml, parts);
    }

    @Test
    void aFileThatIsNoConfigurationIsNotPrintedWhole() {
        Path output = directory.resolve("run");
        Cli.Result result = Cli.run("pretrain", "--config", directory.resolve("corpus.txt"), "--output", output);
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err())
                .contains("must hold keys and values")
                .hasSizeLessThan(400)
                .hasLineCount(1);
    }

    static Stream<Arguments> brokenFiles() {
        return Stream.of(
                Arguments.of("data:\n\ttasks: []", new String[] {"config.yaml, line 2", "Do not use \\t(TAB)"}),
                Arguments.of("data: {tasks: [", new String[] {"config.yaml, line ", "expected the node content"}),
                Arguments.of("data: {batchSize: 2, batchSize: 3}", new String[] {"Duplicate field 'batchSize'"}),
                Arguments.of("seed: 1\n---\nseed: 2", new String[] {"config.yaml, line ", "Trailing token"}),
                Arguments.of("- data", new String[] {"must hold keys and values, found [\"data\"]"}),
                Arguments.of("data: {tasks: {t: 5}}", new String[] {"data.tasks must be a list, found a section"}));
    }

    @ParameterizedTest
    @MethodSource("brokenFiles")
    void filesThatAreNoYaml(String yaml, String[] parts) {
        assertRefused("finetune", yaml, parts);
    }

    @Test
    void aConfigurationInAnotherEncodingIsNamed() throws IOException {
        Path config = Files.write(directory.resolve("latin.yaml"), new byte[] {'a', ':', ' ', (byte) 0xF6});
        Cli.Result result = Cli.run("pretrain", "--config", config, "--output", directory.resolve("run"));
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err())
                .contains(config + " is not text in UTF-8", "iconv -f LATIN1")
                .hasLineCount(1);
    }

    @Test
    void predictionsAreRefusedBeforeTheyAreMade() {
        Cli.Result result = Cli.run(
                "evaluate",
                "--checkpoint",
                directory,
                "--test",
                directory.resolve("pairs.tsv"),
                "--predictions",
                directory);
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("--predictions " + directory + " is a directory; name a file in it");
    }

    private void assertRefused(String command, String yaml, String... parts) {
        Path config = SmallModel.write(directory.resolve("config.yaml"), yaml + "\n");
        Path run = directory.resolve("run");
        Cli.Result result = Cli.run(
                command,
                "--config",
                config,
                "--output",
                run,
                "--tokenizer",
                vocabulary,
                "--set",
                SmallModel.SHAPE,
                "--set",
                "logging.progress=false",
                "--set",
                "optim.totalSteps=1");
        assertThat(result.code()).as(result.err()).isIn(1, 2);
        assertThat(result.err())
                .startsWith("t5j: ")
                .hasLineCount(1)
                .contains(parts)
                .doesNotContain("Exception", "fault of t5j");
        assertThat(result.out()).isEmpty();
        assertThat(run).doesNotExist();
    }
}
