package org.t5j.core.checkpoint.t5x;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.t5j.core.T5Config;
import org.t5j.core.T5Exception;
import org.t5j.core.checkpoint.Mutations;
import org.t5j.core.checkpoint.TensorStatistics;

/** Damaged msgpack files are refused in words, and never take more memory than they have bytes for. */
class MalformedT5xTest {
    @TempDir
    Path directory;

    private static byte[] whole() {
        T5Config config = T5Config.builder()
                .vocabSize(8)
                .dModel(2)
                .dKv(1)
                .dFf(3)
                .layers(1, 1)
                .numHeads(2)
                .relativeAttentionNumBuckets(4)
                .relativeAttentionMaxDistance(8)
                .build();
        Map<String, T5xFiles.Array> states = Map.of("encoder/layers_0/mlp/wi/kernel/v", T5xFiles.marked("v", 2, 3));
        return T5xFiles.bytes(T5xFiles.tree(T5xFiles.markedTarget(config), states, 5));
    }

    private boolean opens(byte[] bytes) throws IOException {
        Path file = Files.write(directory.resolve("checkpoint"), bytes);
        try (T5xCheckpoint checkpoint = T5xCheckpoint.open(file, Optional.empty())) {
            checkpoint.weights().names().forEach(name -> TensorStatistics.of(checkpoint.weights(), name));
            checkpoint
                    .optimizerStates()
                    .names()
                    .forEach(name -> TensorStatistics.of(checkpoint.optimizerStates(), name));
            return true;
        } catch (T5Exception e) {
            assertThat(e).hasMessageContaining("checkpoint");
            return false;
        }
    }

    @Test
    void aFileCutAnywhereIsRefused() throws IOException {
        byte[] whole = whole();
        assertThat(opens(whole)).isTrue();
        for (int length = 0; length < whole.length; length++) {
            assertThat(opens(Arrays.copyOf(whole, length)))
                    .as("%d bytes", length)
                    .isFalse();
        }
        assertThat(opens(Arrays.copyOf(whole, whole.length + 1))).isFalse();
    }

    @Test
    void tenThousandChangesEitherOpenOrAreRefusedInWords() throws IOException {
        byte[] whole = whole();
        for (int i = 0; i < 10_000; i++) {
            byte[] changed = Mutations.of(whole, i);
            opens(changed);
        }
    }

    @Test
    void lengthsBeyondTheFileAreRefusedBeforeAnythingIsAllocated() {
        assertRefused("bytes where", 0xc6, 0xff, 0xff, 0xff, 0xff);
        assertRefused("bytes where", 0xdb, 0xff, 0xff, 0xff, 0xff);
        assertRefused("bytes where", 0xdd, 0xff, 0xff, 0xff, 0xff, 1, 2, 3);
        assertRefused("unknown code 193", 0xc1);
        assertRefused("type 5", 0xd4, 5, 0);
        assertRefused("keys", 0x81, 1, 1);
        assertRefused("second time", 0x82, 0xa1, 'a', 1, 0xa1, 'a', 1);
        byte[] deep = new byte[1000];
        Arrays.fill(deep, (byte) 0x91);
        assertThatThrownBy(() -> read(deep)).isInstanceOf(T5Exception.class).hasMessageContaining("64 levels");
    }

    private void assertRefused(String message, int... bytes) {
        byte[] content = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            content[i] = (byte) bytes[i];
        }
        assertThatThrownBy(() -> read(content)).isInstanceOf(T5Exception.class).hasMessageContaining(message);
    }

    private Object read(byte[] bytes) throws IOException {
        try (ByteFile file = ByteFile.open(Files.write(directory.resolve("x"), bytes))) {
            return MsgPack.read(file);
        }
    }

    @Test
    void anArrayInPiecesIsReadAcrossThem() throws IOException {
        Map<String, Object> pieces = new LinkedHashMap<>();
        T5xFiles.put(pieces, "__msgpack_chunked_array__", true);
        T5xFiles.put(pieces, "shape/0", 2);
        T5xFiles.put(pieces, "shape/1", 3);
        T5xFiles.put(pieces, "chunks/0", new T5xFiles.Array(new int[] {4}, new float[] {0, 1, 2, 3}));
        T5xFiles.put(pieces, "chunks/1", new T5xFiles.Array(new int[] {2}, new float[] {4, 5}));
        try (ByteFile file = ByteFile.open(Files.write(directory.resolve("x"), T5xFiles.bytes(pieces)))) {
            NumpyArray array = (NumpyArray) MsgPack.read(file);
            assertThat(array.shape()).containsExactly(2L, 3L);
            float[] values = new float[4];
            array.read(2, values, 0, 4);
            assertThat(values).containsExactly(2, 3, 4, 5);
        }
        pieces.remove("shape");
        assertThatThrownBy(() -> read(T5xFiles.bytes(pieces))).isInstanceOf(T5Exception.class);
    }
}
