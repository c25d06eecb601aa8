package org.t5j.data.cache;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.t5j.data.DataException;
import org.t5j.tokenizer.Tokenizer;

/**
 * Documents in memory-mapped files, which {@link TokenShardWriter} made: {@code <split>.json}, the index ({@link
 * TokenShardsInfo}), and {@code <split>-00000.tokens}, … The system holds in memory what is being read; the heap holds
 * next to nothing. The mapping ends when the object is garbage.
 */
public final class TokenShards implements DocumentStore {
    private final TokenShardsInfo info;
    private final List<MappedShard> shards;
    /** Documents before each shard, and in all. */
    private final long[] documentsBefore;

    private TokenShards(TokenShardsInfo info, List<MappedShard> shards) {
        this.info = info;
        this.shards = shards;
        this.documentsBefore = new long[shards.size() + 1];
        for (int i = 0; i < shards.size(); i++) {
            documentsBefore[i + 1] = documentsBefore[i] + info.shards().get(i).documents();
        }
    }

    /** Whether {@code directory} holds a finished split of that name. */
    public static boolean exist(Path directory, String split) {
        return Files.exists(TokenShardsFiles.index(directory, split));
    }

    /**
     * Maps a split. Reads the index and the sizes of the files, not their contents; {@link #verify} does that.
     *
     * @throws DataException if a file is missing, cut or of another format, or the ids are of another vocabulary
     */
    public static TokenShards open(Path directory, String split, Tokenizer tokenizer) {
        TokenShardsInfo info = info(directory, split);
        String vocabulary = VocabularyFingerprint.of(tokenizer);
        DataException.check(
                info.vocabulary().equals(vocabulary),
                "The token shards of split '%s' in %s are of another vocabulary (%s with %d ids; this one is %s with %d)."
                        + " Use the vocabulary that they were made with, or make them anew.",
                split,
                directory,
                info.vocabulary(),
                info.vocabularySize(),
                vocabulary,
                tokenizer.vocabSize());
        return open(directory, info);
    }

    private static TokenShards open(Path directory, TokenShardsInfo info) {
        TokenShardsFiles.checkSizes(directory, info);
        List<MappedShard> shards = new ArrayList<>();
        for (TokenShardsInfo.Shard shard : info.shards()) {
            shards.add(MappedShard.open(directory, shard, info.idBytes()));
        }
        return new TokenShards(info, shards);
    }

    /**
     * Reads the index of a split alone.
     *
     * @throws DataException if there is none or it is damaged or of another format
     */
    public static TokenShardsInfo info(Path directory, String split) {
        DataException.check(
                exist(directory, split),
                "There are no token shards of split '%s' in %s%s",
                split,
                directory,
                TokenShardsFiles.whyNone(directory));
        return TokenShardsFiles.readIndex(TokenShardsFiles.index(directory, split));
    }

    /**
     * Reads every byte of a split against the checksums of its index.
     *
     * @throws DataException naming the first file that is damaged
     */
    public static void verify(Path directory, String split) {
        TokenShardsInfo info = info(directory, split);
        TokenShardsFiles.checkSizes(directory, info);
        TokenShardsFiles.checkContents(directory, info);
    }

    /** The index. */
    public TokenShardsInfo info() {
        return info;
    }

    @Override
    public long size() {
        return info.documents();
    }

    @Override
    public long tokens() {
        return info.tokens();
    }

    @Override
    public int longest() {
        return info.longest();
    }

    @Override
    public long checksum() {
        return Long.parseUnsignedLong(info.checksum(), 16);
    }

    @Override
    public long tokens(long from, long to) {
        long tokens = 0;
        for (int i = shard(from); i < shards.size() && documentsBefore[i] < to; i++) {
            long first = Math.max(from, documentsBefore[i]) - documentsBefore[i];
            long end = Math.min(to, documentsBefore[i + 1]) - documentsBefore[i];
            tokens += shards.get(i).tokensBefore((int) end) - shards.get(i).tokensBefore((int) first);
        }
        return tokens;
    }

    @Override
    public int length(long document) {
        int i = shard(document);
        return shards.get(i).length((int) (document - documentsBefore[i]));
    }

    @Override
    public void copyInto(long document, int from, int[] target, int at, int count) {
        int i = shard(document);
        shards.get(i).copyInto((int) (document - documentsBefore[i]), from, target, at, count);
    }

    private int shard(long document) {
        int found = Arrays.binarySearch(documentsBefore, document);
        return found >= 0 ? found : -found - 2;
    }
}
