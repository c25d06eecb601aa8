package org.t5j.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.t5j.data.source.SourceFiles.gzip;
import static org.t5j.data.source.SourceFiles.joined;
import static org.t5j.data.source.SourceFiles.texts;
import static org.t5j.data.source.SourceFiles.zstd;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.t5j.data.DataException;

/** Text packed with gzip and zstd, in one piece and in several, whole and damaged. */
class CompressionTest {
    @TempDir
    Path directory;

    private Source lines(String name, byte[] content) throws IOException {
        return new LineSource(List.of(new SourceFiles(directory).write(name, content)));
    }

    @Test
    void membersAndFramesFollowEachOther() throws IOException {
        byte[] zeros = new byte[512];
        assertThat(texts(lines("a.gz", joined(gzip("one\ntw"), gzip(""), gzip("o\nthree"), zeros))))
                .containsExactly("one", "two", "three");
        byte[] skippable = {0x50, 0x2A, 0x4D, 0x18, 2, 0, 0, 0, 7, 7};
        assertThat(texts(lines("A.ZST", joined(skippable, zstd("one\ntw"), skippable, zstd("o\nthree")))))
                .containsExactly("one", "two", "three");
        SourceFiles.assertStartsAnywhere(lines("b.txt.zst", zstd("one\n\ntwo")));
    }

    @Test
    void everyFieldOfAGzipHeaderIsPassedOver() throws IOException {
        byte[] plain = gzip("text");
        ByteArrayOutputStream full = new ByteArrayOutputStream();
        full.writeBytes(new byte[] {0x1F, (byte) 0x8B, 8, 2 | 4 | 8 | 16, 0, 0, 0, 0, 0, 3});
        full.writeBytes(new byte[] {3, 0, 'x', 'y', 'z'});
        full.writeBytes("name\0comment\0".getBytes(StandardCharsets.US_ASCII));
        CRC32 crc = new CRC32();
        crc.update(full.toByteArray());
        full.write((int) crc.getValue() & 0xFF);
        full.write((int) (crc.getValue() >> 8) & 0xFF);
        full.writeBytes(Arrays.copyOfRange(plain, 10, plain.length));
        for (int buffer : new int[] {1, 3, 100}) {
            try (InputStream in = new GzipInput(new ByteArrayInputStream(full.toByteArray()), buffer)) {
                assertThat(in.readAllBytes()).asString().isEqualTo("text");
            }
        }
    }

    @Test
    void aFileCutAnywhereIsAnError() throws IOException {
        byte[] twoMembers = joined(gzip("one\n"), gzip("two\n"));
        int boundary = gzip("one\n").length;
        for (int length = 1; length < twoMembers.length; length++) {
            if (length != boundary) {
                Source cut = lines("cut.gz", Arrays.copyOf(twoMembers, length));
                assertThatThrownBy(cut::readAll)
                        .isInstanceOf(DataException.class)
                        .hasMessageContaining("Cannot read " + directory.resolve("cut.gz"));
            }
        }
        byte[] frame = zstd("one\ntwo\nthree\n".repeat(100));
        Source cut = lines("cut.zst", Arrays.copyOf(frame, frame.length - 3));
        assertThatThrownBy(cut::readAll)
                .isInstanceOf(DataException.class)
                .hasMessageContaining("Cannot read " + directory.resolve("cut.zst"));
    }

    @Test
    void damageBehindTheFirstMemberIsAnErrorNotTheEnd() throws IOException {
        byte[] second = gzip("two\n");
        second[second.length - 8] ^= 1;
        assertThatThrownBy(lines("a.gz", joined(gzip("one\n"), second))::readAll)
                .isInstanceOf(DataException.class)
                .hasMessageContaining("wrong checksum")
                .hasMessageContaining("fetch");
        assertThatThrownBy(lines("a.gz", joined(gzip("one\n"), "rubbish".getBytes(StandardCharsets.UTF_8)))::readAll)
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no gzip header where one is due");
    }
}
