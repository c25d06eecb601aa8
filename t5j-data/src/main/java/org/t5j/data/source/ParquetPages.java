package org.t5j.data.source;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.t5j.data.DataException;
import org.xerial.snappy.Snappy;

/** Uncompresses the pages of Parquet files without Hadoop's codecs. */
final class ParquetPages implements CompressionCodecFactory {
    private static final byte[] MAGIC = {'P', 'A', 'R', '1'};

    /** @throws DataException unless the file begins and ends as Parquet does */
    static void checkKind(Path file) {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            TextInput.checkNotEmpty(file, in.length());
            byte[] head = new byte[(int) Math.min(in.length(), FileKind.HEAD)];
            in.readFully(head);
            DataException.check(
                    FileKind.of(head) == FileKind.PARQUET,
                    "Cannot read %s: it is not Parquet, for it begins with %s. Name the format that it has.",
                    file,
                    FileKind.beginning(head));
            byte[] tail = new byte[MAGIC.length];
            in.seek(in.length() - tail.length);
            in.readFully(tail);
            DataException.check(
                    in.length() > 2 * MAGIC.length && Arrays.equals(tail, MAGIC),
                    "Cannot read %s: it does not end as Parquet does (with PAR1). It was cut off; fetch or write it again.",
                    file);
        } catch (IOException e) {
            throw TextInput.broken(file, "at its ends", e);
        }
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
        return new BytesInputDecompressor() {
            @Override
            public BytesInput decompress(BytesInput bytes, int size) throws IOException {
                return codec == CompressionCodecName.UNCOMPRESSED
                        ? bytes
                        : BytesInput.from(
                                uncompressed(codec, bytes.toInputStream().readAllBytes(), size));
            }

            @Override
            public void decompress(ByteBuffer input, int compressedSize, ByteBuffer output, int size)
                    throws IOException {
                byte[] bytes = new byte[compressedSize];
                input.get(bytes);
                output.put(uncompressed(codec, bytes, size));
            }

            @Override
            public void release() {}
        };
    }

    private static byte[] uncompressed(CompressionCodecName codec, byte[] bytes, int size) throws IOException {
        byte[] page =
                switch (codec) {
                    case UNCOMPRESSED -> bytes;
                    case SNAPPY -> Snappy.uncompress(bytes);
                    case GZIP -> gunzip(bytes, size);
                    case ZSTD -> Zstd.decompress(bytes, size);
                    default ->
                        throw new IOException("its pages are packed with " + codec
                                + ", which t5j does not read; write it with snappy, gzip or zstd");
                };
        if (page.length != size) {
            throw new IOException("a page has " + page.length + " bytes instead of " + size);
        }
        return page;
    }

    private static byte[] gunzip(byte[] bytes, int size) throws IOException {
        try (InputStream in = new GzipInput(new ByteArrayInputStream(bytes), 1 << 13)) {
            return in.readNBytes(size);
        }
    }

    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName codec) {
        throw new UnsupportedOperationException("t5j reads Parquet and does not write it");
    }

    @Override
    public void release() {}
}
