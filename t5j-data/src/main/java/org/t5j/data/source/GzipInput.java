package org.t5j.data.source;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Uncompresses gzip (RFC 1952), one member after the other. Unlike {@link java.util.zip.GZIPInputStream}, it takes damage
 * behind the first member for what it is, not for the end; zeros behind the last, as tapes leave them, are passed over.
 */
final class GzipInput extends InputStream {
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int HEADER_CRC = 2;

    private final InputStream in;
    private final byte[] buffer;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private int next;
    private int limit;
    private boolean inMember;

    GzipInput(InputStream in, int bufferSize) {
        this.in = in;
        this.buffer = new byte[bufferSize];
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int at, int count) throws IOException {
        if (count == 0) {
            return 0;
        }
        try {
            while (inMember || startMember()) {
                int read = inflater.inflate(target, at, count);
                if (read > 0) {
                    crc.update(target, at, read);
                    return read;
                }
                if (inflater.finished()) {
                    endMember();
                } else if (inflater.needsInput()) {
                    fill();
                    inflater.setInput(buffer, next, limit - next);
                    next = limit;
                } else {
                    throw damaged("asks for a dictionary");
                }
            }
            return -1;
        } catch (DataFormatException e) {
            throw new IOException(damaged(e.getMessage()).getMessage(), e);
        }
    }

    /** Reads a member's header; false at the end of the file. */
    private boolean startMember() throws IOException {
        int first = peek();
        while (first == 0) {
            next++;
            first = peek();
        }
        if (first < 0) {
            return false;
        }
        if (octet() != 0x1F || octet() != 0x8B || octet() != 8) {
            throw damaged("no gzip header where one is due");
        }
        int flags = octet();
        skip(6);
        if ((flags & EXTRA) != 0) {
            skip(octet() | octet() << 8);
        }
        for (int text : new int[] {NAME, COMMENT}) {
            while ((flags & text) != 0 && octet() != 0) {
                // passing over a text that ends with a zero
            }
        }
        skip((flags & HEADER_CRC) != 0 ? 2 : 0);
        inflater.reset();
        inflater.setInput(buffer, next, limit - next);
        next = limit;
        crc.reset();
        inMember = true;
        return true;
    }

    private void endMember() throws IOException {
        next = limit - inflater.getRemaining();
        long length = inflater.getBytesWritten() & 0xFFFFFFFFL;
        if (number() != crc.getValue() || number() != length) {
            throw damaged("wrong checksum");
        }
        inMember = false;
    }

    private static IOException damaged(String how) {
        return new IOException("the gzip data are wrong (" + how + ")");
    }

    private long number() throws IOException {
        return octet() | octet() << 8 | octet() << 16 | (long) octet() << 24;
    }

    private void skip(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            octet();
        }
    }

    private int octet() throws IOException {
        if (next == limit) {
            fill();
        }
        return buffer[next++] & 0xFF;
    }

    private int peek() throws IOException {
        return next < limit || refill() ? buffer[next] & 0xFF : -1;
    }

    private void fill() throws IOException {
        if (!refill()) {
            throw new EOFException("the gzip data end in the middle");
        }
    }

    private boolean refill() throws IOException {
        next = 0;
        limit = Math.max(0, in.read(buffer, 0, buffer.length));
        return limit > 0;
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        in.close();
    }
}
