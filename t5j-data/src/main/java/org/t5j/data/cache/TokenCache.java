package org.t5j.data.cache;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.t5j.data.DataException;
import org.t5j.data.DirectoryTree;
import org.t5j.data.Example;
import org.t5j.data.source.BadRows;
import org.t5j.data.source.ExampleReader;
import org.t5j.data.source.FilePatterns;
import org.t5j.tokenizer.FileReason;
import org.t5j.tokenizer.Tokenizer;

/**
 * Tokenizes texts once: what comes from small files is kept in memory, what comes from large ones in {@link TokenShards}
 * of a directory, where it is found again.
 *
 * <p>It is found by a fingerprint of the files' names, sizes and times of modification, how their rows are judged, the
 * vocabulary, and the ids of the first examples, and is made anew where the files' contents are not what they were. A
 * preprocessor that was changed such that only later examples differ goes unnoticed: delete the directory then.
 */
public final class TokenCache {
    /** Bytes of files whose tokens are kept in memory at most. */
    public static final long MEMORY_BYTES = 64L << 20;

    private static final String SPLIT = "tokens";
    private static final int SAMPLE_EXAMPLES = 256;
    private static final int SAMPLE_TOKENS = 1 << 16;
    private static final long PROGRESS_NANOS = 5_000_000_000L;

    /** Is told of work that takes long. */
    public interface Progress {

        /**
         * So much is tokenized; told every few seconds, and at the end.
         *
         * @param name of the texts
         */
        void tokenized(String name, long documents, long tokens);

        /**
         * Bad rows were skipped, now or when the tokens that are found in the cache were made; told once for each of the
         * texts, and only if there are some.
         *
         * @param name of the texts
         */
        default void skipped(String name, BadRows rows) {}
    }

    private final Path directory;
    private final long memoryBytes;
    private final long shardBytes;
    private final int threads;
    private final Progress progress;
    private final boolean replacing;
    private final Set<Path> inUse = new HashSet<>();

    TokenCache(Path directory, long memoryBytes, long shardBytes, int threads, Progress progress) {
        this(directory, memoryBytes, shardBytes, threads, progress, false);
    }

    private TokenCache(
            Path directory, long memoryBytes, long shardBytes, int threads, Progress progress, boolean replacing) {
        this.directory = directory;
        this.memoryBytes = memoryBytes;
        this.shardBytes = shardBytes;
        this.threads = threads;
        this.progress = progress;
        this.replacing = replacing;
    }

    /**
     * This cache as that of one run alone: where texts of a name have to be tokenized anew, because files were changed,
     * their earlier tokens are deleted.
     */
    public TokenCache replacing() {
        return new TokenCache(directory, memoryBytes, shardBytes, threads, progress, true);
    }

    /** Keeps everything in memory. */
    public static TokenCache inMemory() {
        return inMemory(processors());
    }

    /**
     * Keeps everything in memory.
     *
     * @param threads to tokenize with, at least 1; with 1 it is done by the calling thread
     */
    public static TokenCache inMemory(int threads) {
        DataException.check(threads >= 1, "Tokenizing takes at least 1 thread, found %d.", threads);
        return new TokenCache(null, Long.MAX_VALUE, 0, threads, (name, documents, tokens) -> {});
    }

    /**
     * Keeps the tokens of more than {@value #MEMORY_BYTES} bytes of files in a directory.
     *
     * @param directory made when it is needed
     * @param progress told while files are tokenized for the directory
     */
    public static TokenCache in(Path directory, Progress progress) {
        return new TokenCache(directory, MEMORY_BYTES, TokenShardWriter.SHARD_BYTES, processors(), progress);
    }

    private static int processors() {
        return Runtime.getRuntime().availableProcessors();
    }

    /**
     * The documents of some texts; there may be none.
     *
     * @throws DataException if they cannot be read
     */
    public DocumentStore load(Texts texts, Tokenizer tokenizer) {
        texts.files().forEach(FilePatterns::checkReadable);
        if (bytes(texts) <= memoryBytes) {
            TokenStore store = new TokenStore(tokenizer.vocabSize());
            tellSkipped(
                    texts,
                    new ParallelEncoder(texts, tokenizer, threads).encode(0, (position, ids) -> store.append(ids)));
            return store;
        }
        String key = key(texts, tokenizer);
        String name = texts.name().replaceAll("[^A-Za-z0-9._-]", "_");
        Path shards = directory.resolve(name + "-" + key);
        inUse.add(shards);
        if (!SourceContents.keep(shards, texts.files())) {
            TokenShardWriter.discard(shards, SPLIT);
        }
        if (!TokenShards.exist(shards, SPLIT)) {
            tokenize(texts, tokenizer, shards, key);
            deleteEarlier(name);
        }
        if (!TokenShards.exist(shards, SPLIT)) {
            return new TokenStore(tokenizer.vocabSize());
        }
        TokenShards found = open(shards, tokenizer);
        tellSkipped(texts, found.info().skipped());
        return found;
    }

    private static TokenShards open(Path shards, Tokenizer tokenizer) {
        try {
            return TokenShards.open(shards, SPLIT, tokenizer);
        } catch (DataException e) {
            throw new DataException(e.getMessage() + " Delete " + shards + "; it will be made when it is needed.", e);
        }
    }

    private void tokenize(Texts texts, Tokenizer tokenizer, Path shards, String key) {
        try (TokenShardWriter writer = TokenShardWriter.open(shards, SPLIT, tokenizer, key, shardBytes)) {
            long[] told = {System.nanoTime()};
            long first = writer.resumeAt() / texts.documentsPerExample();
            BadRows skipped = new ParallelEncoder(texts, tokenizer, threads).encode(first, (position, ids) -> {
                writer.append(position, ids);
                if (System.nanoTime() - told[0] > PROGRESS_NANOS) {
                    told[0] = System.nanoTime();
                    progress.tokenized(texts.name(), writer.documents(), writer.tokens());
                }
            });
            if (writer.documents() > 0) {
                writer.commit(skipped);
            }
            progress.tokenized(texts.name(), writer.documents(), writer.tokens());
        }
    }

    private void deleteEarlier(String name) {
        if (!replacing) {
            return;
        }
        Pattern entries = Pattern.compile(Pattern.quote(name) + "-[0-9a-f]{16}");
        try (Stream<Path> files = Files.list(directory)) {
            files.filter(entry ->
                            entries.matcher(entry.getFileName().toString()).matches() && !inUse.contains(entry))
                    .toList()
                    .forEach(DirectoryTree::delete);
        } catch (IOException e) {
            throw unreadable(directory, e);
        }
    }

    private void tellSkipped(Texts texts, BadRows rows) {
        if (rows.count() > 0) {
            progress.skipped(texts.name(), rows);
        }
    }

    private static long bytes(Texts texts) {
        long bytes = 0;
        for (Path file : texts.files()) {
            try {
                bytes += Files.size(file);
            } catch (IOException e) {
                throw unreadable(file, e);
            }
        }
        return bytes;
    }

    private static String key(Texts texts, Tokenizer tokenizer) {
        MessageDigest digest = VocabularyFingerprint.sha256();
        update(digest, VocabularyFingerprint.of(tokenizer));
        for (Path file : texts.files()) {
            try {
                update(digest, file.toAbsolutePath().normalize().toString());
                update(
                        digest,
                        Files.size(file) + " " + Files.getLastModifiedTime(file).toMillis());
            } catch (IOException e) {
                throw unreadable(file, e);
            }
        }
        update(digest, texts.rules().toString());
        updateBySample(digest, texts, tokenizer);
        return HexFormat.of().formatHex(digest.digest(), 0, 8);
    }

    /** The first ids tell format, columns and preprocessors apart. */
    private static void updateBySample(MessageDigest digest, Texts texts, Tokenizer tokenizer) {
        try (ExampleReader reader = texts.open()) {
            int tokens = 0;
            for (int i = 0; i < SAMPLE_EXAMPLES && tokens < SAMPLE_TOKENS; i++) {
                Example example = reader.next();
                if (example == null) {
                    return;
                }
                for (int[] ids : texts.encode(example, tokenizer)) {
                    ByteBuffer bytes = ByteBuffer.allocate((ids.length + 1) * Integer.BYTES);
                    bytes.putInt(ids.length).asIntBuffer().put(ids);
                    digest.update(bytes.array());
                    tokens += ids.length;
                }
            }
        }
    }

    private static void update(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }

    private static DataException unreadable(Path file, IOException e) {
        return new DataException("Cannot read " + file + ": " + FileReason.of(e), e);
    }
}
