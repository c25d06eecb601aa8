package org.t5j.tokenizer.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.t5j.tokenizer.TokenizerException;
import org.t5j.tokenizer.TrainerConfig;

/** What of the input is trained on. */
class TrainingCorpusTest {

    @Test
    void linesEndAtLineFeedsOnlyAndLongReservedOrEmptyOnesAreLeftOut() {
        TrainingCorpus corpus = load(
                TrainerConfig.builder(100).characterCoverage(1).maxLineBytes(12).build(),
                "one\rtwo",
                "",
                "too long a line",
                "no ▅",
                "two");
        assertThat(texts(corpus.sentences())).containsExactly("▁one▁two", "▁two");
        assertThat(texts(corpus.words())).containsExactly("▁two", "▁one");
        assertThat(corpus.words().get(0).count()).isEqualTo(2);
    }

    @Test
    void filesAreReadByTheLineWhateverTheirSizeOrCompression(@TempDir Path folder) throws Exception {
        String longLine = "x".repeat(3_000_000);
        Path plain = Files.writeString(folder.resolve("plain.txt"), "a\n" + longLine + "\n\nb");
        Path packed = folder.resolve("packed.txt.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write("c\n".getBytes(StandardCharsets.UTF_8));
        }
        List<String> lines = new ArrayList<>();
        TrainingInput.files(List.of(plain, packed))
                .forEachLine((array, from, to, count) -> lines.add(new String(array, from, to - from)));
        assertThat(lines).containsExactly("a", longLine, "", "b", "c");
    }

    @Test
    void anEmptyLineIsReplacedByTheLast() {
        TrainingCorpus corpus = load(TrainerConfig.ofVocabSize(100), "a", " ", "b", "c");
        assertThat(texts(corpus.sentences())).containsExactly("▁a", "▁c", "▁b");
    }

    @Test
    void rareCharactersAndSpecialPiecesBecomeUnknown() {
        TrainerConfig config = TrainerConfig.builder(100)
                .userDefinedSymbols(List.of("sep"))
                .characterCoverage(0.98)
                .requiredCharacters("q")
                .build();
        String common = "ab ".repeat(50);
        TrainingCorpus corpus = load(config, common, "aseparé</s>");
        assertThat(texts(corpus.sentences()).get(1)).isEqualTo("▁a▅a▅▅▅");
        assertThat(corpus.requiredChars().keySet().stream().map(Character::toString))
                .containsExactly("a", "▁", "b", "q");
        assertThat(corpus.requiredChars().get((int) 'q')).isZero();
    }

    @Test
    void theResultDoesNotDependOnTheNumberOfThreads() {
        String[] lines = IntStream.range(0, 200_000)
                .mapToObj(i -> "line " + i * 7919 % 1000 + " é")
                .toArray(String[]::new);
        TrainingCorpus one = load(TrainerConfig.builder(100).threads(1).build(), lines);
        TrainingCorpus four = load(TrainerConfig.builder(100).threads(4).build(), lines);
        assertThat(texts(four.sentences())).isEqualTo(texts(one.sentences()));
        assertThat(texts(four.words())).isEqualTo(texts(one.words()));
        assertThat(four.requiredChars()).isEqualTo(one.requiredChars());
    }

    @Test
    void drawnLinesAreThoseOfMersenneTwister() {
        MersenneTwister random = new MersenneTwister(5489);
        for (int i = 1; i < 10_000; i++) {
            random.nextUnsigned();
        }
        // The C++ standard requires this of the 10000th number of std::mt19937.
        assertThat(random.nextUnsigned()).isEqualTo(4123659995L);
    }

    @Test
    void progressIsTold() {
        List<String> told = new ArrayList<>();
        TrainerConfig config = TrainerConfig.ofVocabSize(100);
        TrainingCorpus.load(
                TrainingInput.lines(Stream.of("a", "b")),
                config,
                new VocabularyLayout(config),
                (stage, done, total) -> told.add(stage + " " + done + " of " + total));
        assertThat(told).containsExactly("lines read 2 of 2");
    }

    @Test
    void countedLinesThatAreNotSoAreQuoted(@TempDir Path folder) throws Exception {
        for (String line : List.of("word", "word\t0", "word\tten", "a\t1\t2")) {
            Path file = Files.writeString(folder.resolve("counted.tsv"), line);
            assertThatThrownBy(() -> TrainingInput.tsv(List.of(file)).forEachLine((array, from, to, count) -> true))
                    .isInstanceOf(TokenizerException.class)
                    .hasMessageContaining("'" + line + "'");
        }
    }

    private static TrainingCorpus load(TrainerConfig config, String... lines) {
        return TrainingCorpus.load(
                TrainingInput.lines(Stream.of(lines)), config, new VocabularyLayout(config), Progress.NONE);
    }

    private static List<String> texts(List<Sentence> sentences) {
        return sentences.stream()
                .map(sentence -> new String(sentence.text(), StandardCharsets.UTF_8))
                .toList();
    }
}
