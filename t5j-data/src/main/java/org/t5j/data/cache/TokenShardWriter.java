package org.t5j.data.cache;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.t5j.data.DataException;
import org.t5j.data.source.BadRows;
import org.t5j.tokenizer.FileReason;
import org.t5j.tokenizer.Tokenizer;

/**
 * Writes {@link TokenShards}: the shards of a split one after the other, the index last. Killed in between it goes on
 * behind the last shard that was finished:
 *
 * <pre>{@code
 * try (TokenShardWriter writer = TokenShardWriter.open(directory, "train", tokenizer, origin);
 *         ExampleReader reader = source.open(writer.resumeAt())) {
 *     for (long at = writer.resumeAt(); …; at++) {
 *         writer.append(at, tokenizer.encode(text));
 *     }
 *     writer.commit();
 * }
 * }</pre>
 *
 * <p>For one thread. A shard has 256 MiB of ids or 1,048,576 documents at most, but at least one document.
 */
public final class TokenShardWriter implements AutoCloseable {
    static final long SHARD_BYTES = 256L << 20;
    static final int SHARD_DOCUMENTS = 1 << 20;

    private final Path directory;
    private final String split;
    private final long shardBytes;
    private final FileChannel lockFile;
    private final List<TokenShardsInfo.Shard> shards;
    private final DocumentChecksum checksum;
    private final long resumeAt;
    private TokenShardsInfo info;
    private ShardFile shard;
    private long documents;
    private long tokens;
    private int longest;
    private long next;

    private TokenShardWriter(Path directory, String split, TokenShardsInfo fresh, long shardBytes) {
        this.directory = directory;
        this.split = split;
        this.shardBytes = shardBytes;
        this.lockFile = lock(directory, split);
        TokenShardsFiles.delete(TokenShardsFiles.index(directory, split));
        this.info = resumable(fresh);
        this.shards = new ArrayList<>(info.shards());
        this.checksum = new DocumentChecksum(Long.parseUnsignedLong(info.checksum(), 16));
        this.documents = info.documents();
        this.tokens = info.tokens();
        this.longest = info.longest();
        this.next = info.next();
        this.resumeAt = next;
    }

    /**
     * Starts to write a split, or goes on where a writer of the same vocabulary and origin was killed. A finished split
     * of that name is given up.
     *
     * @param directory made if it does not exist
     * @param origin what the documents are made from, in words or as a fingerprint; other origins do not continue
     *     each other
     * @throws DataException if the directory cannot be written or another process writes the split
     */
    public static TokenShardWriter open(Path directory, String split, Tokenizer tokenizer, String origin) {
        return open(directory, split, tokenizer, origin, SHARD_BYTES);
    }

    static TokenShardWriter open(Path directory, String split, Tokenizer tokenizer, String origin, long shardBytes) {
        return new TokenShardWriter(directory, split, TokenShardsInfo.empty(tokenizer, origin), shardBytes);
    }

    /** Deletes the empty file by which writers keep each other out, where the caller knows that there is none. */
    public static void deleteLock(Path directory, String split) {
        TokenShardsFiles.delete(TokenShardsFiles.lock(directory, split));
    }

    /** Deletes all of a split, finished or not, where the caller knows that nobody writes it. */
    public static void discard(Path directory, String split) {
        TokenShardsFiles.delete(TokenShardsFiles.index(directory, split));
        TokenShardsFiles.deleteStale(directory, split, List.of());
        deleteLock(directory, split);
    }

    private static FileChannel lock(Path directory, String split) {
        Path file = TokenShardsFiles.lock(directory, split);
        try {
            Files.createDirectories(directory);
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (isFree(channel)) {
                return channel;
            }
            channel.close();
        } catch (IOException e) {
            throw new DataException("Cannot write token shards to " + directory + ": " + FileReason.of(e), e);
        }
        throw new DataException("Another process writes the token shards of split '" + split + "' in " + directory
                + ". Wait for it, or name another directory.");
    }

    private static boolean isFree(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException thisProcess) {
            return false;
        }
    }

    /** The shards that are finished already, if they are whole and of the same vocabulary and origin. */
    private TokenShardsInfo resumable(TokenShardsInfo fresh) {
        Path journal = TokenShardsFiles.journal(directory, split);
        if (!Files.exists(journal)) {
            return fresh;
        }
        try {
            TokenShardsInfo found = TokenShardsFiles.readIndex(journal);
            TokenShardsFiles.checkSizes(directory, found);
            if (fresh.continues(found)) {
                return found;
            }
        } catch (DataException damaged) {
            // Nothing can be continued, as with an index of something else.
        }
        TokenShardsFiles.delete(journal);
        return fresh;
    }

    /** Position of the first document that is not stored yet: where the caller may begin. */
    public long resumeAt() {
        return resumeAt;
    }

    /** Number of documents stored, those of an earlier process included. */
    public long documents() {
        return documents;
    }

    /** Number of ids stored, likewise. */
    public long tokens() {
        return tokens;
    }

    /** Stores a document whose position is the number of documents before it. */
    public void append(int[] ids) {
        append(next, ids);
    }

    /**
     * Stores a document; one that is stored already, because it stands before {@link #resumeAt()}, is passed over.
     *
     * @param position of the document in what is read, ascending from call to call; not every position need have one
     * @param ids without an end-of-sequence token; may be empty
     */
    public void append(long position, int[] ids) {
        if (position < resumeAt) {
            return;
        }
        DataException.check(
                position >= next, "A document at position %d follows one at position %d.", position, next - 1);
        long bytes = (long) ids.length * info.idBytes();
        DataException.check(
                bytes <= 1 << 30,
                "Document %d has %d tokens, but token shards hold documents of at most %d. Split it.",
                position,
                ids.length,
                (1 << 30) / info.idBytes());
        if (shard != null && (shard.bytes() + bytes > shardBytes || shard.documents() == SHARD_DOCUMENTS)) {
            finishShard();
        }
        if (shard == null) {
            shard = new ShardFile(TokenShardsFiles.shard(directory, split, shards.size()), info.idBytes());
        }
        shard.append(ids);
        documents++;
        tokens += ids.length;
        longest = Math.max(longest, ids.length);
        next = position + 1;
        checksum.add(ids, documents);
    }

    private void finishShard() {
        shards.add(shard.finish());
        shard = null;
        info = new TokenShardsInfo(
                info.format(),
                info.version(),
                info.madeBy(),
                info.vocabulary(),
                info.vocabularySize(),
                info.origin(),
                documents,
                tokens,
                longest,
                next,
                Long.toHexString(checksum.value()),
                info.skipped(),
                shards);
        TokenShardsFiles.writeIndex(TokenShardsFiles.journal(directory, split), info);
    }

    /** {@link #commit(BadRows)} where no row was skipped. */
    public TokenShardsInfo commit() {
        return commit(BadRows.NONE);
    }

    /**
     * Finishes the last shard and writes the index; until then there is no split to open.
     *
     * @param skipped bad rows among those that the documents were made from, for the index
     * @return the index
     * @throws DataException if nothing was appended or the disk is full
     */
    public TokenShardsInfo commit(BadRows skipped) {
        DataException.check(
                documents > 0, "Split '%s' for %s has no documents; there is nothing to store.", split, directory);
        if (shard != null) {
            finishShard();
        }
        info = info.withSkipped(skipped);
        TokenShardsFiles.writeIndex(TokenShardsFiles.index(directory, split), info);
        TokenShardsFiles.deleteStale(directory, split, shards);
        return info;
    }

    /** Ends writing. Without {@link #commit}, finished shards are kept to go on from. */
    @Override
    public void close() {
        try (lockFile) {
            if (shard != null) {
                shard.abandon();
            }
        } catch (IOException e) {
            throw new DataException("Cannot close token shards in " + directory + ": " + FileReason.of(e), e);
        }
    }
}
