package org.t5j.train;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.t5j.core.T5Config;
import org.t5j.train.setup.TrainConfig;

/** Small data and configurations for tests. */
public final class Fixtures {
    private static final List<String> WORDS = List.of(
            "the", "king", "of", "a", "house", "sister", "walked", "to", "market", "and", "said", "nothing", "more",
            "about", "his", "letter", "from", "town", "in", "spring", "with", "great", "joy");

    /** The shape of a model for plain ids, a block in each stack. */
    public static final T5Config SHAPE = T5Config.builder()
            .vocabSize(20)
            .dModel(16)
            .dKv(8)
            .dFf(32)
            .numHeads(2)
            .layers(1, 1)
            .build();

    private Fixtures() {}

    /** A SentencePiece vocabulary of 1000 pieces. */
    public static Path vocabulary() {
        try {
            return Path.of(Fixtures.class.getResource("/uni1k_identity.model").toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    /** Writes documents of random words to {@code file}. */
    public static Path corpus(Path file, int documents) {
        Random random = new Random(7);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < documents; i++) {
            text.append(sentence(random, 30 + random.nextInt(20))).append("\n\n");
        }
        return write(file, text.toString());
    }

    /** Writes a TSV of {@code input TAB target}: a word out of a few and its first letter. */
    public static Path pairs(Path file, int rows) {
        Random random = new Random(8);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < rows; i++) {
            String word = WORDS.get(random.nextInt(WORDS.size()));
            text.append(word).append('\t').append(word.charAt(0)).append('\n');
        }
        return write(file, text.toString());
    }

    private static String sentence(Random random, int words) {
        List<String> chosen = new ArrayList<>();
        for (int i = 0; i < words; i++) {
            chosen.add(WORDS.get(random.nextInt(WORDS.size())));
        }
        return String.join(" ", chosen);
    }

    private static Path write(Path file, String text) {
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Pre-training of a very small model with dropout, a batch of 4 and a checkpoint every 4 updates. */
    public static TrainConfig pretraining(Path corpus, String... settings) {
        List<String> all = new ArrayList<>(List.of(
                "seed=11",
                "model={preset: tiny, dModel: 16, dKv: 8, dFf: 32, numHeads: 2, numLayers: 1}",
                "tokenizer.file=" + vocabulary(),
                "data.files=" + corpus,
                "data.batchSize=4",
                "data.bucketBatches=4",
                "objective.inputLength=24",
                "optim.totalSteps=12",
                "optim.dropoutRate=0.1",
                "checkpoint.everySteps=4",
                "logging={everySteps: 1, progress: false}"));
        all.addAll(List.of(settings));
        return TrainConfig.ofSettings(all);
    }

    /** Fine-tuning of a very small model on {@link #pairs}. */
    public static TrainConfig fineTuning(Path train, Path validation, String... settings) {
        List<String> all = new ArrayList<>(List.of(
                "mode=FINETUNE",
                "seed=5",
                "model={preset: tiny, dModel: 32, dKv: 8, dFf: 64, numHeads: 4, numLayers: 1}",
                "tokenizer.file=" + vocabulary(),
                "data.tasks=[{name: letter, format: tsv, columns: [input, target], train: " + train + ", validation: "
                        + validation + ", prefix: 'first letter: ', inputLength: 16, targetLength: 4}]",
                "data.batchSize=16",
                "optim={totalSteps: 120, dropoutRate: 0, optimizer: adamw}",
                "schedule={name: constant, base: 0.01}",
                "eval={everySteps: 40, examples: 40}",
                "checkpoint.everySteps=50",
                "logging={everySteps: 10, progress: false}"));
        all.addAll(List.of(settings));
        return TrainConfig.ofSettings(all);
    }

    /** Ends a run as a crash would, with the message {@code crash}: nothing after that step is done. */
    public static TrainingListener crashAfter(long step) {
        return new TrainingListener() {
            @Override
            public void stepped(StepReport report) {
                if (report.step() == step) {
                    throw new IllegalStateException("crash");
                }
            }
        };
    }
}
