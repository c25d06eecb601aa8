package org.t5j.data.prepare;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.t5j.data.DataException;
import org.t5j.data.clean.Document;
import org.t5j.data.clean.Removals;
import org.t5j.tokenizer.FileReason;

/**
 * Cleaned documents that follow each other in the corpus, in files: their texts and origins, where each begins, and what
 * was removed on the way.
 *
 * @param directory where the files stand
 * @param number 0, 1, …
 * @param summary what is known of the block
 */
record Block(Path directory, int number, Summary summary) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * What is known of a block.
     *
     * @param firstDocument number of cleaned documents before it
     * @param documents number of its documents
     * @param read documents that were read for it
     * @param charactersRead characters of these
     * @param badRows rows that were passed over, see {@link org.t5j.data.source.OnBadRow}
     * @param next position in the source behind it
     * @param last whether the source ends there
     * @param removed what each rule removed
     */
    record Summary(
            long firstDocument,
            int documents,
            long read,
            long charactersRead,
            long badRows,
            long next,
            boolean last,
            Map<String, Removals.Removed> removed) {}

    private static Path file(Path directory, int number, String what) {
        return directory.resolve(String.format("block-%05d.%s", number, what));
    }

    /** A file of this block that a stage makes. */
    Path file(String what) {
        return file(directory, number, what);
    }

    /** The blocks that are finished, in order. */
    static List<Block> finished(Path directory) {
        List<Block> blocks = new ArrayList<>();
        while (Files.exists(file(directory, blocks.size(), "json"))) {
            Path summary = file(directory, blocks.size(), "json");
            try {
                blocks.add(new Block(directory, blocks.size(), JSON.readValue(summary.toFile(), Summary.class)));
            } catch (IOException e) {
                throw new DataException(
                        "Cannot read " + summary + ": " + FileReason.of(e)
                                + ". Delete the output directory and prepare anew.",
                        e);
            }
        }
        return blocks;
    }

    /** Writes a block; its summary last, which makes it finished. */
    static Block write(Path directory, int number, Summary summary, List<byte[]> texts, List<String> origins) {
        Block block = new Block(directory, number, summary);
        AtomicFile.write(block.file("text"), out -> {
            for (byte[] text : texts) {
                out.write(text);
            }
        });
        AtomicFile.write(block.file("ends"), out -> {
            int end = 0;
            for (byte[] text : texts) {
                end += text.length;
                out.writeInt(end);
            }
        });
        AtomicFile.write(block.file("origins"), out -> {
            for (String origin : origins) {
                out.writeUTF(origin);
            }
        });
        AtomicFile.write(block.file("json"), out -> out.write(JSON.writeValueAsBytes(summary)));
        return block;
    }

    /** Reads the block's documents one after the other. */
    final class Reader implements AutoCloseable {
        private final DataInputStream texts = open("text");
        private final DataInputStream ends = open("ends");
        private final DataInputStream origins = open("origins");
        private int end;

        /** The next document; there are as many as the summary says. */
        Document next() {
            try {
                int start = end;
                end = ends.readInt();
                byte[] text = texts.readNBytes(end - start);
                return new Document(new String(text, StandardCharsets.UTF_8), origins.readUTF());
            } catch (IOException e) {
                throw unreadable(e);
            }
        }

        @Override
        public void close() {
            try (texts;
                    ends;
                    origins) {
                end = 0;
            } catch (IOException e) {
                throw unreadable(e);
            }
        }
    }

    Reader reader() {
        return new Reader();
    }

    /** Reads a file of this block. */
    DataInputStream open(String what) {
        try {
            return new DataInputStream(new BufferedInputStream(Files.newInputStream(file(what)), 1 << 16));
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private DataException unreadable(IOException e) {
        return new DataException(
                "Cannot read " + file("*") + ": " + FileReason.of(e)
                        + ". Delete the output directory and prepare anew.",
                e);
    }

    /** Any document of the block, for any thread. */
    static final class RandomAccess {
        private final MappedByteBuffer texts;
        private final MappedByteBuffer ends;

        RandomAccess(Block block) {
            texts = map(block.file("text"));
            ends = map(block.file("ends"));
        }

        String text(int index) {
            int start = index == 0 ? 0 : ends.getInt(Integer.BYTES * (index - 1));
            byte[] bytes = new byte[ends.getInt(Integer.BYTES * index) - start];
            texts.get(start, bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    /** A file of this block in memory as the system sees fit. */
    static MappedByteBuffer map(Path file) {
        try (FileChannel channel = FileChannel.open(file)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
        } catch (IOException e) {
            throw new DataException("Cannot read " + file + ": " + FileReason.of(e), e);
        }
    }
}
