package org.t5j.examples.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.t5j.core.T5Config;
import org.t5j.core.T5Model;
import org.t5j.tokenizer.TrainerConfig;
import org.t5j.tokenizer.unigram.UnigramTrainer;

/** Small texts, vocabularies and models for tests. */
final class SmallModel {
    /** Settings that make training quick. */
    static final String SHAPE =
            "model={preset: tiny, vocabSize: 140, dModel: 16, dKv: 8, dFf: 32, numHeads: 2, numLayers: 1}";

    private static final List<String> WORDS = List.of(
            "the", "king", "of", "a", "house", "sister", "walked", "to", "market", "and", "said", "nothing", "more",
            "about", "his", "letter", "from", "town", "in", "spring", "with", "great", "joy");

    private SmallModel() {}

    /** A file of documents of random words, separated by blank lines. */
    static Path corpus(Path file) {
        Random random = new Random(7);
        return write(
                file,
                IntStream.range(0, 80)
                        .mapToObj(i -> IntStream.range(0, 30)
                                .mapToObj(j -> WORDS.get(random.nextInt(WORDS.size())))
                                .collect(Collectors.joining(" ")))
                        .collect(Collectors.joining("\n\n")));
    }

    /** A TSV of words and their first letters. */
    static Path pairs(Path file) {
        return write(
                file,
                WORDS.stream().map(word -> word + "\t" + word.charAt(0)).collect(Collectors.joining("\n", "", "\n")));
    }

    static Path write(Path file, String text) {
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A vocabulary of 40 pieces. */
    static Path vocabulary(Path directory) {
        return vocabulary(directory, 40);
    }

    /** A vocabulary of {@code size} pieces. */
    static Path vocabulary(Path directory, int size) {
        Path file = directory.resolve("spiece.model");
        new UnigramTrainer(TrainerConfig.ofVocabSize(size))
                .train(List.of(corpus(directory.resolve("vocabulary-text.txt"))))
                .write(file);
        return file;
    }

    /** A model directory with random weights and a vocabulary. */
    static Path directory(Path parent) {
        Path vocabulary = vocabulary(parent);
        Path directory = parent.resolve("model");
        T5Config config = T5Config.builder()
                .vocabSize(256)
                .dModel(16)
                .dKv(8)
                .dFf(32)
                .layers(1, 1)
                .numHeads(2)
                .build();
        try (T5Model model = T5Model.create(config, 3)) {
            model.save(directory);
            Files.copy(vocabulary, directory.resolve("spiece.model"));
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
