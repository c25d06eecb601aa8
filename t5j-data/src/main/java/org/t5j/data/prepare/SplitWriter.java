package org.t5j.data.prepare;

import java.nio.file.Path;
import org.t5j.data.cache.TokenShardWriter;
import org.t5j.data.cache.TokenShards;
import org.t5j.data.cache.TokenShardsInfo;
import org.t5j.tokenizer.Tokenizer;

/** Counts a split's documents and stores their ids, if ids are wanted and not stored yet. For one thread. */
final class SplitWriter implements AutoCloseable {
    private final TokenShardWriter writer;
    private TokenShardsInfo info;
    private long documents;
    private long characters;

    /**
     * @param tokenizer null where no ids are wanted
     * @param origin fingerprint of everything that the ids depend on
     */
    SplitWriter(Path directory, String split, Tokenizer tokenizer, String origin) {
        boolean finished = tokenizer != null
                && TokenShards.exist(directory, split)
                && TokenShards.info(directory, split).origin().equals(origin);
        info = finished ? TokenShards.info(directory, split) : null;
        writer = tokenizer == null || finished ? null : TokenShardWriter.open(directory, split, tokenizer, origin);
    }

    /** Position of the first document whose ids are wanted. */
    long resumeAt() {
        return writer == null ? Long.MAX_VALUE : writer.resumeAt();
    }

    /** @param ids null if they are stored already or not wanted */
    void add(long position, int length, int[] ids) {
        documents++;
        characters += length;
        if (ids != null) {
            writer.append(position, ids);
        }
    }

    /** All documents were added. */
    void commit() {
        if (writer != null && documents > 0) {
            info = writer.commit();
        }
    }

    long documents() {
        return documents;
    }

    long characters() {
        return characters;
    }

    /** The index of the ids; null if there are none. */
    TokenShardsInfo info() {
        return info;
    }

    @Override
    public void close() {
        if (writer != null) {
            writer.close();
        }
    }
}
