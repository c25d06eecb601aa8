package org.t5j.data.cache;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.t5j.data.DataException;
import org.t5j.tokenizer.FileReason;

/** A shard that is being written, see {@link TokenShardsInfo.Shard}. */
final class ShardFile {
    private final Path path;
    private final int idBytes;
    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20).order(ByteOrder.LITTLE_ENDIAN);
    private final CRC32C crc = new CRC32C();
    private long[] tokensBefore = new long[1024];
    private int documents;

    ShardFile(Path path, int idBytes) {
        this.path = path;
        this.idBytes = idBytes;
        try {
            // An older file of that name may be mapped by somebody, whose process truncating it would crash.
            Files.deleteIfExists(path);
            channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    int documents() {
        return documents;
    }

    /** Bytes of ids so far. */
    long bytes() {
        return tokensBefore[documents] * idBytes;
    }

    void append(int[] ids) {
        try {
            for (int id : ids) {
                reserve(idBytes);
                if (idBytes == Character.BYTES) {
                    buffer.putChar((char) id);
                } else {
                    buffer.putInt(id);
                }
            }
        } catch (IOException e) {
            throw failed(e);
        }
        if (documents + 1 == tokensBefore.length) {
            tokensBefore = Arrays.copyOf(tokensBefore, 2 * tokensBefore.length);
        }
        tokensBefore[documents + 1] = tokensBefore[documents] + ids.length;
        documents++;
    }

    /** Writes the numbers of ids before each document, and all of it to disk. */
    TokenShardsInfo.Shard finish() {
        try (channel) {
            long tokens = tokensBefore[documents];
            for (long end = tokens * idBytes; end % Long.BYTES != 0; end++) {
                reserve(1);
                buffer.put((byte) 0);
            }
            for (int i = 0; i <= documents; i++) {
                reserve(Long.BYTES);
                buffer.putLong(tokensBefore[i]);
            }
            flush();
            channel.force(true);
            return new TokenShardsInfo.Shard(
                    path.getFileName().toString(), documents, tokens, Long.toHexString(crc.getValue()));
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Closes the file as it is; nobody will read it. */
    void abandon() throws IOException {
        channel.close();
    }

    private void reserve(int bytes) throws IOException {
        if (buffer.remaining() < bytes) {
            flush();
        }
    }

    private void flush() throws IOException {
        buffer.flip();
        crc.update(buffer.duplicate());
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        buffer.clear();
    }

    private DataException failed(IOException e) {
        return new DataException("Cannot write " + path + ": " + FileReason.of(e) + ". Is the disk full?", e);
    }
}
