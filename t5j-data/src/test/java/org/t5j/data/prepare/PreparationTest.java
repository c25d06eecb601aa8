package org.t5j.data.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.t5j.data.DataException;
import org.t5j.data.cache.DocumentStore;
import org.t5j.data.cache.TokenShards;
import org.t5j.data.clean.CleaningConfig;
import org.t5j.data.source.DocumentSource;
import org.t5j.data.source.OnBadRow;
import org.t5j.data.source.RowRules;
import org.t5j.data.source.Source;
import org.t5j.tokenizer.ByteTokenizer;
import org.t5j.tokenizer.Tokenizer;
import org.t5j.tokenizer.train.Progress;

class PreparationTest {
    private static final Tokenizer BYTES = ByteTokenizer.huggingFace(100);
    private static final int BLOCK = 40_000;

    @TempDir
    Path directory;

    private Path corpus;

    @BeforeEach
    void writeCorpus() throws IOException {
        corpus = Files.writeString(directory.resolve("corpus.txt"), corpus(400, 3));
    }

    /** Documents of sentences, with bad lines, repeated spans, repeated and slightly changed documents. */
    private static String corpus(int documents, long seed) {
        Random random = new Random(seed);
        List<String> texts = new ArrayList<>();
        String span = "This is said again and again. It is said by everyone here. Nobody knows who said it.";
        for (int i = 0; i < documents; i++) {
            List<String> lines = new ArrayList<>();
            for (int j = 0; j < 8; j++) {
                lines.add(IntStream.range(0, 12)
                        .mapToObj(k -> "word" + random.nextInt(5000))
                        .collect(Collectors.joining(" ", "", ".")));
            }
            if (i % 5 == 0) {
                lines.add(3, "A menu without an end");
            }
            if (i % 7 == 0) {
                lines.add(span);
            }
            String text = String.join("\n", lines);
            texts.add(text);
            if (i % 11 == 0) {
                texts.add(text);
            }
            if (i % 13 == 0) {
                texts.add(text.replaceFirst("word\\d+", "changed"));
            }
        }
        return String.join("\n\n", texts);
    }

    private static PrepareConfig config() {
        return new PrepareConfig(
                null,
                new CleaningConfig(null, List.of("language"), null, null, null, null, null, null, null, null),
                DedupConfig.ofKinds(List.of("spans", "near", "documents")),
                0.1,
                true,
                1);
    }

    private static Preparation preparation(Path corpus, PrepareConfig config) {
        Source source = new DocumentSource(List.of(corpus));
        return new Preparation(config, source, BYTES, null, BLOCK);
    }

    private PrepareReport prepare(String output, int threads) {
        return preparation(corpus, config()).run(directory.resolve(output), threads, Progress.NONE);
    }

    /** Name → contents of all files, a byte a character. */
    static Map<String, String> contents(Path directory) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = directory.relativize(file).toString();
                contents.put(name, new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        return contents;
    }

    private static List<String> documents(Path output, String split) {
        DocumentStore store = TokenShards.open(output, split, BYTES);
        List<String> texts = new ArrayList<>();
        for (long i = 0; i < store.size(); i++) {
            texts.add(BYTES.decode(store.get(i)));
        }
        return texts;
    }

    @Test
    void cleansDeduplicatesSplitsAndTokenizes() throws IOException {
        PrepareReport report = prepare("out", 2);
        assertThat(report.documentsRead()).isEqualTo(400 + 37 + 31);
        assertThat(report.removed().get("end_mark").lines()).isEqualTo(80 + 8 + 7);
        assertThat(report.removed().get("documents").documents()).isEqualTo(37);
        assertThat(report.removed().get("near").documents()).isEqualTo(31);
        assertThat(report.removed().get("spans").lines()).isEqualTo(3L * (58 - 1));
        assertThat(report.removed().get("spans").examples()).hasSize(3);
        PrepareReport.Split train = report.splits().get("train");
        PrepareReport.Split validation = report.splits().get("validation");
        assertThat(train.documents() + validation.documents()).isEqualTo(400);
        assertThat(validation.documents()).isBetween(20L, 65L);

        Path out = directory.resolve("out");
        List<String> all = new ArrayList<>(documents(out, "train"));
        all.addAll(documents(out, "validation"));
        assertThat(all).hasSize(400).doesNotHaveDuplicates();
        assertThat(all.stream().filter(text -> text.contains("said by everyone")))
                .hasSize(1);
        assertThat(all.stream().mapToLong(String::length).sum())
                .isEqualTo(train.characters() + validation.characters());
        long removed = report.removed().values().stream()
                .mapToLong(each -> each.characters())
                .sum();
        assertThat(report.charactersRead() - removed).isEqualTo(train.characters() + validation.characters());
        assertThat(out.resolve(".work")).doesNotExist();
        TokenShards.verify(out, "train");

        Source kept = new org.t5j.data.source.JsonlSource(
                report.texts().stream()
                        .filter(file -> file.name().startsWith("text/train"))
                        .map(file -> out.resolve(file.name()))
                        .toList(),
                List.of("text"));
        assertThat(kept.readAll().stream().map(example -> example.get("text"))).isEqualTo(documents(out, "train"));
        assertThat(Preparation.report(out)).isEqualTo(report);
    }

    @Test
    void threadsAndMemoryChangeNothing() throws IOException {
        prepare("one", 1);
        prepare("three", 3);
        assertThat(contents(directory.resolve("three"))).isEqualTo(contents(directory.resolve("one")));
    }

    /** What was read and written before stays where it was when documents are added. */
    @Test
    void theSplitStaysAsTheCorpusGrows() throws IOException {
        prepare("before", 2);
        Files.writeString(corpus, Files.readString(corpus) + "\n\n" + corpus(100, 4));
        prepare("after", 2);
        for (String split : List.of("train", "validation")) {
            assertThat(documents(directory.resolve("after"), split))
                    .containsSubsequence(documents(directory.resolve("before"), split));
        }
    }

    /** A process that prepares {@code arguments[0]} into {@code arguments[1]}. */
    public static final class Victim {
        public static void main(String[] arguments) {
            preparation(Path.of(arguments[0]), config()).run(Path.of(arguments[1]), 2, Progress.NONE);
        }
    }

    @Test
    void goesOnAfterAnyKill() throws IOException, InterruptedException {
        Files.writeString(corpus, corpus(3000, 5));
        prepare("undisturbed", 2);
        Path out = directory.resolve("killed");
        Random random = new Random(1);
        Set<String> stages = new HashSet<>();
        int killed = 0;
        for (long millis = 300; killed < 100; millis += millis / 5 + random.nextInt(40)) {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Victim.class.getName(),
                            corpus.toString(),
                            out.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("victim.log").toFile())
                    .start();
            if (process.waitFor(millis, TimeUnit.MILLISECONDS)) {
                assertThat(Files.readString(directory.resolve("victim.log"))).isEmpty();
                break;
            }
            process.destroyForcibly().waitFor();
            stages.add(stage(out));
            killed++;
        }
        assertThat(stages).hasSizeGreaterThan(2);
        assertThat(contents(out)).isEqualTo(contents(directory.resolve("undisturbed")));
    }

    private static String stage(Path out) throws IOException {
        Path work = out.resolve(".work");
        if (!Files.isDirectory(work)) {
            return "nothing";
        }
        try (Stream<Path> files = Files.list(work)) {
            Set<String> names = files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
            for (String found :
                    List.of("spans.flags", "near.flags", "documents.flags", "block-00010.json", "block-00000.json")) {
                if (names.contains(found)) {
                    return found;
                }
            }
        }
        return "begun";
    }

    @Test
    void goesOnOnlyWithTheSameSettings() throws IOException {
        Path out = directory.resolve("out");
        PrepareReport report = prepare("out", 1);
        assertThat(prepare("out", 2)).isEqualTo(report);
        PrepareConfig other = new PrepareConfig(null, config().clean(), config().dedup(), 0.2, true, null);
        assertThatThrownBy(() -> preparation(corpus, other).run(out, 1, Progress.NONE))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("other settings")
                .hasMessageContaining("settings.validation 0.1, not 0.2");
        Path another = Files.copy(corpus, directory.resolve("another.txt"));
        assertThatThrownBy(() -> preparation(another, config()).run(out, 1, Progress.NONE))
                .hasMessageContaining("another.txt left out, not ");

        Path unfinished = directory.resolve("unfinished");
        Progress stop = (stage, done, total) -> {
            if (stage.startsWith("comparing")) {
                throw new IllegalStateException("stopped");
            }
        };
        assertThatThrownBy(() -> preparation(corpus, config()).run(unfinished, 1, stop))
                .hasMessage("stopped");
        assertThatThrownBy(() -> preparation(corpus, other).run(unfinished, 1, Progress.NONE))
                .hasMessageContaining("settings.validation 0.1, not 0.2");
        preparation(corpus, config()).run(unfinished, 1, Progress.NONE);
        assertThat(contents(unfinished)).isEqualTo(contents(out));
    }

    /** A preparation that was killed before anything was saved. */
    private Path killed() throws IOException {
        Path whole = directory.resolve("whole");
        Path killed = directory.resolve("killed");
        Progress stop = (stage, done, total) -> {
            try {
                Files.createDirectories(killed.resolve(".work"));
                Files.copy(whole.resolve(".work/identity.json"), killed.resolve(".work/identity.json"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            throw new IllegalStateException("stopped");
        };
        assertThatThrownBy(() -> preparation(corpus, config()).run(whole, 1, stop))
                .hasMessage("stopped");
        assertThat(whole).isEmptyDirectory();
        return killed;
    }

    @Test
    void refusesOtherSettingsAlsoBeforeAnythingIsSaved() throws IOException {
        Path killed = killed();
        assertThat(Preparation.begun(killed)).hasValue(0);
        PrepareConfig other = new PrepareConfig(null, config().clean(), config().dedup(), 0.2, true, null);
        assertThatThrownBy(() -> preparation(corpus, other).run(killed, 1, Progress.NONE))
                .hasMessageContaining("settings.validation 0.1, not 0.2");
        Path another = Files.copy(corpus, directory.resolve("another.txt"));
        assertThatThrownBy(() -> preparation(another, config()).run(killed, 1, Progress.NONE))
                .hasMessageContaining("another.txt left out, not ");
        assertThat(Preparation.begun(killed)).hasValue(0);
        prepare("killed", 1);
        prepare("out", 1);
        assertThat(contents(killed)).isEqualTo(contents(directory.resolve("out")));
        assertThat(Preparation.begun(killed)).isEmpty();
    }

    @Test
    void findsDamageInWhatIsFinished() throws IOException {
        Path out = directory.resolve("out");
        PrepareReport report = prepare("out", 1);
        assertThat(preparation(corpus, config()).finished(out)).contains(report);
        for (String name : List.of("train-00000.tokens", "text/train-00000.jsonl.gz")) {
            byte[] whole = Files.readAllBytes(out.resolve(name));
            byte[] flipped = whole.clone();
            flipped[whole.length / 2] ^= 4;
            Files.write(out.resolve(name), flipped);
            assertDamaged(name);
            Files.write(out.resolve(name), Arrays.copyOf(whole, whole.length / 2));
            assertDamaged(name);
            Files.delete(out.resolve(name));
            assertDamaged(name);
            Files.write(out.resolve(name), whole);
            assertThat(prepare("out", 1)).isEqualTo(report);
        }
    }

    private void assertDamaged(String name) {
        assertThatThrownBy(() -> prepare("out", 1))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(name)
                .hasMessageMatching("(?s).*[Dd]elete the(ir)? directory.*");
    }

    @Test
    void goesOnOnlyWithTheSameWayOfReading() throws IOException {
        Path out = directory.resolve("out");
        prepare("out", 1);
        Path unfinished = directory.resolve("unfinished");
        Progress stop = (stage, done, total) -> {
            if (stage.startsWith("comparing")) {
                throw new IllegalStateException("stopped");
            }
        };
        assertThatThrownBy(() -> preparation(corpus, config()).run(unfinished, 1, stop))
                .hasMessage("stopped");
        for (RowRules rules : List.of(new RowRules(OnBadRow.SKIP, 64 << 20), new RowRules(OnBadRow.ERROR, 999))) {
            Source source = new DocumentSource(List.of(corpus), rules);
            Preparation other = new Preparation(config(), source, BYTES, null, BLOCK);
            assertThatThrownBy(() -> other.run(out, 1, Progress.NONE)).hasMessageContaining("other settings");
            assertThatThrownBy(() -> other.run(unfinished, 1, Progress.NONE))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining(
                            rules.maxBytes() == 999
                                    ? "source.rules.maxBytes 67108864, not 999"
                                    : "source.rules.onBadRow \"ERROR\", not \"SKIP\"");
        }
        assertThat(contents(out)).allSatisfy((name, content) -> assertThat(name).doesNotStartWith("."));
    }

    @Test
    void keepsOutOfOtherDirectories() throws IOException {
        Path out = Files.createDirectory(directory.resolve("thesis"));
        Files.writeString(out.resolve("chapter.tex"), "");
        assertThatThrownBy(() -> prepare("thesis", 1))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("chapter.tex");
        assertThatThrownBy(() -> prepare("corpus.txt", 1)).hasMessageContaining("is a file");
        assertThat(out.resolve(".work")).doesNotExist();
    }

    @Test
    void saysInWordsWhyTheOutputCannotBeMade() {
        assertThatThrownBy(() -> prepare("corpus.txt/out", 1))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("Cannot write to " + corpus.resolve("out"))
                .hasMessageContaining("Name a directory")
                .message()
                .doesNotContain("Exception");
    }

    @Test
    void saysWhenTheBadWordsChanged() throws IOException {
        Path words = Files.writeString(directory.resolve("words.txt"), "word17\n");
        CleaningConfig clean =
                new CleaningConfig(null, List.of("language"), null, null, null, null, null, words, null, null);
        PrepareConfig config = new PrepareConfig(null, clean, config().dedup(), 0.1, false, null);
        Path out = directory.resolve("out");
        preparation(corpus, config).run(out, 1, Progress.NONE);
        assertThat(preparation(corpus, config).finished(out)).isPresent();
        Files.writeString(words, "word17\nword18\n");
        assertThatThrownBy(() -> preparation(corpus, config).run(out, 1, Progress.NONE))
                .hasMessageContaining("the file of bad words");
    }

    @Test
    void saysWhyNothingIsLeft() throws IOException {
        Files.writeString(corpus, "no end here\n\nnor here\n");
        assertThatThrownBy(() -> prepare("out", 1))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("No document is left")
                .hasMessageContaining("end_mark")
                .hasMessageContaining("--without end_mark");
        Files.writeString(corpus, ("word ".repeat(50_000) + ".\n"));
        assertThatThrownBy(() -> prepare("out", 1))
                .hasMessageContaining("--without long_document")
                .hasMessageContaining("--format lines");
        Files.writeString(corpus, "no end here\n\nnor here\n");
        PrepareConfig gentle = new PrepareConfig(
                null, CleaningConfig.ofRules(List.of()), DedupConfig.ofKinds(List.of()), 0.0, true, null);
        assertThat(preparation(corpus, gentle)
                        .run(directory.resolve("out"), 1, Progress.NONE)
                        .splits()
                        .get("train")
                        .documents())
                .isEqualTo(2);
    }

    @Test
    void leavesNothingBehindWhereAllIsForValidation() throws IOException {
        String text = "A text of ten words that is all there is.";
        assertThat(WriteStage.split(text, 0.99)).isEqualTo("validation");
        Files.writeString(corpus, text);
        CleaningConfig none = CleaningConfig.ofRules(List.of());
        DedupConfig nothing = DedupConfig.ofKinds(List.of());
        Path out = directory.resolve("out");
        PrepareConfig most = new PrepareConfig(null, none, nothing, 0.99, true, null);
        assertThatThrownBy(() -> preparation(corpus, most).run(out, 1, Progress.NONE))
                .hasMessageContaining("No document is left to train on, for the validation split got all 1")
                .hasMessageContaining("--validation");
        assertThat(out).isEmptyDirectory();
        PrepareConfig all = new PrepareConfig(null, none, nothing, 0.0, true, null);
        preparation(corpus, all).run(out, 1, Progress.NONE);
        assertThat(documents(out, "train")).containsExactly(text);
    }

    @Test
    void refusesWhatMakesNoSense() {
        assertThatThrownBy(() -> DedupConfig.ofKinds(List.of("line"))).hasMessageContaining("Did you mean 'lines'");
        assertThatThrownBy(() -> new PrepareConfig(null, null, null, 1.0, null, null))
                .hasMessageContaining("validation");
        PrepareConfig nothing = new PrepareConfig(null, null, null, null, false, null);
        assertThatThrownBy(() -> new Preparation(nothing, Source.of(List.of()), null, text -> null))
                .hasMessageContaining("nothing to write");
    }
}
