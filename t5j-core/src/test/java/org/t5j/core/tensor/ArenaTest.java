package org.t5j.core.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Where an arena puts tensors, what it reuses, and when its memory grows. */
class ArenaTest {
    private final Backend backend = Nd4jBackend.create();

    @Test
    void tensorsDoNotOverlap() {
        try (Arena arena = new Arena(backend)) {
            Tensor a = arena.take(3, 5);
            Tensor b = arena.take(7);
            backend.write(a, new float[15], 0);
            backend.write(b, new float[] {1, 2, 3, 4, 5, 6, 7}, 0);
            assertThat(backend.toArray(a)).containsOnly(0f);
            assertThat(b.offset()).isGreaterThanOrEqualTo(15);
        }
    }

    @Test
    void aRepeatedStepGetsTheSameTensorsAndNoNewMemory() {
        try (Arena arena = new Arena(backend)) {
            arena.take(1 << 20);
            arena.take(1 << 20);
            arena.reset();
            Tensor first = arena.take(1 << 20);
            Tensor second = arena.take(1 << 20);
            IntTensor ints = arena.takeInts(new int[] {1, 2});
            long bytes = backend.allocatedBytes();
            arena.reset();
            assertThat(arena.take(1 << 20)).isSameAs(first);
            assertThat(arena.take(1 << 20)).isSameAs(second);
            assertThat(arena.takeInts(new int[] {3, 4})).isSameAs(ints);
            assertThat(ints.get(1)).isEqualTo(4);
            assertThat(backend.allocatedBytes()).isEqualTo(bytes);
        }
    }

    @Test
    void releasedMemoryIsHandedOutAgain() {
        try (Arena arena = new Arena(backend)) {
            Arena.Mark mark = arena.mark();
            Tensor temporary = arena.take(100);
            arena.release(mark);
            assertThat(arena.take(100)).isSameAs(temporary);
        }
    }

    @Test
    void closingGivesEverythingBack() {
        long before = backend.allocatedBytes();
        Arena arena = new Arena(backend);
        arena.take(5_000_000);
        assertThat(backend.allocatedBytes()).isGreaterThan(before);
        arena.close();
        assertThat(backend.allocatedBytes()).isEqualTo(before);
    }

    @Test
    void viewsShareMemoryAndStayInside() {
        try (Arena arena = new Arena(backend)) {
            Tensor matrix = arena.take(3, 2);
            backend.write(matrix, new float[] {1, 2, 3, 4, 5, 6}, 0);
            assertThat(backend.toArray(matrix.rowsView(1, 2))).containsExactly(3f, 4f, 5f, 6f);
            assertThat(backend.toArray(matrix.reshapeView(6))).hasSize(6);
            assertThatThrownBy(() -> matrix.rowsView(2, 2)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> matrix.reshapeView(5)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
