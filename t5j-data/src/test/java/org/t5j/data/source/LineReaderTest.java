package org.t5j.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.t5j.data.DataException;

/** Lines of every length, across the ends of the buffer; the limit on their length. */
class LineReaderTest {
    @TempDir
    Path directory;

    @Test
    void findsTheLinesThatTheJdkFinds() throws IOException {
        Random random = new Random(1);
        StringBuilder text = new StringBuilder("first\n");
        for (int line = 0; line < 3_000; line++) {
            int length =
                    random.nextInt(50) == 0 ? random.nextInt(300_000) / (1 + random.nextInt(30)) : random.nextInt(40);
            for (int i = 0; i < length; i++) {
                text.append("ab\u008A\u010Aö ß\u0A0A".charAt(random.nextInt(8)));
            }
            text.append(random.nextBoolean() ? "\n" : "\r\n");
        }
        Path file = Files.writeString(directory.resolve("a.txt"), text + "last");
        List<String> expected = Files.readAllLines(file).stream()
                .filter(line -> !line.isEmpty())
                .toList();
        List<String> found = new ArrayList<>();
        try (LineReader lines = new LineReader(List.of(file), RowRules.DEFAULT.maxBytes())) {
            while (lines.advance()) {
                if (lines.row().length() > 0) {
                    found.add(lines.row().text());
                }
            }
        }
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void aLineThatIsTooLongIsPassedOverInPiecesOfTheBuffer() throws IOException {
        String huge = "x".repeat(3_000_000);
        Path file = Files.writeString(directory.resolve("a.txt"), "one\n" + huge + "\ntwo\n" + huge);
        Source source = new LineSource(List.of(file), new RowRules(OnBadRow.SKIP, 1_000));
        try (ExampleReader reader = source.open(0)) {
            assertThat(reader.next().get("text")).isEqualTo("one");
            assertThat(reader.next().origin()).endsWith("a.txt:3");
            assertThat(reader.next()).isNull();
            assertThat(reader.badRows().examples())
                    .hasSize(2)
                    .first()
                    .asString()
                    .contains("a.txt:2 is longer than 1000 bytes");
        }
    }

    @Test
    void theLimitIsExact() throws IOException {
        Path file = Files.writeString(directory.resolve("a.txt"), "1234567\r\n1234567ö\n");
        Source source = new LineSource(List.of(file), new RowRules(OnBadRow.ERROR, 8));
        try (ExampleReader reader = source.open(0)) {
            assertThat(reader.next().get("text")).isEqualTo("1234567");
            assertThatThrownBy(reader::next)
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("a.txt:2 is longer than 8 bytes")
                    .hasMessageContaining("raise maxRowBytes");
        }
    }

    @Test
    void aCarriageReturnAtTheEndOfTheBufferIsNoEndOfLine() throws IOException {
        for (int before = 263_150; before < 263_170; before++) {
            Path file = Files.writeString(directory.resolve("a.txt"), "x".repeat(before) + "\n12345678\rabc\nlast");
            Source source = new LineSource(List.of(file), new RowRules(OnBadRow.SKIP, 8));
            try (ExampleReader reader = source.open(0)) {
                assertThat(reader.next().get("text")).isEqualTo("last");
                assertThat(reader.badRows().count()).isEqualTo(2);
            }
        }
    }

    @Test
    void aFileWithoutLineEndsNeedsNoMoreMemoryThanTheLimit() throws IOException {
        Path file = directory.resolve("a.txt.zst");
        byte[] block = "x".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
        try (var out = new com.github.luben.zstd.ZstdOutputStream(Files.newOutputStream(file))) {
            for (int i = 0; i < 4_096; i++) {
                out.write(block);
            }
        }
        assertThatThrownBy(new LineSource(List.of(file))::readAll)
                .isInstanceOf(DataException.class)
                .hasMessageContaining("a.txt.zst:1 is longer than 67108864 bytes");
        assertThatThrownBy(new DocumentSource(List.of(file))::readAll)
                .isInstanceOf(DataException.class)
                .hasMessageContaining("a.txt.zst:1 is longer than 67108864 bytes");
    }
}
