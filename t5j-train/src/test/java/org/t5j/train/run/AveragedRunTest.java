package org.t5j.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.t5j.core.T5Model;
import org.t5j.core.checkpoint.SafetensorsReader;
import org.t5j.train.Fixtures;
import org.t5j.train.evaluate.Evaluation;
import org.t5j.train.setup.Learning;
import org.t5j.train.setup.TrainConfig;

/** A run with an average of its weights: what is scored, what is saved, and that training does not see it. */
class AveragedRunTest {
    private static final String EMA = "average={name: ema, decay: 0.8, warmUp: false}";

    @TempDir
    Path directory;

    private TrainConfig config(String... settings) {
        Path corpus = Fixtures.corpus(directory.resolve("corpus.txt"), 60);
        Path held = Fixtures.corpus(directory.resolve("held.txt"), 6);
        String[] all = java.util.Arrays.copyOf(settings, settings.length + 2);
        all[settings.length] = "data.validationFiles=" + held;
        all[settings.length + 1] = "eval={everySteps: 6, examples: 8}";
        return Fixtures.pretraining(corpus, all);
    }

    private double loggedLoss(Path run, long step) throws IOException {
        for (String line : Files.readAllLines(run.resolve("log.jsonl"))) {
            JsonNode entry = new ObjectMapper().readTree(line);
            if (entry.path("type").asText().equals("eval") && entry.path("step").asLong() == step) {
                return entry.path("scores").path("validation/loss").doubleValue();
            }
        }
        throw new AssertionError("no evaluation at " + step);
    }

    private double loss(TrainConfig config, Path checkpoint) {
        List<Evaluation> evaluations =
                Learning.heldOut(config, VocabularyFiles.in(checkpoint).tokenizer(), directory.resolve("cache"));
        try (T5Model model = T5Model.load(checkpoint)) {
            return evaluations.get(0).evaluate(model).scores().get("validation/loss");
        }
    }

    @Test
    void theAverageIsScoredAndSavedAndTheTrainingWeightsStandBesideIt() throws IOException {
        Path plain = directory.resolve("plain");
        Path averaged = directory.resolve("averaged");
        Training.of(config()).run(plain, false);
        Training.of(config(EMA)).run(averaged, false);
        Path checkpoint = averaged.resolve("checkpoints/step-12");
        SafetensorsReader trained = SafetensorsReader.open(plain.resolve("checkpoints/step-12/model.safetensors"));
        SafetensorsReader shown = SafetensorsReader.open(checkpoint.resolve("model.safetensors"));
        SafetensorsReader beside = SafetensorsReader.open(checkpoint.resolve("training/weights.safetensors"));
        assertThat(beside.names()).isEqualTo(trained.names());
        for (String name : trained.names()) {
            assertThat(beside.floats(name)).as(name).isEqualTo(trained.floats(name));
            assertThat(shown.floats(name)).as(name).isNotEqualTo(trained.floats(name));
        }

        double logged = loggedLoss(averaged, 12);
        assertThat(logged).isNotEqualTo(loggedLoss(plain, 12));
        assertThat(loss(config(EMA), checkpoint)).isCloseTo(logged, within(1e-6));
    }

    @Test
    void aRunThatResumesAnAverageGoesOnToTheSameScores() throws IOException {
        Path whole = directory.resolve("whole");
        Path parts = directory.resolve("parts");
        Training.of(config(EMA)).run(whole, false);
        Training.of(config(EMA, "optim.totalSteps=6")).run(parts, false);
        Training.of(config(EMA)).run(parts, true);
        assertThat(loggedLoss(parts, 12)).isEqualTo(loggedLoss(whole, 12));
    }
}
