package org.t5j.core.checkpoint.t5x;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.t5j.core.T5Config;
import org.t5j.core.T5Exception;
import org.t5j.core.checkpoint.TensorSource;
import org.t5j.core.checkpoint.TensorStatistics;

/**
 * A checkpoint whose arrays stand in directories, as TensorStore 0.1 wrote them: compressed by gzip, by zlib and not at all, in
 * pieces that do not divide them; the msgpack file is flax's.
 */
class TensorStoreTest {
    private static final String TABLE = "target.token_embedder.embedding";
    private static final String ZLIB = "target.encoder.layers_0.mlp.wi.kernel";
    private static final T5Config CONFIG = T5Config.builder()
            .vocabSize(48)
            .dModel(10)
            .dKv(3)
            .dFf(14)
            .layers(1, 1)
            .numHeads(4)
            .build();

    @TempDir
    Path directory;

    private Path checkpoint;

    @BeforeEach
    void unpack() throws IOException {
        try (InputStream in = TensorStoreTest.class.getResourceAsStream("/t5x/tensorstore.zip");
                ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = directory.resolve(entry.getName());
                Files.createDirectories(file.getParent());
                Files.copy(zip, file);
            }
        }
        checkpoint = directory.resolve("checkpoint_7");
    }

    private static float[] all(TensorSource source, String name) {
        float[] values = new float[(int) source.entry(name).elements()];
        source.readFloats(name, 0, values, 0, values.length);
        return values;
    }

    private void assertRead(Path path) {
        try (T5xCheckpoint t5x = T5xCheckpoint.open(path, Optional.empty())) {
            assertThat(t5x.config()).isEqualTo(CONFIG);
            assertThat(t5x.steps()).isEqualTo(7);
            T5xFiles.shapes(CONFIG).forEach((name, shape) -> {
                T5xName here = T5xName.of(name).orElseThrow();
                float[] expected = T5xFiles.marked(name, shape).values();
                assertThat(all(t5x.weights(), here.name()))
                        .as(name)
                        .isEqualTo(here.transposed() ? T5xFiles.transposed(expected, shape) : expected);
            });
            String wi = "encoder.block.0.layer.1.DenseReluDense.wi.weight.exp_avg_sq";
            assertThat(t5x.optimizerStates().names()).containsExactly(wi);
            float[] squares =
                    T5xFiles.marked("encoder/layers_0/mlp/wi/kernel/v", 10, 14).values();
            assertThat(all(t5x.optimizerStates(), wi)).isEqualTo(T5xFiles.transposed(squares, 10, 14));
        }
    }

    @Test
    void everyValueIsInItsPlaceByDirectoryOrFile() throws IOException {
        assertThat(T5xCheckpoint.mayBeAt(checkpoint)).isTrue();
        assertThat(T5xCheckpoint.mayBeAt(directory)).isFalse();
        assertRead(checkpoint);
        assertRead(checkpoint.resolve("checkpoint"));
        Files.createFile(checkpoint.resolve("config.json"));
        assertThat(T5xCheckpoint.mayBeAt(checkpoint)).as("a model directory").isFalse();
    }

    @Test
    void whereTheFilesThatBeginWithADotWereLostTheMsgpackTells() throws IOException {
        try (Stream<Path> files = Files.walk(checkpoint)) {
            for (Path file : files.filter(f -> f.endsWith(".zarray")).toList()) {
                Files.delete(file);
            }
        }
        assertRead(checkpoint);
    }

    private void assertRefused(String... messages) {
        assertThatThrownBy(() -> {
                    try (T5xCheckpoint t5x = T5xCheckpoint.open(checkpoint, Optional.empty())) {
                        t5x.weights().names().forEach(name -> TensorStatistics.of(t5x.weights(), name));
                    }
                })
                .isInstanceOf(T5Exception.class)
                .hasMessageContainingAll(messages)
                .hasMessageNotContaining("java.");
    }

    @Test
    void missingAndDamagedPiecesAreNamed() throws IOException {
        for (String array : new String[] {TABLE, "target.decoder.layers_0.mlp.wo.kernel", ZLIB}) {
            Path piece = checkpoint.resolve(array).resolve("1.2");
            byte[] whole = Files.readAllBytes(piece);
            Files.write(piece, Arrays.copyOf(whole, whole.length - 9));
            assertRefused(array, "1.2", "copy the checkpoint again");
            Files.write(piece, new byte[] {1, 2, 3});
            assertRefused(array, "1.2", "copy the checkpoint again");
            Files.delete(piece);
            assertRefused("lacks the file", array, "1.2");
            Files.write(piece, whole);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"order\":\"C\" | \"order\":\"F\" | order must be C, found F",
                "<f4 | >f4 | type \">f4\" are not read",
                "\"filters\":null | \"filters\":[{\"id\":\"delta\"}] | filters must be null",
                "\"compressor\":null | \"compressor\":{\"id\":\"blosc\"} | compressed by blosc are not read",
                "\"shape\":[48,10] | \"shape\":[48,10,1] | at most two dimensions",
                "\"shape\":[48,10] | \"shape\":[480] | cannot be in pieces of [24, 4]",
                "\"shape\":[48,10] | \"shape\":[48,9999999999] | at most two dimensions and",
                "\"shape\":[48,10] | \"shape\":[48,0] | at most two dimensions and",
                "\"chunks\":[24,4] | \"chunks\":[24000,40000] | cannot be in pieces of [24000, 40000]",
                "\"chunks\":[24,4] | \"chunks\":7 | found 7",
                "\"chunks\":[24,4] | \"chunks\":[24,5] | must hold 480 bytes of values, found only 384",
                "\"chunks\":[24,4] | \"chunks\":[24,2] | must hold 192 bytes of values, found more",
                "{ | [ | is no JSON object",
                "{ | 7 { | is no JSON object",
            })
    void otherWaysToKeepAnArrayAreRefusedInWords(String from, String to, String message) throws IOException {
        Path metadata = checkpoint.resolve(TABLE).resolve(".zarray");
        String text = Files.readString(metadata);
        assertThat(text).contains(from);
        Files.writeString(metadata, text.replaceFirst(Pattern.quote(from), to.trim()));
        assertRefused(TABLE, message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc", "../elsewhere", "a/../../elsewhere", "a\0b"})
    void arraysElsewhereAreNotRead(String path) {
        Map<String, Object> tree = new LinkedHashMap<>();
        T5xFiles.put(tree, "optimizer/target/token_embedder/embedding/driver", "zarr");
        T5xFiles.put(tree, "optimizer/target/token_embedder/embedding/kvstore/path", path);
        T5xFiles.write(checkpoint.resolve("checkpoint"), tree);
        assertRefused("optimizer/target/token_embedder/embedding", "TensorStore", "directories beside the file");
    }
}
