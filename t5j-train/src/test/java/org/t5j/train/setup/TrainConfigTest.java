package org.t5j.train.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.t5j.core.T5Exception;
import org.t5j.core.T5Model;
import org.t5j.data.DataException;
import org.t5j.data.cache.TokenCache;
import org.t5j.train.average.UniformConfig;
import org.t5j.train.config.ConfigException;
import org.t5j.train.optim.AdamWConfig;
import org.t5j.train.schedule.ConstantSchedule;
import org.t5j.train.schedule.CosineSchedule;
import org.t5j.train.schedule.RsqrtSchedule;

/** The configuration of a run: files, defaults that depend on others, paths, mistakes, and the committed reference. */
class TrainConfigTest {
    private static final Path REFERENCE = Path.of("..", "docs", "configuration.md");
    private static final String INTRODUCTION = """
            # Configuration

            The keys of the files that `t5j pretrain --config` and `t5j finetune --config` read, YAML or JSON. A key that is
            left out takes its default; a key that is not listed is an error. `--set key.path=value` changes a single value,
            `--set data.tasks.0.prefix=...` one in a list. Values in capitals may be written small.

            Relative file names in the file start from its directory, those in a `--set` from the working directory, also with
            `--resume`. Where `data.directory` is set, the names of data files start from it, wherever they are given.

            Made from the records of `org.t5j.train.setup`; to write it anew: `mvn -pl t5j-train -am test
            -Dtest=TrainConfigTest -Dsurefire.failIfNoSpecifiedTests=false -Dt5j.update=true`.

            """;

    @TempDir
    Path directory;

    private TrainConfig load(String text, String... settings) throws IOException {
        Path file = directory.resolve("run.yaml");
        Files.writeString(file, text);
        return TrainConfig.load(file, List.of(settings));
    }

    @Test
    void theCommittedReferenceIsUpToDate() throws IOException {
        String reference = INTRODUCTION + TrainConfig.reference();
        if (Boolean.getBoolean("t5j.update")) {
            Files.createDirectories(REFERENCE.getParent());
            Files.writeString(REFERENCE, reference);
        }
        assertThat(REFERENCE).as("write it anew as its introduction says").hasContent(reference);
    }

    @Test
    void theScheduleDependsOnTheMode() throws IOException {
        assertThat(load("").schedule()).isEqualTo(new RsqrtSchedule(1, 10_000));
        assertThat(load("mode: finetune").schedule()).isEqualTo(new ConstantSchedule(1e-3));
        assertThat(load("mode: finetune\nschedule: {name: cosine, warmupSteps: 10}")
                        .schedule())
                .isEqualTo(new CosineSchedule(1e-3, 10, 0, 0));
    }

    @Test
    void relativeFilesStartFromTheConfigurationsDirectory() throws IOException {
        TrainConfig config = load("""
                model: {checkpoint: models/mine}
                data:
                  files: [a/*.txt, /b.txt]
                  cache: tokens
                  tasks: [{name: t, format: tsv, columns: [input, target], train: t.tsv}]
                """);
        assertThat(config.data().files()).containsExactly(directory + "/a/*.txt", "/b.txt");
        assertThat(config.data().cache()).isEqualTo(directory.resolve("tokens"));
        assertThat(config.data().tasks().get(0).train()).containsExactly(directory + "/t.tsv");
        assertThat(config.model().checkpoint()).isEqualTo(directory.resolve("models/mine"));
    }

    @Test
    void relativeFilesInSettingsStartFromTheWorkingDirectory() throws IOException {
        Path here = Path.of("").toAbsolutePath();
        TrainConfig config = load(
                """
                model: {checkpoint: models/mine}
                data:
                  files: [a.txt, b.txt]
                  tasks: [{name: t, format: tsv, columns: [input, target], train: t.tsv}]
                """,
                "data.cache=shared",
                "data.files.1=mine/*.txt",
                "data.tasks.0.validation=v.tsv",
                "data.study=[{name: glue_rte_v002, format: tsv, train: [rte.tsv]}]",
                "tokenizer={file: v.model}");
        assertThat(config.data().cache()).isEqualTo(here.resolve("shared"));
        assertThat(config.data().files()).containsExactly(directory + "/a.txt", here + "/mine/*.txt");
        assertThat(config.data().tasks().get(0).train()).containsExactly(directory + "/t.tsv");
        assertThat(config.data().tasks().get(0).validation()).containsExactly(here + "/v.tsv");
        assertThat(config.data().study().get(0).train()).containsExactly(here + "/rte.tsv");
        assertThat(config.model().checkpoint()).isEqualTo(directory.resolve("models/mine"));
        assertThat(config.tokenizer().file()).isEqualTo(here.resolve("v.model"));
        DataSection elsewhere =
                load("data: {files: [a.txt]}", "data.directory=texts").data();
        assertThat(elsewhere.files()).containsExactly(here + "/texts/a.txt");
    }

    @Test
    void oneDirectoryHoldsAllDataFiles() throws IOException {
        String text = """
                data:
                  directory: texts
                  files: [a/*.txt, /b.txt]
                  tasks: [{name: t, format: tsv, columns: [input, target], train: t.tsv}]
                """;
        DataSection data = load(text).data();
        assertThat(data.files()).containsExactly(directory + "/texts/a/*.txt", "/b.txt");
        assertThat(data.tasks().get(0).train()).containsExactly(directory + "/texts/t.tsv");
        assertThat(load(text, "data.directory=/mine").data().files()).containsExactly("/mine/a/*.txt", "/b.txt");
        TrainConfig config = load(text);
        assertThat(load(config.toYaml())).isEqualTo(config);
    }

    @Test
    void theVocabularyIsTheModelsUnlessAnotherIsGiven() throws IOException {
        Path model = directory.resolve("models/step-5");
        TrainConfig config = load("model: {checkpoint: models}").startingFrom(model);
        assertThat(config.model().checkpoint()).isEqualTo(model);
        assertThat(config.tokenizer().file()).isEqualTo(model.resolve("spiece.model"));
        assertThat(load("tokenizer: {file: v.model}")
                        .startingFrom(model)
                        .tokenizer()
                        .file())
                .isEqualTo(directory.resolve("v.model"));
    }

    @Test
    void theResolvedConfigurationReadsBackEqual() throws IOException {
        TrainConfig config = load("""
                mode: FINETUNE
                tokenizer: {file: v.model}
                optim: {optimizer: {name: adamw, form: HUGGING_FACE, biasCorrection: false}, dropoutRate: 0.2}
                data:
                  tasks:
                    - {name: t, format: tsv, columns: [a, b], input: a, target: b, train: [t.tsv], prefix: 'x: '}
                    - {name: u, format: jsonl, train: [u.jsonl]}
                    - name: v
                      format: tsv
                      columns: [a, b]
                      inputs: 'q: {a} {{x}}'
                      targets: '{b}'
                      labels: {0: no, 1: yes}
                      choices: [no, yes]
                      postprocess: [lower, strip]
                  mixture: {name: m, rates: {t: 2}, proportional: [small], maximum: 1e6, leaveOut: [v]}
                  mixtures: [{name: small, proportional: [u, v], temperature: Infinity}]
                """);
        assertThat(config.optim().optimizer())
                .isEqualTo(new AdamWConfig(AdamWConfig.Form.HUGGING_FACE, 0.9, 0.999, 1e-8, 0, false));
        assertThat(load(config.toYaml())).isEqualTo(config);
    }

    @Test
    void settingsAreQuotedWhereYamlNeedsIt() throws IOException {
        Path odd = directory.resolve("a: #b, 'c' {\"d\"} [e]");
        TrainConfig config = TrainConfig.ofSettings(List.of(
                TrainConfig.setting("model.checkpoint", odd),
                TrainConfig.setting("mode", TrainConfig.Mode.FINETUNE),
                TrainConfig.setting("optim.totalSteps", 7),
                TrainConfig.setting("eval.metric", "yes"),
                TrainConfig.setting("data.files", List.of(odd, Path.of("relative.txt"))),
                TrainConfig.setting(
                        "data.tasks", List.of(Map.of("name", "t: u", "format", "jsonl", "train", List.of(odd)))),
                TrainConfig.setting("model.configFile", null)));
        assertThat(config.model().checkpoint()).isEqualTo(odd);
        assertThat(config.mode()).isEqualTo(TrainConfig.Mode.FINETUNE);
        assertThat(config.optim().totalSteps()).isEqualTo(7);
        assertThat(config.eval().metric()).isEqualTo("yes");
        assertThat(config.data().files())
                .containsExactly(
                        odd.toString(), Path.of("relative.txt").toAbsolutePath().toString());
        assertThat(config.data().tasks().get(0).train()).containsExactly(odd.toString());
    }

    @Test
    void mistakesNameTheKey() {
        assertThatThrownBy(() -> load("optim: {totalStep: 5}"))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("optim.totalStep is not a known key; did you mean totalSteps?");
        assertThatThrownBy(() -> load("data: {tasks: [{name: t}]}"))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("data.tasks.0: Task 't' has no 'format'");
        assertThatThrownBy(() -> load("optim: {optimizer: adam}"))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("optim.optimizer is \"adam\"; did you mean \"adamw\"?");
        assertThatThrownBy(() -> load("", "eval.beams=0"))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("eval: beams must be at least 1, found 0");
    }

    @Test
    void aWarmUpThatOutlastsTheRunIsRefusedWithTheWayToATrial() throws IOException {
        String text = "mode: FINETUNE\noptim: {totalSteps: 6000}\nschedule: {name: cosine, warmupSteps: 300}";
        assertThat(load(text).optim().totalSteps()).isEqualTo(6000);
        assertThatThrownBy(() -> load(text, "optim.totalSteps=20"))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("schedule.warmupSteps is 300, but must be below optim.totalSteps, 20")
                .hasMessageEndingWith("--set schedule.warmupSteps=2");
        assertThat(load(text, "optim.totalSteps=20", "schedule.warmupSteps=2")
                        .schedule()
                        .warmupSteps())
                .isEqualTo(2);
    }

    @Test
    void anAverageThatNeverBeginsIsRefused() throws IOException {
        String text = "optim: {totalSteps: 60000}\naverage: {name: uniform, startStep: 50000, everySteps: 1000}";
        assertThat(load(text).average()).isEqualTo(new UniformConfig(50_000, 1000));
        assertThatThrownBy(() -> load(text, "optim.totalSteps=40000"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("average begins after the end of the run: optim.totalSteps is 40000; set average.startStep"
                        + " to less, or average to none");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            optim.gradAcc=0 | --set optim.gradAcc: optim: gradAcc must be at least 1, found 0
            optim.gradClip=-1 | --set optim.gradClip: optim: gradClip must not be negative
            optim.dropoutRate=-0.1 | --set optim.dropoutRate: optim: dropoutRate must be at least 0 and below 1
            optim.dropoutRate=2 | optim: dropoutRate must be at least 0 and below 1, found 2.0
            eval.everySteps=-1 | --set eval.everySteps: eval: everySteps must not be negative
            checkpoint.everySteps=-1 | --set checkpoint.everySteps: checkpoint: everySteps must not be negative
            data.mixture={name: m, proportional: [t], temperature: -2} | Proportional mixing has temperature -2.0, but it must be above 0
            data.batchSize=0 | data: batchSize is 0
            data.tasks.0={name: t, format: lines, inputLength: -3} | Task 't' has inputLength -3
            """)
    void valuesOutOfRangeAreRefusedWhenTheConfigurationIsRead(String setting, String problem) {
        assertThatThrownBy(() -> load("data: {tasks: [{name: t, format: lines}]}", setting))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void aMisspeltModeOfTheFileIsRefusedAlsoWhereACommandSetsIt() throws IOException {
        assertThatThrownBy(() -> load("mode: PRETRIAN", "mode=PRETRAIN"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("run.yaml: mode")
                .hasMessageContaining("PRETRIAN");
        assertThat(load("mode: FINETUNE", "mode=PRETRAIN").mode()).isEqualTo(TrainConfig.Mode.PRETRAIN);
    }

    @Test
    void missingDataIsNamedWithWhatToGive() {
        assertThatThrownBy(() -> DataSection.defaults().corpus(null, null, TokenCache.inMemory()))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("data.files names no files");
        assertThatThrownBy(() -> DataSection.defaults().taskMixture())
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("data.tasks names no task");
        assertThatThrownBy(() -> load("data: {files: [absent.txt]}").data().corpus(null, null, TokenCache.inMemory()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("absent.txt");
        assertThatThrownBy(() -> TokenizerSection.defaults().requireFile())
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("tokenizer.file must name a SentencePiece model");
        assertThatThrownBy(() -> new TokenizerSection(directory, null, null).requireFile())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("not a directory: name the .model file in it, found " + directory);
    }

    @Test
    void aNewModelHasRowsForTheVocabularyAndTheShapeThatWasAskedFor() throws IOException {
        ModelSection section = load("model: {preset: tiny, dModel: 16, numHeads: 2, dKv: 4, dFf: 8, numLayers: 1}")
                .model();
        try (T5Model model = section.create(1100, 1)) {
            assertThat(model.config().vocabSize()).isEqualTo(1152);
            assertThat(model.config().numDecoderLayers()).isEqualTo(1);
            assertThat(model.config().dModel()).isEqualTo(16);
        }
        ModelSection small =
                load("model: {preset: tiny, dModel: 16, vocabSize: 100}").model();
        assertThatThrownBy(() -> small.create(1100, 1))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("The vocabulary has 1100 ids but the model only 100 embeddings");
    }
}
