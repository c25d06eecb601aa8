package org.t5j.data.cache;

import java.util.List;
import org.t5j.data.DataException;
import org.t5j.data.Version;
import org.t5j.data.source.BadRows;
import org.t5j.tokenizer.Tokenizer;

/**
 * The index of {@link TokenShards}, a JSON file that is written last.
 *
 * @param format {@value #FORMAT}
 * @param version of the format, {@value #VERSION}
 * @param madeBy version of t5j
 * @param vocabulary fingerprint of the vocabulary that the ids belong to, see {@link VocabularyFingerprint}
 * @param vocabularySize number of its ids
 * @param origin what the documents were made from, in words or as a fingerprint of the maker's choice
 * @param documents number of documents
 * @param tokens number of ids
 * @param longest length of the longest document
 * @param next position that follows the last document in what they were made from, see {@link TokenShardWriter#append(long,
 *     int[])}
 * @param checksum of the documents, see {@link DocumentStore#checksum()}; hexadecimal
 * @param skipped bad rows that the makers passed over
 * @param shards the files, in order
 */
public record TokenShardsInfo(
        String format,
        int version,
        String madeBy,
        String vocabulary,
        int vocabularySize,
        String origin,
        long documents,
        long tokens,
        int longest,
        long next,
        String checksum,
        BadRows skipped,
        List<Shard> shards) {

    /** What the index calls itself. */
    public static final String FORMAT = "t5j token shards";

    /** The format that this version of t5j reads and writes. */
    public static final int VERSION = 1;

    /**
     * A file of ids: those of its documents one after the other, little-endian, then zeros up to a multiple of 8 bytes,
     * then the number of ids before each document and in all, 8 bytes each.
     *
     * @param file its name
     * @param documents number of documents
     * @param tokens number of ids
     * @param crc32c CRC-32C of the whole file, hexadecimal
     */
    public record Shard(String file, long documents, long tokens, String crc32c) {

        /** Where the numbers of ids begin, in bytes. */
        long offsetsAt(int idBytes) {
            return (tokens * idBytes + Long.BYTES - 1) / Long.BYTES * Long.BYTES;
        }

        /** Length of the file in bytes. */
        long bytes(int idBytes) {
            return offsetsAt(idBytes) + (documents + 1) * Long.BYTES;
        }
    }

    public TokenShardsInfo {
        DataException.check(
                shards != null && vocabulary != null && origin != null && checksum != null,
                "An index of token shards lacks its vocabulary, origin, checksum or shards.");
        skipped = skipped == null ? BadRows.NONE : skipped;
        shards = List.copyOf(shards);
        DataException.check(
                shards.stream().mapToLong(Shard::documents).sum() == documents
                        && shards.stream().mapToLong(Shard::tokens).sum() == tokens,
                "An index of token shards counts %d documents and %d tokens, but its shards hold others.",
                documents,
                tokens);
    }

    /** The index of no documents yet. */
    static TokenShardsInfo empty(Tokenizer tokenizer, String origin) {
        return new TokenShardsInfo(
                FORMAT,
                VERSION,
                Version.T5J,
                VocabularyFingerprint.of(tokenizer),
                tokenizer.vocabSize(),
                origin,
                0,
                0,
                0,
                0,
                "0",
                BadRows.NONE,
                List.of());
    }

    TokenShardsInfo withSkipped(BadRows rows) {
        return new TokenShardsInfo(
                format,
                version,
                madeBy,
                vocabulary,
                vocabularySize,
                origin,
                documents,
                tokens,
                longest,
                next,
                checksum,
                rows,
                shards);
    }

    /** Bytes of an id: 2, or 4 if the vocabulary has more than 65,536. */
    public int idBytes() {
        return vocabularySize <= 1 << Character.SIZE ? Character.BYTES : Integer.BYTES;
    }

    /** Whether shards of the other index can be continued as those of this one. */
    boolean continues(TokenShardsInfo other) {
        return vocabulary.equals(other.vocabulary)
                && vocabularySize == other.vocabularySize
                && origin.equals(other.origin);
    }
}
