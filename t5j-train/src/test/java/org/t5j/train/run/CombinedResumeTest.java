package org.t5j.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.t5j.train.Fixtures;
import org.t5j.train.setup.TrainConfig;

/** Options that keep something of their own each, together in one run: killed and resumed, it ends as if it never was. */
class CombinedResumeTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MODEL = "model={preset: tiny, dModel: 16, dKv: 8, dFf: 32, numHeads: 2, numLayers: 3}";

    private static final String GUARD = "optim.guard={onNan: SKIP, maxSkippedInRow: 14, spikeWindow: ";

    @TempDir
    Path directory;

    private TrainConfig fineTuning(Path base, String... settings) {
        Path train = Fixtures.pairs(directory.resolve("train.tsv"), 48);
        List<String> all = new ArrayList<>(List.of(
                "model={checkpoint: " + base + "}",
                "data.batchSize=4",
                "optim={totalSteps: 14, gradAcc: 2, dropoutRate: 0.1}",
                "eval={everySteps: 2, examples: 8, patience: 100}",
                "checkpoint={everySteps: 3, keepLast: 0}",
                "memory.recompute=true",
                "logging={everySteps: 1, progress: false}"));
        all.addAll(List.of(settings));
        return Fixtures.fineTuning(train, train, all.toArray(String[]::new));
    }

    private Path base(String... settings) {
        List<String> all = new ArrayList<>(List.of(MODEL, "optim.totalSteps=4"));
        all.addAll(List.of(settings));
        Path corpus = Fixtures.corpus(directory.resolve("corpus.txt"), 20);
        return Training.of(Fixtures.pretraining(corpus, all.toArray(String[]::new)))
                .run(directory.resolve("base"), false)
                .last();
    }

    @Test
    void loraWithAnAverageAGuardAndAnEarlyEnd() throws IOException {
        requireSameEnd(fineTuning(
                base(),
                "transfer={name: lora, rank: 2, dropout: 0.1}",
                "average={name: ema, decay: 0.8}",
                "optim.optimizer=adamw",
                GUARD + "1, spikeFactor: 1.0001}",
                "eval.metric=letter/accuracy",
                "eval.patience=3"));
    }

    @Test
    void unfreezingWithAnAverageThatBeginsLateAndWarmMoments() throws IOException {
        requireSameEnd(fineTuning(
                base("average={name: ema, decay: 0.7}", "optim.optimizer=adafactor"),
                "transfer={name: gradual, episodes: 3}",
                "average={name: uniform, startStep: 4, everySteps: 3}",
                "optim.optimizer={name: adafactor, beta1: 0}",
                GUARD + "2, spikeFactor: 1.3}",
                "optim.warmStart=MOMENTS_AND_STEP",
                "schedule={name: rsqrt, warmupSteps: 4}"));
    }

    private void requireSameEnd(TrainConfig config) throws IOException {
        Path whole = directory.resolve("whole");
        Path broken = directory.resolve("broken");
        long last = Training.of(config).run(whole, false).state().step();
        for (long crash : new long[] {2, 5, last - 2, last}) {
            Training training = Training.of(config).listener(Fixtures.crashAfter(crash));
            assertThatThrownBy(() -> training.run(broken, true)).hasMessage("crash");
        }
        Training.ofRun(broken, List.of()).run(broken, true);
        assertThat(files(broken, "checkpoints")).isEqualTo(files(whole, "checkpoints"));
        assertThat(files(broken, "predictions"))
                .isEqualTo(files(whole, "predictions"))
                .isNotEmpty();
        assertThat(log(broken)).isEqualTo(log(whole));
        assertThat(TrainingCheckpoint.readState(whole.resolve("checkpoints/step-" + last))
                        .skipped()
                        .count())
                .isPositive();
        assertThat(whole.resolve("checkpoints/step-" + last + "/" + CheckpointWeights.FILE))
                .exists();
    }

    /** What stands in each file, without the time that training took. */
    private static Map<String, String> files(Path run, String part) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> all = Files.walk(run.resolve(part))) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String name = run.relativize(file).toString();
                if (!name.endsWith("checksums.json")) {
                    contents.put(name, content(file));
                }
            }
        }
        return contents;
    }

    private static String content(Path file) throws IOException {
        if (!file.endsWith("state.json")) {
            return new Fingerprint().addFile(file).hex();
        }
        ObjectNode state = (ObjectNode) JSON.readTree(file.toFile());
        state.remove("seconds");
        return state.toString();
    }

    private static List<String> log(Path run) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line : Files.readAllLines(run.resolve("log.jsonl"))) {
            ObjectNode entry = (ObjectNode) JSON.readTree(line);
            entry.remove(List.of("seconds", "data_seconds", "tokens_per_second", "tensor_bytes"));
            lines.add(entry.toString());
        }
        return lines;
    }
}
