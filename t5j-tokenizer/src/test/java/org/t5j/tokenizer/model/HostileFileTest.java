package org.t5j.tokenizer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.t5j.tokenizer.TokenizerException;

/** Files made to cost memory: they are refused, and before much of it is taken. */
class HostileFileTest {

    private static final int SIZE = 16 << 20;

    @TempDir
    Path folder;

    @Test
    void aMessageOfManySmallFieldsTakesNoMoreMemoryThanItsBytes() {
        byte[] bytes = new byte[SIZE];
        for (int at = 0; at < SIZE; at += 2) {
            bytes[at] = 7 << 3;
            bytes[at + 1] = 1;
        }
        long allocated = allocatedBy(
                () -> assertThat(ProtoMessage.parse(bytes).getInt(7, 0)).isOne());
        assertThat(allocated).isLessThan(SIZE / 2);
        allocated = allocatedBy(() -> refused(() -> ModelProto.parse(bytes), "no pieces"));
        assertThat(allocated).isLessThan(6L * SIZE);
    }

    @Test
    void manyEmptyPiecesAreRefusedAtTheFirst() {
        byte[] bytes = new byte[SIZE];
        for (int at = 0; at < SIZE; at += 2) {
            bytes[at] = 1 << 3 | 2;
        }
        assertThat(allocatedBy(() -> refused(() -> ModelProto.parse(bytes), "piece 0")))
                .isLessThan(SIZE / 2);
    }

    @Test
    void claimsOfGigabytesAreRefused() {
        for (long claim : new long[] {Integer.MAX_VALUE, 1L << 31, 1L << 32, Long.MAX_VALUE, -1, -2}) {
            byte[] bytes = new ProtoMessage.Builder().add(1, claim).build().toBytes();
            bytes[0] = 1 << 3 | 2;
            assertThat(allocatedBy(() -> refused(() -> ModelProto.parse(bytes), "announced")))
                    .isLessThan(SIZE / 2);
        }
    }

    @Test
    void aLargeFileThatIsNoModelIsRefusedBeforeItIsRead() throws IOException {
        Path text = folder.resolve("text.model");
        Files.writeString(text, "This is no vocabulary.\n".repeat(10_000));
        Path claim = Files.write(folder.resolve("claim.model"), new byte[] {1 << 3 | 2, -1, -1, -1, -1, 7, 0});
        for (Path file : new Path[] {text, claim}) {
            try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
                sparse.setLength(200L << 20);
            }
            assertThat(allocatedBy(() -> refused(() -> ModelProto.read(file), file.toString())))
                    .isLessThan(SIZE / 2);
            try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
                sparse.setLength(3L << 30);
            }
            assertThat(allocatedBy(() -> refused(() -> ModelProto.read(file), "bytes")))
                    .isLessThan(SIZE / 2);
        }
    }

    @Test
    void theFirstBytesOfALargeModelAreNoReasonToRefuseIt() {
        Path file = folder.resolve("large.model");
        ModelProto model = new ModelProto(
                java.util.List.of(new Piece("<unk>", 0, Piece.Type.UNKNOWN)),
                new TrainerSpec(ProtoMessage.EMPTY),
                NormalizerSpec.of("x".repeat(100_000), new byte[0]));
        model.write(file);
        assertThat(ModelProto.read(file)).isEqualTo(model);
    }

    private static void refused(Runnable reading, String reason) {
        assertThatThrownBy(reading::run).isInstanceOf(TokenizerException.class).hasMessageContaining(reason);
    }

    private static long allocatedBy(Runnable work) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        work.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
