package org.t5j.core.kernel.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LanesKindTest {
    private String before;

    @BeforeEach
    void keepProperty() {
        before = System.getProperty(LanesKind.PROPERTY);
        System.clearProperty(LanesKind.PROPERTY);
    }

    @AfterEach
    void restoreProperty() {
        if (before == null) {
            System.clearProperty(LanesKind.PROPERTY);
        } else {
            System.setProperty(LanesKind.PROPERTY, before);
        }
    }

    @Test
    void vectorsAreUsedWhereTheModuleIs() {
        assertThat(LanesKind.inUse()).isEqualTo(LanesKind.VECTOR);
        assertThat(LanesKind.inUse().create())
                .isInstanceOf(LanesKind.VECTOR.create().getClass());
    }

    @Test
    void thePropertyForcesAKind() {
        System.setProperty(LanesKind.PROPERTY, "plain");
        assertThat(LanesKind.inUse()).isEqualTo(LanesKind.PLAIN);
        assertThat(LanesKind.inUse().create()).isInstanceOf(PlainLanes.class);
        assertThat(LanesKind.inUse().description()).contains("t5j.lanes=plain");
        System.setProperty(LanesKind.PROPERTY, "vector");
        assertThat(LanesKind.inUse()).isEqualTo(LanesKind.VECTOR);
    }

    @Test
    void anUnknownKindIsRefused() {
        System.setProperty(LanesKind.PROPERTY, "scalar");
        assertThatThrownBy(LanesKind::inUse)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("System property t5j.lanes must be \"vector\" or \"plain\": \"scalar\"");
    }

    @Test
    void memoryBeyondABufferNeedsSegmentsOrPlainLoops() {
        long large = 1L << 29;
        assertThat(LanesKind.VECTOR.reaches(large - 1)).isTrue();
        assertThat(LanesKind.PLAIN.reaches(large)).isTrue();
        assertThat(LanesKind.VECTOR.reaches(large)).isEqualTo(Runtime.version().feature() >= 22);
    }

    @Test
    void whoTurnedVectorsOffIsNotToldToAddAFlag() {
        assertThat(LanesKind.remedy("off")).contains("T5J_VECTOR=off").doesNotContain("--add-modules");
        assertThat(LanesKind.remedy(null)).contains(LanesKind.FLAG);
    }
}
