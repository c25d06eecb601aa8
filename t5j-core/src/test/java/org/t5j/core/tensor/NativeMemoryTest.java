package org.t5j.core.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.t5j.core.T5Exception;

class NativeMemoryTest {
    private static final long GIB = 1L << 30;

    @Test
    void whatIsHeldCountsUntilItIsGivenBack() {
        NativeMemory memory = new NativeMemory(() -> 4 * GIB, () -> Long.MAX_VALUE);
        memory.take(3 * GIB);
        assertThatThrownBy(() -> memory.take(2 * GIB))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("another block of 2.0 GiB, but only 1.0 of the 4.0 GiB")
                .hasMessageContaining("tensors hold 3.0")
                .hasMessageContaining("smaller batches");
        memory.giveBack(3 * GIB);
        assertThatCode(() -> memory.take(4 * GIB)).doesNotThrowAnyException();
    }

    @Test
    void whatOtherProcessesUseIsNotThere() {
        NativeMemory memory = new NativeMemory(() -> 16 * GIB, () -> GIB);
        assertThatThrownBy(() -> memory.take(2 * GIB)).hasMessageContaining("only 1.0 of the 16.0 GiB");
    }

    @Test
    void smallBlocksAreCountedWithoutAskingTheSystem() {
        AtomicInteger asked = new AtomicInteger();
        NativeMemory memory = new NativeMemory(() -> asked.incrementAndGet(), () -> asked.incrementAndGet());
        memory.take(NativeMemory.LARGE - 1);
        assertThat(asked).hasValue(0);
        assertThatThrownBy(() -> memory.take(NativeMemory.LARGE)).isInstanceOf(T5Exception.class);
        assertThat(asked).hasPositiveValue();
    }
}
