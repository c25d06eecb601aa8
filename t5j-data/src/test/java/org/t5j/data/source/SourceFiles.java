package org.t5j.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.t5j.data.DataException;
import org.t5j.data.Example;

/** Files for tests of sources, and what holds for every source. */
final class SourceFiles {
    private final Path directory;

    SourceFiles(Path directory) {
        this.directory = directory;
    }

    Path write(String name, String content) throws IOException {
        return write(name, content.getBytes(StandardCharsets.UTF_8));
    }

    Path write(String name, byte[] content) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, content);
    }

    static byte[] gzip(String content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    static byte[] zstd(String content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new ZstdOutputStream(bytes)) {
            out.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            bytes.writeBytes(part);
        }
        return bytes.toByteArray();
    }

    static Path resource(String name) {
        return Path.of("src/test/resources").resolve(name).toAbsolutePath();
    }

    static List<String> texts(Source source) {
        return source.readAll().stream()
                .map(example -> example.get(LineSource.TEXT))
                .toList();
    }

    /** Starting at every position delivers what reading from the beginning delivers from there. */
    static void assertStartsAnywhere(Source source) {
        List<Example> all = source.readAll();
        for (int position = 0; position <= all.size(); position++) {
            try (ExampleReader reader = source.open(position)) {
                for (int i = position; i < all.size(); i++) {
                    assertThat(reader.position()).isEqualTo(i);
                    assertThat(reader.next()).isEqualTo(all.get(i));
                }
                assertThat(reader.next()).isNull();
            }
        }
        assertThatThrownBy(() -> source.open(all.size() + 1))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("there are only " + all.size());
    }
}
