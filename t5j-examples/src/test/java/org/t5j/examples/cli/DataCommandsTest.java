package org.t5j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.t5j.data.clean.CleaningRules;

/** {@code t5j data prepare} and {@code t5j data inspect} in a temporary directory. */
class DataCommandsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    private Path corpus;
    private Path vocabulary;

    @BeforeEach
    void write() {
        List<String> documents = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            documents.add("The king of the house walked to the market number " + i + " with great joy. His sister said"
                    + " nothing more about letter " + 7 * i + ".\nA menu of links\nIn spring the town has joy number "
                    + 3 * i + ", said the king.\nNobody sees this part of the page without JavaScript, they say.");
        }
        documents.add("Le roi de la maison marchait vers le marché avec grande joie. Sa soeur ne disait rien de plus.\n"
                + "Au printemps la ville est pleine de joie, dit le roi de la maison à sa soeur.");
        corpus = SmallModel.write(directory.resolve("corpus.txt"), String.join("\n\n", documents));
        vocabulary = SmallModel.vocabulary(directory);
    }

    private Cli.Result prepare(Object... more) {
        List<Object> arguments = new ArrayList<>(List.of(
                "data", "prepare", "--input", corpus, "--tokenizer", vocabulary, "--output", directory.resolve("out")));
        arguments.addAll(List.of(more));
        return Cli.run(arguments.toArray());
    }

    @Test
    void preparesAndTells() throws IOException {
        Cli.Result result = prepare("--validation", "0.2", "--keep-text", "--threads", 2);
        assertThat(result.err())
                .contains("bad_words did nothing")
                .contains("Prepared")
                .doesNotContain("t5j:");
        assertThat(result.code()).isZero();
        assertThat(result.out())
                .contains("documents")
                .containsPattern("read +61 ")
                .containsPattern("- end_mark +0 +60 ")
                .containsPattern("- javascript +0 +60 ")
                .containsPattern("- language +1 +0 ")
                .containsPattern("train +\\d\\d .* \\d");
        Path out = directory.resolve("out");
        assertThat(out.resolve("train.json")).exists();
        assertThat(out.resolve("text/validation-00000.jsonl.gz")).exists();
        JsonNode report = JSON.readTree(out.resolve("report.json").toFile());
        assertThat(report.at("/removed/language/documents").asInt()).isEqualTo(1);
        assertThat(report.at("/removed/language/examples/0").asText())
                .contains("corpus.txt:")
                .contains("Le roi");
        assertThat(JSON.readTree(
                        prepare("--validation", "0.2", "--keep-text", "--json").out()))
                .isEqualTo(report);
    }

    @Test
    void settingsComeFromAFileToo() throws IOException {
        Path config = SmallModel.write(directory.resolve("prepare.yaml"), """
                source: {format: documents, files: [corpus.txt]}
                tokenizer: {file: spiece.model}
                validation: 0.5
                clean:
                  without: [javascript]
                  languages: [en, fr]
                dedup: {kinds: [documents, near], similarity: 0.95}
                """);
        Path out = directory.resolve("out");
        Cli.Result result =
                Cli.run("data", "prepare", "--config", config, "--output", out, "--set", "validation=0", "--json");
        assertThat(result.code()).as(result.err()).isZero();
        JsonNode report = JSON.readTree(result.out());
        assertThat(report.at("/settings/dedup/similarity").asDouble()).isEqualTo(0.95);
        assertThat(report.at("/splits/train/documents").asInt()).isEqualTo(61);
        assertThat(report.at("/splits/validation/documents").asInt()).isZero();
    }

    @Test
    void filesOfAFileStartFromItAndThoseOfSettingsFromTheWorkingDirectory() throws IOException {
        SmallModel.write(directory.resolve("other.txt"), "A text of ten words that is all there is.");
        Path config = SmallModel.write(directory.resolve("prepare.yaml"), """
                source: {format: documents, files: [corpus.txt, other.txt]}
                tokenizer: {file: spiece.model}
                clean: {rules: []}
                validation: 0
                """);
        Path relative = Path.of("").toAbsolutePath().relativize(corpus);
        Cli.Result result = Cli.run(
                "data",
                "prepare",
                "--config",
                config,
                "--output",
                directory.resolve("out"),
                "--set",
                "source.files.0=" + relative,
                "--json");
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(JSON.readTree(result.out()).at("/splits/train/documents").asInt())
                .isEqualTo(62);
    }

    @Test
    void refusesBadUsage() {
        assertFails(2, Cli.run("data", "prepare", "--output", directory.resolve("o")), "--input FILE");
        assertFails(
                2,
                Cli.run("data", "prepare", "--input", corpus, "--output", directory.resolve("o")),
                "nothing to write",
                "--tokenizer");
        assertFails(2, prepare("--rules", "end_marks"), "Did you mean 'end_mark'?");
        assertFails(2, prepare("--dedup", "line"), "Did you mean 'lines'?");
        assertFails(2, prepare("--validation", "1"), "validation is 1.0");
        assertFails(2, prepare("--languages", "en,xx"), "'xx'", "Known: ", "de, ");
        assertFails(2, prepare("--set", "tokenizer.file=" + directory), "not a directory: name the .model file");
        assertFails(2, prepare("--no-clean", "--rules", "policy"), "--no-clean");
        assertFails(2, prepare("--format", "jsnl"), "Did you mean 'jsonl'?");
        assertFails(1, prepare("--field", "body"), "no field 'body'", "--field NAME");
        assertFails(1, prepare("--languages", "de"), "No document is left", "language");
        assertFails(1, prepare("--bad-words", directory.resolve("none")), "badWords", "none");
        assertFails(2, Cli.run("data", "inspect"), "Name one thing to inspect");
        assertFails(2, Cli.run("data", "inspect", directory, "--input", corpus), "Name one thing to inspect");
        assertFails(1, Cli.run("data", "inspect", directory), "no token shards");
        assertFails(2, Cli.run("data", "inspect", directory, "--plot", "x.png"), ".svg or .html");
    }

    @Test
    void refusesOthersDirectoriesAndOtherSettings() throws IOException {
        assertThat(prepare().code()).isZero();
        assertFails(1, prepare("--validation", "0.3"), "other settings");
        Files.createDirectory(directory.resolve("mine"));
        SmallModel.write(directory.resolve("mine/notes.txt"), "");
        assertFails(
                1,
                Cli.run(
                        "data",
                        "prepare",
                        "--input",
                        corpus,
                        "--tokenizer",
                        vocabulary,
                        "--output",
                        directory.resolve("mine")),
                "notes.txt");
    }

    @Test
    void saysWhatIsThereAlready() throws IOException {
        assertThat(prepare("--validation", "0.001").err())
                .contains("Prepared")
                .contains("No document fell to the validation split");
        assertThat(prepare("--validation", "0.001").err()).contains("was prepared before and is sound");
        Path shard = directory.resolve("out/train-00000.tokens");
        byte[] bytes = Files.readAllBytes(shard);
        bytes[10] ^= 1;
        Files.write(shard, bytes);
        assertFails(1, prepare("--validation", "0.001"), "train-00000.tokens is damaged", "delete their directory");
    }

    @Test
    void saysThatItGoesOn() throws IOException {
        Path work = Files.createDirectories(directory.resolve("out/.work"));
        Files.writeString(work.resolve("identity.json"), "{}");
        Cli.Result other = prepare();
        assertThat(other.err()).contains("Beginning again in").contains("left out, not");
        assertThat(other.code()).isEqualTo(1);
    }

    @Test
    void saysHowToGoOnWhenItIsStopped() throws IOException, InterruptedException {
        Files.writeString(corpus, (Files.readString(corpus) + "\n\n").repeat(1000));
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        T5jCommand.class.getName(),
                        "data",
                        "prepare",
                        "--input",
                        corpus.toString(),
                        "--tokenizer",
                        vocabulary.toString(),
                        "--output",
                        out.toString())
                .redirectError(err.toFile())
                .start();
        while (process.isAlive() && !Files.exists(out.resolve(".work/identity.json"))) {
            Thread.sleep(10);
        }
        process.destroy();
        assertThat(process.waitFor()).isNotZero();
        assertThat(Files.readString(err))
                .isEqualTo("Stopped. The same command goes on from what is saved in " + out + "\n");
    }

    @Test
    void examplesOfAPreparedDirectoryNeedAVocabulary() {
        Path out = directory.resolve("out");
        Cli.run("data", "prepare", "--input", corpus, "--output", out, "--set", "tokenizer.convention=BYT5");
        for (List<String> option : List.of(
                List.of("--count", "3"),
                List.of("--sample", "3"),
                List.of("--pack"),
                List.of("--objective", "prefx_lm"),
                List.of("--set", "objective.inputLength=40"))) {
            List<Object> arguments = new ArrayList<>(List.of("data", "inspect", out));
            arguments.addAll(option);
            assertFails(2, Cli.run(arguments.toArray()), "--tokenizer FILE", "BYT5");
        }
        assertThat(Cli.run("data", "inspect", out, "--set", "tokenizer.convention=BYT5", "--sample", 5)
                        .out())
                .contains("row 1: ", "input tokens of 5:");
    }

    @Test
    void namesTheFormatOfTokens() {
        assertFails(
                2,
                Cli.run("data", "inspect", "--input", corpus, "--tokenizer", vocabulary, "--format", "token"),
                "Did you mean 'tokens'?");
    }

    @Test
    void showsExamplesOfEveryTask() throws IOException {
        SmallModel.pairs(directory.resolve("pairs.tsv"));
        Path config = SmallModel.write(directory.resolve("run.yaml"), """
                mode: FINETUNE
                tokenizer: {file: spiece.model}
                data:
                  batchSize: 4
                  tasks:
                    - {name: letters, format: tsv, train: [pairs.tsv], columns: [input, target], inputLength: 64, targetLength: 64}
                    - {name: back, format: tsv, train: [pairs.tsv], columns: [target, input], inputLength: 64, targetLength: 64}
                """);
        Cli.Result result = Cli.run("data", "inspect", "--config", config, "--count", 2, "--sample", 501, "--json");
        assertThat(result.code()).as(result.err()).isZero();
        JsonNode facts = JSON.readTree(result.out());
        assertThat(facts.get("examples").findValuesAsText("task"))
                .containsExactly("letters", "letters", "back", "back");
        assertThat(facts.at("/input_tokens/count").asInt()).isEqualTo(501);
        assertThat(result.err()).contains("so some count several times");
        assertThat(Cli.run("data", "inspect", "--config", config, "--sample", 5).out())
                .contains("back, row 1: ", "input tokens of 5:");
    }

    @Test
    void helpNamesEveryRule() {
        String help = Cli.run("data", "prepare", "--help").out().replaceAll("\\s+", " ");
        assertThat(help).contains(CleaningRules.names()).contains("documents, near, lines, spans");
    }

    private static void assertFails(int code, Cli.Result result, String... parts) {
        assertThat(result.code()).as(result.err()).isEqualTo(code);
        assertThat(result.err()).contains(parts).startsWith("t5j: ").doesNotContain("\tat ");
        assertThat(result.out()).isEmpty();
    }

    @Test
    void inspectsWhatWasPrepared() {
        prepare("--validation", "0.2");
        Path out = directory.resolve("out");
        assertThat(Cli.run("data", "inspect", out, "--verify").out())
                .containsPattern("split +train\n")
                .containsPattern("split +validation\n")
                .containsPattern("verified +true");
        SmallModel.write(out.resolve("validation-00000.tokens"), "damaged");
        assertFails(1, Cli.run("data", "inspect", out, "--verify", "--json"), "validation-00000.tokens");
    }

    @Test
    void showsExamplesAsTheModelGetsThem() throws IOException {
        prepare("--dedup", "none");
        Path out = directory.resolve("out");
        Path plot = directory.resolve("lengths.svg");
        Cli.Result result = Cli.run(
                "data",
                "inspect",
                out,
                "--tokenizer",
                vocabulary,
                "--count",
                2,
                "--sample",
                20,
                "--plot",
                plot,
                "--set",
                "objective.inputLength=40",
                "--set",
                "data.batchSize=4");
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out())
                .contains("row 1: 40 input tokens", "<extra_id_0>", "</s>", "input tokens of 20", "####")
                .doesNotContain("<pad>");
        assertThat(Files.readString(plot))
                .startsWith("<svg xmlns")
                .contains("<rect", "target tokens")
                .endsWith("</svg>\n");

        JsonNode json = JSON.readTree(Cli.run(
                        "data",
                        "inspect",
                        "--input",
                        corpus,
                        "--tokenizer",
                        vocabulary,
                        "--json",
                        "--count",
                        3,
                        "--set",
                        "objective.inputLength=40",
                        "--set",
                        "data.batchSize=4")
                .out());
        JsonNode example = json.at("/examples/2");
        assertThat(example.get("inputs").asText()).endsWith("</s>").contains("<extra_id_0>");
        assertThat(example.get("targets").asText()).startsWith("<extra_id_0>").endsWith("</s>");
        assertThat(json.at("/input_tokens/count").asInt()).isGreaterThanOrEqualTo(1000);
    }

    @Test
    void marksPackedSegments() throws IOException {
        Path pairs = SmallModel.pairs(directory.resolve("pairs.tsv"));
        Path config = SmallModel.write(directory.resolve("run.yaml"), """
                mode: FINETUNE
                tokenizer: {file: spiece.model}
                data:
                  pack: true
                  batchSize: 2
                  tasks:
                    - {name: letters, format: tsv, train: [pairs.tsv], columns: [input, target], inputLength: 64, targetLength: 64}
                """);
        assertThat(pairs).exists();
        Cli.Result result = Cli.run("data", "inspect", "--config", config, "--count", 4, "--sample", 30, "--json");
        assertThat(result.code()).as(result.err()).isZero();
        JsonNode examples = JSON.readTree(result.out()).get("examples");
        for (int i = 0; i < 4; i++) {
            assertThat(examples.get(i).get("row").asInt()).isEqualTo(1);
            assertThat(examples.get(i).get("segment").asInt()).isEqualTo(i + 1);
            assertThat(examples.get(i).get("inputs").asText()).endsWith("</s>");
            String input = examples.get(i).get("inputs").asText();
            assertThat(examples.get(i).get("targets").asText()).isEqualTo(input.charAt(0) + "</s>");
        }
    }
}
