package org.t5j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Searches that are too large are refused in words. */
class DecodingSizeTest {

    @Test
    void whatDoesNotFitIntoAnArrayIsRefused() {
        assertThat(new DecodingSize(32, 4, 512, 250_112).rows()).isEqualTo(128);
        assertThatThrownBy(() -> new DecodingSize(16, 4200, 512, 32_128))
                .isInstanceOf(T5Exception.class)
                .hasMessage("16 inputs cannot be decoded side by side with 4200 hypotheses each: their rows of 32128"
                        + " logits do not fit into an array of Java, which ends at 2^31 - 1 values; decode fewer inputs"
                        + " side by side, with fewer beams or shorter outputs");
        assertThatThrownBy(() -> new DecodingSize(1, 2, 2_000_000_000, 50))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("1 input cannot be decoded side by side with 2 hypotheses each: their outputs of"
                        + " 2000000000 tokens");
        assertThatThrownBy(() -> new DecodingSize(1, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE))
                .isInstanceOf(T5Exception.class);
    }

    @Test
    void nothingToDecodeIsRefused() {
        for (int[] size : new int[][] {{0, 1, 1}, {1, 0, 1}, {1, 1, 0}, {1, -1, 5}}) {
            assertThatThrownBy(() -> new DecodingSize(size[0], size[1], size[2], 50))
                    .isInstanceOf(T5Exception.class)
                    .hasMessageContaining("found " + size[0] + " inputs, " + size[1] + " hypotheses and " + size[2]);
        }
    }

    @Test
    void aModelRefusesThemBeforeItReadsTheInputs() {
        T5Config config = T5Config.preset("tiny");
        try (T5Model model = T5Model.zeros(config)) {
            assertThatThrownBy(() -> model.startDecoding(new int[][] {{5, 1}}, 2_000_000, 8))
                    .isInstanceOf(T5Exception.class)
                    .hasMessageContaining("rows of " + config.vocabSize() + " logits");
        }
    }

    @Test
    void aHeapWithoutRoomForTheLogitsIsNamed() {
        DecodingSize size = new DecodingSize(1, 1, 1, Integer.MAX_VALUE);
        assertThatThrownBy(size::newLogits)
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("their logits take 8590 MB of the Java heap")
                .hasMessageContaining("T5J_HEAP")
                .hasMessageContaining("fewer beams");
    }
}
