package org.t5j.data.cache;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.t5j.data.DataException;
import org.t5j.tokenizer.FileReason;

/** A shard that is read, see {@link TokenShardsInfo.Shard}. */
final class MappedShard {
    private static final int BLOCK = 512;

    /** One of the two is null. */
    private final CharBuffer narrow;

    private final IntBuffer wide;
    private final LongBuffer tokensBefore;

    private MappedShard(CharBuffer narrow, IntBuffer wide, LongBuffer tokensBefore) {
        this.narrow = narrow;
        this.wide = wide;
        this.tokensBefore = tokensBefore;
    }

    static MappedShard open(Path directory, TokenShardsInfo.Shard shard, int idBytes) {
        Path path = directory.resolve(shard.file());
        try (FileChannel channel = FileChannel.open(path)) {
            ByteBuffer ids = map(channel, 0, shard.tokens() * idBytes);
            ByteBuffer offsets = map(channel, shard.offsetsAt(idBytes), (shard.documents() + 1) * Long.BYTES);
            boolean isNarrow = idBytes == Character.BYTES;
            return new MappedShard(
                    isNarrow ? ids.asCharBuffer() : null, isNarrow ? null : ids.asIntBuffer(), offsets.asLongBuffer());
        } catch (IOException e) {
            throw new DataException("Cannot map " + path + ": " + FileReason.of(e), e);
        }
    }

    private static ByteBuffer map(FileChannel channel, long from, long bytes) throws IOException {
        return channel.map(FileChannel.MapMode.READ_ONLY, from, bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Number of ids before a document, or in all if there is none of that number. */
    long tokensBefore(int document) {
        return tokensBefore.get(document);
    }

    int length(int document) {
        return (int) (tokensBefore.get(document + 1) - tokensBefore.get(document));
    }

    void copyInto(int document, int from, int[] target, int at, int count) {
        int position = (int) tokensBefore.get(document) + from;
        if (wide != null) {
            wide.get(position, target, at, count);
            return;
        }
        char[] block = new char[Math.min(BLOCK, count)];
        for (int done = 0; done < count; done += block.length) {
            int length = Math.min(block.length, count - done);
            narrow.get(position + done, block, 0, length);
            for (int i = 0; i < length; i++) {
                target[at + done + i] = block[i];
            }
        }
    }
}
