package org.t5j.core.checkpoint.t5x;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.SoftReference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.t5j.core.FileFailure;
import org.t5j.core.T5Exception;
import org.t5j.core.checkpoint.Dtype;

/**
 * An array that TensorStore keeps in a directory by the zarr 2 format: pieces of one size, each a file such as {@code 0.3},
 * those at the end filled up. Its values are decoded when first asked for, and kept as long as memory allows.
 */
final class ZarrArray implements StoredArray {
    private final Path directory;
    private final ZarrMetadata metadata;
    private SoftReference<float[]> decoded = new SoftReference<>(null);

    ZarrArray(Path directory, ZarrMetadata metadata) {
        this.directory = directory;
        this.metadata = metadata;
    }

    @Override
    public Dtype dtype() {
        return metadata.dtype();
    }

    @Override
    public List<Long> shape() {
        return metadata.shape();
    }

    @Override
    public void read(long from, float[] target, int targetOffset, int count) {
        float[] values = decoded.get();
        if (values == null) {
            values = decode();
            decoded = new SoftReference<>(values);
        }
        System.arraycopy(values, Math.toIntExact(from), target, targetOffset, count);
    }

    @Override
    public long scalar() {
        boolean integer = dtype() == Dtype.I32 || dtype() == Dtype.I64;
        if (!integer || !shape().isEmpty()) {
            throw new T5Exception(
                    directory + " holds " + dtype() + " of shape " + shape() + " where an integer belongs");
        }
        ByteBuffer bytes = piece("0", 1);
        return dtype() == Dtype.I32 ? bytes.getInt() : bytes.getLong();
    }

    /** Of two dimensions at most; fewer count as one row. */
    private float[] decode() {
        int rows = size(metadata.shape(), 0);
        int columns = size(metadata.shape(), 1);
        int pieceRows = size(metadata.chunks(), 0);
        int pieceColumns = size(metadata.chunks(), 1);
        float[] values = new float[Math.multiplyExact(rows, columns)];
        for (int row = 0; row < rows; row += pieceRows) {
            for (int column = 0; column < columns; column += pieceColumns) {
                ByteBuffer piece = piece(name(row / pieceRows, column / pieceColumns), (long) pieceRows * pieceColumns);
                int width = Math.min(pieceColumns, columns - column);
                for (int i = 0; i < Math.min(pieceRows, rows - row); i++) {
                    piece.position(i * pieceColumns * dtype().bits() / 8);
                    for (int j = 0; j < width; j++) {
                        values[(row + i) * columns + column + j] = dtype().readFloat(piece);
                    }
                }
            }
        }
        return values;
    }

    private static int size(List<Long> sizes, int dimension) {
        int missing = 2 - sizes.size();
        return dimension < missing ? 1 : Math.toIntExact(sizes.get(dimension - missing));
    }

    private String name(int row, int column) {
        return switch (metadata.shape().size()) {
            case 0 -> "0";
            case 1 -> Integer.toString(column);
            default -> row + metadata.separator() + column;
        };
    }

    private ByteBuffer piece(String name, long elements) {
        Path file = directory.resolve(name);
        int expected = Math.toIntExact(elements * dtype().bits() / 8);
        byte[] bytes;
        try (InputStream in = decompressed(Files.newInputStream(file))) {
            bytes = in.readNBytes(expected);
            if (bytes.length < expected || in.read() >= 0) {
                throw new T5Exception(file + " must hold " + expected + " bytes of values, found "
                        + (bytes.length < expected ? "only " + bytes.length : "more") + "; copy the checkpoint again");
            }
        } catch (NoSuchFileException e) {
            throw new T5Exception("The checkpoint lacks the file " + file + "; copy all of its directories", e);
        } catch (IOException e) {
            throw new T5Exception(
                    "Cannot read " + file + ": " + FileFailure.reason(e) + "; copy the checkpoint again", e);
        }
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private InputStream decompressed(InputStream in) throws IOException {
        try {
            return switch (metadata.compressor()) {
                case "gzip" -> new GZIPInputStream(in, 1 << 16);
                case "zlib" -> new InflaterInputStream(in);
                default -> in;
            };
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }
}
