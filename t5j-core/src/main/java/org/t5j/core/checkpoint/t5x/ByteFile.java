package org.t5j.core.checkpoint.t5x;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.t5j.core.FileFailure;
import org.t5j.core.T5Exception;

/** A file read from its start in small pieces, and anywhere in large ones. It may be larger than 2 GB. */
final class ByteFile implements Closeable {
    private static final int MAX_TEXT = 1 << 16;

    private final Path path;
    private final FileChannel channel;
    private final long size;
    private final ByteBuffer window = ByteBuffer.allocate(1 << 16).limit(0);
    private long windowStart;
    private long position;

    private ByteFile(Path path, FileChannel channel) throws IOException {
        this.path = path;
        this.channel = channel;
        this.size = channel.size();
    }

    /** @throws T5Exception where the file cannot be read */
    static ByteFile open(Path path) {
        try {
            return new ByteFile(path, FileChannel.open(path));
        } catch (IOException e) {
            throw new T5Exception("Cannot read " + path + ": " + FileFailure.reason(e), e);
        }
    }

    Path path() {
        return path;
    }

    long position() {
        return position;
    }

    long remaining() {
        return size - position;
    }

    /** The next byte, unsigned. */
    int next() {
        require(1);
        if (position < windowStart || position >= windowStart + window.limit()) {
            windowStart = position;
            window.clear().limit((int) Math.min(window.capacity(), remaining()));
            read(position, window);
        }
        return window.get((int) (position++ - windowStart)) & 0xff;
    }

    /** The next {@code bytes} bytes as a big-endian number: signed for 8, else unsigned. */
    long nextNumber(int bytes) {
        long number = 0;
        for (int i = 0; i < bytes; i++) {
            number = number << 8 | next();
        }
        return number;
    }

    String nextText(long length) {
        require(length);
        if (length > MAX_TEXT) {
            throw damaged("a name of " + length + " bytes");
        }
        byte[] bytes = new byte[(int) length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) next();
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Passes over bytes and says where they start. */
    long skip(long length) {
        require(length);
        long start = position;
        position += length;
        return start;
    }

    private void require(long length) {
        if (length > remaining()) {
            throw damaged(length + " bytes where " + remaining() + " are left");
        }
    }

    /** Fills {@code target} up to its limit and makes it ready to be read. */
    void read(long from, ByteBuffer target) {
        try {
            while (target.hasRemaining()) {
                if (channel.read(target, from + target.position()) < 0) {
                    throw new T5Exception(path + " became shorter while it was read");
                }
            }
            target.flip();
        } catch (IOException e) {
            throw new T5Exception("Cannot read " + path + ": " + FileFailure.reason(e), e);
        }
    }

    T5Exception damaged(String found) {
        return new T5Exception(
                path + " is no whole T5X checkpoint: at byte " + position + " it has " + found + "; copy it again");
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new T5Exception("Cannot close " + path + ": " + FileFailure.reason(e), e);
        }
    }
}
