package org.t5j.examples.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.t5j.core.T5Config;

/** The work of a step as the PyTorch program counts it. */
class TrainingWorkTest {

    @Test
    void countsTheMatrixProductsAsThePeerDoes() {
        assertThat(TrainingWork.matmulFlops(T5Config.preset("bench"), 8, 256, 64) / 1e9)
                .isCloseTo(71.3, within(0.1));
        assertThat(TrainingWork.matmulFlops(T5Config.preset("v1_1-small"), 8, 512, 114) / 1e9)
                .isCloseTo(850.0, within(0.1));
    }
}
