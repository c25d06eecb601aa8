package org.t5j.data.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.t5j.data.DataException;
import org.t5j.data.Example;
import org.t5j.data.WordTokenizer;
import org.t5j.data.dataset.CorpusTexts;
import org.t5j.data.source.LineSource;
import org.t5j.data.source.Source;
import org.t5j.data.source.SourceConfig;
import org.t5j.tokenizer.Tokenizer;

/** Tokenizing once: the same for any number of threads, found again, taken up where it was killed. */
class TokenCacheTest {
    private static final Tokenizer TOKENIZER = new WordTokenizer();
    private static final int SHARD_BYTES = 2000;

    @TempDir
    Path directory;

    private Path corpus;
    private final List<String> progress = new ArrayList<>();

    @BeforeEach
    void writeCorpus() throws IOException {
        corpus = directory.resolve("corpus.txt");
        Files.write(corpus, lines(3000));
    }

    /** Line i has i % 11 words, which tell i; every eleventh is one that the tokenizer finds nothing in. */
    private static List<String> lines(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> i % 11 == 0
                        ? "\u00A0\u2003"
                        : IntStream.range(0, i % 11)
                                .mapToObj(j -> "" + (10 + i + j))
                                .collect(Collectors.joining(" ")))
                .toList();
    }

    /** Finds nothing in what is not ASCII. */
    private static final class Ascii extends WordTokenizer {
        @Override
        public int[] encode(String text) {
            return super.encode(text.replaceAll("[^\\p{ASCII}]", " "));
        }
    }

    private Texts texts() {
        return new CorpusTexts("corpus", new LineSource(List.of(corpus)), LineSource.TEXT);
    }

    private TokenCache cache(String name, int threads) {
        return new TokenCache(
                directory.resolve(name),
                0,
                SHARD_BYTES,
                threads,
                (texts, documents, tokens) -> progress.add(texts + " " + documents + " " + tokens));
    }

    private TreeMap<String, byte[]> files(String name) throws IOException {
        TreeMap<String, byte[]> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(directory.resolve(name))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(directory.resolve(name).relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return contents;
    }

    @Test
    void documentsAreThoseOfMemoryWhateverTheNumberOfThreads() throws IOException {
        Tokenizer tokenizer = new Ascii();
        DocumentStore memory = TokenCache.inMemory().load(texts(), tokenizer);
        assertThat(memory.size()).isEqualTo(3000 - 273);
        cache("one", 1).load(texts(), tokenizer);
        TreeMap<String, byte[]> one = files("one");
        assertThat(one.size()).isGreaterThan(5);
        for (int threads : new int[] {2, 5}) {
            DocumentStore shards = cache("many" + threads, threads).load(texts(), tokenizer);
            assertThat(shards).isInstanceOf(TokenShards.class);
            assertThat(shards.checksum()).isEqualTo(memory.checksum());
            for (long i = 0; i < memory.size(); i++) {
                assertThat(shards.get(i)).isEqualTo(memory.get(i));
            }
            assertThat(files("many" + threads)).usingRecursiveComparison().isEqualTo(one);
        }
    }

    @Test
    void aFileThatIsGoneIsNamed() throws IOException {
        Files.delete(corpus);
        for (TokenCache cache : List.of(TokenCache.inMemory(), cache("cache", 1))) {
            assertThatThrownBy(() -> cache.load(texts(), TOKENIZER))
                    .isInstanceOf(DataException.class)
                    .hasMessage("There is no file " + corpus + ". Check the path.");
        }
    }

    @Test
    void whatWasTokenizedIsFoundAgain() {
        DocumentStore first = cache("cache", 2).load(texts(), TOKENIZER);
        assertThat(progress).containsExactly("corpus " + first.size() + " " + first.tokens());
        assertThat(cache("cache", 2).load(texts(), TOKENIZER).checksum()).isEqualTo(first.checksum());
        assertThat(progress).hasSize(1);
    }

    @Test
    void otherFilesTimesFieldsOrVocabulariesAreTokenizedAnew() throws IOException {
        cache("cache", 2).load(texts(), TOKENIZER);
        FileTime time = Files.getLastModifiedTime(corpus);
        cache("cache", 2).load(texts(), new WordTokenizer(40_000, 100));
        assertThat(progress).hasSize(2);
        Path copy = Files.copy(corpus, directory.resolve("copy.txt"));
        cache("cache", 2).load(new CorpusTexts("corpus", new LineSource(List.of(copy)), LineSource.TEXT), TOKENIZER);
        assertThat(progress).hasSize(3);
        SourceConfig columns = new SourceConfig("tsv", List.of(corpus.toString()), List.of("first"));
        cache("cache", 2).load(new CorpusTexts("corpus", columns.toSource(directory), "first"), TOKENIZER);
        Files.write(corpus, lines(3001));
        Files.setLastModifiedTime(corpus, time);
        cache("cache", 2).load(texts(), TOKENIZER);
        assertThat(progress.size()).isGreaterThanOrEqualTo(4);
        Files.write(corpus, lines(3000));
        Files.setLastModifiedTime(corpus, FileTime.fromMillis(time.toMillis() + 5000));
        int before = progress.size();
        cache("cache", 2).load(texts(), TOKENIZER);
        assertThat(progress).hasSize(before + 1);
        Files.setLastModifiedTime(corpus, time);
        cache("cache", 2).load(texts(), TOKENIZER);
        assertThat(progress).hasSize(before + 1);
    }

    @Test
    void anEditThatKeepsSizeAndTimeIsNoticed() throws IOException {
        long checksum = cache("cache", 2).load(texts(), TOKENIZER).checksum();
        FileTime time = Files.getLastModifiedTime(corpus);
        byte[] text = Files.readAllBytes(corpus);
        byte[] edited = text.clone();
        edited[text.length - 2] ^= 1;
        Files.write(corpus, edited);
        Files.setLastModifiedTime(corpus, time);
        long other = TokenCache.inMemory().load(texts(), TOKENIZER).checksum();
        assertThat(other).isNotEqualTo(checksum);
        assertThat(cache("cache", 2).load(texts(), TOKENIZER).checksum()).isEqualTo(other);
        assertThat(progress).hasSize(2);
        Files.setLastModifiedTime(corpus, time);
        assertThat(cache("cache", 2).load(texts(), TOKENIZER).checksum()).isEqualTo(other);
        assertThat(progress).as("touched alone").hasSize(2);
    }

    /** Tokens of a run, those of its other texts and of files that are none of its cache. */
    @Test
    void theCacheOfOneRunKeepsNoTokensOfFilesThatWereChanged() throws IOException {
        Texts other = new CorpusTexts("corpus-2", new LineSource(List.of(corpus)), LineSource.TEXT);
        cache("shared", 1).load(texts(), TOKENIZER);
        cache("run", 1).replacing().load(texts(), TOKENIZER);
        cache("run", 1).replacing().load(other, TOKENIZER);
        assertThat(directory.resolve("run").toFile().list()).hasSize(2);
        Files.write(corpus, lines(3001));
        cache("shared", 1).load(texts(), TOKENIZER);
        assertThat(directory.resolve("shared").toFile().list())
                .as("others may need it")
                .hasSize(2);
        TokenCache changed = cache("run", 1).replacing();
        assertThat(changed.load(texts(), TOKENIZER).checksum())
                .isEqualTo(TokenCache.inMemory().load(texts(), TOKENIZER).checksum());
        assertThat(directory.resolve("run").toFile().list()).hasSize(2);
        changed.load(other, TOKENIZER);
        assertThat(directory.resolve("run").toFile().list()).hasSize(2);
        int before = progress.size();
        cache("run", 1).replacing().load(texts(), TOKENIZER);
        cache("run", 1).replacing().load(other, TOKENIZER);
        assertThat(progress).hasSize(before);
    }

    @Test
    void aDocumentThatFailsLeavesShardsToGoOnFrom() throws IOException {
        cache("whole", 2).load(texts(), TOKENIZER);
        Tokenizer failing = new WordTokenizer() {
            @Override
            public int[] encode(String text) {
                if (text.startsWith("2009 ")) {
                    throw new DataException("disk on fire");
                }
                return super.encode(text);
            }
        };
        assertThatThrownBy(() -> cache("cut", 2).load(texts(), failing))
                .isInstanceOf(DataException.class)
                .hasMessage("disk on fire");
        assertThat(files("cut")).isNotEmpty().doesNotContainKey("tokens.json");
        List<String> read = new ArrayList<>();
        Tokenizer listening = new WordTokenizer() {
            @Override
            public synchronized int[] encode(String text) {
                read.add(text);
                return super.encode(text);
            }
        };
        cache("cut", 2).load(texts(), listening);
        assertThat(read.size()).as("only what is not stored is read again").isBetween(1100, 2500);
        assertThat(files("cut")).usingRecursiveComparison().isEqualTo(files("whole"));
    }

    @Test
    void aKilledProcessIsTakenUpWithTheSameResult() throws Exception {
        cache("whole", 2).load(texts(), TOKENIZER);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path")
                                + File.pathSeparator
                                + System.getProperty("surefire.test.class.path", ""),
                        SlowTokenizing.class.getName(),
                        corpus.toString(),
                        directory.resolve("killed").toString())
                .inheritIO()
                .start();
        while (process.isAlive() && shards("killed") < 4) {
            Thread.sleep(5);
        }
        process.destroyForcibly();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isNotZero();
        assertThat(files("killed").keySet()).anyMatch(name -> name.endsWith(".tokens.unfinished.json"));

        cache("killed", 2).load(texts(), TOKENIZER);
        assertThat(files("killed")).usingRecursiveComparison().isEqualTo(files("whole"));
    }

    /** Complete shards so far, by the names alone: whoever writes them renames files meanwhile. */
    private long shards(String name) {
        File[] caches = directory.resolve(name).toFile().listFiles();
        return Stream.of(caches == null ? new File[0] : caches)
                .flatMap(cache -> Stream.ofNullable(cache.list()))
                .flatMap(Stream::of)
                .filter(file -> file.endsWith(".tokens"))
                .count();
    }

    /** A process that tokenizes a corpus slowly: {@code corpus cache}. */
    static final class SlowTokenizing {
        private SlowTokenizing() {}

        public static void main(String[] arguments) {
            Tokenizer slow = new WordTokenizer() {
                @Override
                public int[] encode(String text) {
                    try {
                        Thread.sleep(1);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    return super.encode(text);
                }
            };
            Texts texts = new CorpusTexts("corpus", new LineSource(List.of(Path.of(arguments[0]))), LineSource.TEXT);
            new TokenCache(Path.of(arguments[1]), 0, SHARD_BYTES, 2, (name, documents, tokens) -> {}).load(texts, slow);
        }
    }

    @Test
    void aDamagedCacheNamesTheDirectoryToDelete() throws IOException {
        cache("cache", 2).load(texts(), TOKENIZER);
        String shard = files("cache").keySet().stream()
                .filter(name -> name.endsWith(".tokens"))
                .findFirst()
                .orElseThrow();
        Files.delete(directory.resolve("cache").resolve(shard));
        assertThatThrownBy(() -> cache("cache", 2).load(texts(), TOKENIZER))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("is missing")
                .hasMessageContaining(
                        "Delete " + directory.resolve("cache").resolve(shard).getParent());
    }

    @Test
    void smallFilesAndTextInMemoryNeedNoDirectory() {
        TokenCache cache = TokenCache.in(directory.resolve("cache"), (name, documents, tokens) -> progress.add(name));
        assertThat(cache.load(texts(), TOKENIZER)).isInstanceOf(TokenStore.class);
        Texts examples = new CorpusTexts("examples", Source.of(List.of(Example.of("1 2 3", ""))), Example.INPUTS);
        assertThat(cache("cache", 1).load(examples, TOKENIZER)).isInstanceOf(TokenStore.class);
        assertThat(progress).isEmpty();
        assertThat(directory.resolve("cache")).doesNotExist();
    }
}
