package org.t5j.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.t5j.core.T5Exception;
import org.t5j.core.T5Model;
import org.t5j.core.checkpoint.SafetensorsReader;
import org.t5j.core.layer.Additions;
import org.t5j.core.layer.Lora;
import org.t5j.train.Fixtures;
import org.t5j.train.config.ConfigException;
import org.t5j.train.setup.TrainConfig;

/** Fine-tuning by every transfer method from settings to checkpoints, whole and in parts. */
class TransferRunTest {
    private static final String MODEL =
            "model={preset: tiny, dModel: 16, dKv: 8, dFf: 32, numHeads: 2, numLayers: 2, tieWordEmbeddings: false}";
    private static final String WEIGHTS = "training/weights.safetensors";

    @TempDir
    Path directory;

    private Path train;
    private Path base;

    @BeforeEach
    void writeData() {
        train = Fixtures.pairs(directory.resolve("train.tsv"), 64);
        base = directory.resolve("base");
        Path corpus = Fixtures.corpus(directory.resolve("corpus.txt"), 20);
        base = Training.of(Fixtures.pretraining(corpus, MODEL, "optim.totalSteps=1"))
                .run(base, false)
                .last();
    }

    private TrainConfig config(String... settings) {
        List<String> all = new ArrayList<>(List.of(
                "model={checkpoint: " + base + "}",
                "optim={totalSteps: 8, dropoutRate: 0.1, optimizer: adamw}",
                "data.batchSize=4",
                "eval={everySteps: 100, examples: 8}",
                "checkpoint={everySteps: 3, keepLast: 9}",
                "logging={everySteps: 1, progress: false}"));
        all.addAll(List.of(settings));
        return Fixtures.fineTuning(train, train, all.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "all;.*",
                "{name: adapter, width: 4};.*[.]adapter[.].*",
                "{name: frozen, freeze: ['encoder.*', shared.weight]};(decoder|lm_head)[.].*",
                "embedding;shared[.]weight",
                "head;lm_head[.]weight",
                "{name: lora, rank: 2, dropout: 0.1};.*[.](q|v)[.](weight|lora_.[.]weight)",
                "gradual;.*"
            })
    void trainsItsParametersAndLeavesTheOthersAsTheyWere(String method, String changing) throws IOException {
        Path run = directory.resolve("run");
        Training.of(config("transfer=" + method)).run(run, false);
        Path last = run.resolve("checkpoints/step-8");
        SafetensorsReader before = SafetensorsReader.open(base.resolve("model.safetensors"));
        SafetensorsReader after = SafetensorsReader.open(last.resolve("model.safetensors"));
        for (String name : before.names()) {
            assertThat(java.util.Arrays.equals(before.floats(name), after.floats(name)))
                    .as(name)
                    .isNotEqualTo(name.matches(changing));
        }
        Set<String> states = SafetensorsReader.open(last.resolve("training/optimizer.safetensors"))
                .names();
        assertThat(states).isNotEmpty().allMatch(name -> name.replaceFirst("[.]exp_avg.*", "")
                .matches(changing.replace("weight|", "")));
        try (TextGenerator generator = TextGenerator.load(run)) {
            assertThat(generator.generate("first letter: market")).isNotNull();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gradual",
                "{name: gradual, episodes: 4, episodeSteps: 2}",
                "{name: lora, rank: 2, dropout: 0.1}",
                "{name: adapter, width: 4}"
            })
    void aResumedRunEndsBitwiseAsAnUninterruptedOne(String method) throws IOException {
        for (String others : List.of("optim.optimizer=adafactor", "average={name: ema, decay: 0.9}")) {
            Path whole = directory.resolve("whole-" + others.length());
            Path broken = directory.resolve("broken-" + others.length());
            Training.of(config("transfer=" + method, others)).run(whole, false);
            for (long crash : new long[] {4, 7}) {
                Training training =
                        Training.of(config("transfer=" + method, others)).listener(Fixtures.crashAfter(crash));
                assertThatThrownBy(() -> training.run(broken, true)).hasMessage("crash");
            }
            Training.ofRun(broken, List.of()).run(broken, true);
            for (String file : List.of("model.safetensors", "training/optimizer.safetensors", WEIGHTS)) {
                Path one = whole.resolve("checkpoints/step-8").resolve(file);
                Path other = broken.resolve("checkpoints/step-8").resolve(file);
                assertThat(Files.exists(other)).isEqualTo(Files.exists(one));
                if (Files.exists(one)) {
                    assertThat(Files.mismatch(one, other)).as(file).isEqualTo(-1);
                }
            }
            assertThat(trains(broken)).isSubsetOf(trainsAlso(whole));
        }
    }

    private static List<Long> trainsAlso(Path run) throws IOException {
        List<Long> counts = trains(run);
        assertThat(counts).isNotEmpty();
        return counts;
    }

    private static List<Long> trains(Path run) throws IOException {
        List<Long> counts = new ArrayList<>();
        for (String line : Files.readAllLines(run.resolve("log.jsonl"))) {
            JsonNode entry = new ObjectMapper().readTree(line);
            if (entry.path("type").asText().equals("trains")) {
                counts.add(entry.path("trained_weights").asLong());
            }
        }
        return counts;
    }

    @Test
    void aLoraCheckpointIsMergedAndKeepsWhatItWasMergedFrom() {
        Path run = directory.resolve("run");
        Training.of(config("transfer={name: lora, rank: 2, projections: [q, o]}"))
                .run(run, false);
        Path last = run.resolve("checkpoints/step-8");
        SafetensorsReader kept = SafetensorsReader.open(last.resolve(WEIGHTS));
        int projections = 2 * (2 + 2 * 2);
        assertThat(kept.names()).hasSize(3 * projections);
        SafetensorsReader from = SafetensorsReader.open(base.resolve("model.safetensors"));
        kept.names().stream().filter(name -> !Lora.isLora(name)).forEach(name -> assertThat(kept.floats(name))
                .isEqualTo(from.floats(name)));
        assertThat(SafetensorsReader.open(last.resolve("model.safetensors")).names())
                .isEqualTo(from.names());

        Lora lora = new Lora(2, 8, 0, Set.of("q", "o"));
        try (T5Model merged = T5Model.load(last);
                T5Model separate = T5Model.load(base, Additions.of(lora), 1)) {
            kept.names().forEach(name -> separate.backend()
                    .write(separate.parameters().get(name).value(), kept.floats(name), 0));
            var batch = org.t5j.core.T5Batch.of(merged.config(), 1, 4, 2, new int[] {9, 30, 31, 1}, new int[] {40, 1});
            double loss = separate.evaluateLoss(batch).loss();
            assertThat(merged.evaluateLoss(batch).loss()).isCloseTo(loss, within(1e-6 * loss));
        }
    }

    /** Gradients and moments: three numbers for each weight that is trained, in 32 bits. */
    @Test
    void frozenParametersTakeNoMemory() throws IOException {
        long all = tensorBytes("all");
        long head = tensorBytes("head");
        long parameters;
        long trained;
        try (T5Model model = T5Model.load(base)) {
            parameters = model.parameters().count();
            trained = model.parameters().get("lm_head.weight").value().length();
        }
        assertThat(all - head).isGreaterThanOrEqualTo(3 * 4 * (parameters - trained));
    }

    private long tensorBytes(String method) throws IOException {
        Path run = directory.resolve("memory-" + method);
        Training.of(config("transfer=" + method)).run(run, false);
        assertThat(Files.readString(run.resolve("environment.json")))
                .contains("parameters trained", "tensor memory at most");
        List<String> lines = Files.readAllLines(run.resolve("log.jsonl")).stream()
                .filter(line -> line.contains("tensor_bytes"))
                .toList();
        return new ObjectMapper()
                .readTree(lines.get(lines.size() - 1))
                .get("tensor_bytes")
                .asLong();
    }

    @Test
    void aRankAboveThatOfTheModelIsRefusedBeforeAnythingIsMade() {
        for (String rank : List.of("17", "100000", "2147483647")) {
            assertThatThrownBy(() -> Training.of(config("transfer={name: lora, rank: " + rank + "}"))
                            .run(directory.resolve("run"), false))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("transfer.rank must be at most 16")
                    .hasMessageEndingWith("found " + rank);
        }
        assertThat(directory.resolve("run/checkpoints")).doesNotExist();
    }

    @Test
    void theMethodCannotChangeWhenARunIsResumed() {
        Path run = directory.resolve("run");
        Training.of(config("transfer=head", "optim.totalSteps=3")).run(run, false);
        assertThatThrownBy(() -> Training.of(config("transfer=embedding")).run(run, true))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("transfer");
        assertThatThrownBy(() -> Training.of(config(
                                "transfer=head",
                                "model.checkpoint=" + run,
                                "transfer.name=frozen",
                                "transfer.freeze=nothing.*"))
                        .run(directory.resolve("other"), false))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("\"nothing.*\"");
        assertThat(directory.resolve("other/checkpoints")).doesNotExist();
    }

    @Test
    void anotherMethodByItsNameAloneIsRefusedAsAChange() {
        Path run = directory.resolve("run");
        Training.of(config("transfer={name: lora, rank: 2}", "optim.totalSteps=3"))
                .run(run, false);
        for (String name : List.of("all", "'adapter'")) {
            assertThatThrownBy(() -> Training.ofRun(run, List.of("transfer.name=" + name)))
                    .isInstanceOf(T5Exception.class)
                    .hasMessageContaining("A resumed run must be configured as it was, but transfer.name was \"lora\""
                            + " and is \"" + name.replace("'", "") + "\". Put the old values back");
        }
        assertThat(Training.ofRun(run, List.of("transfer.name='lora'"))).isNotNull();
    }

    @Test
    void unfreezingIsToldStepByStep() throws IOException {
        Path run = directory.resolve("run");
        Training.of(config("transfer=gradual")).run(run, false);
        List<Long> told = trains(run);
        assertThat(told).hasSize(2);
        assertThat(new TreeSet<>(told).stream().map(Object::toString).collect(Collectors.joining(" ")))
                .isEqualTo(told.get(0) + " " + told.get(1));
    }
}
