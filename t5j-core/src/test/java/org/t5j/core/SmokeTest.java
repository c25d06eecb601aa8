package org.t5j.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

class SmokeTest {
    @Test
    void multiplies() {
        assertThat(Nd4j.ones(2, 3).mmul(Nd4j.ones(3, 2)).getFloat(0)).isEqualTo(3f);
    }
}
