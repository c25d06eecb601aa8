package org.t5j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.t5j.core.checkpoint.CheckpointWriter;
import org.t5j.core.checkpoint.ParameterSource;
import org.t5j.core.checkpoint.WriteOptions;

class VocabularyResizeTest {
    @TempDir
    Path directory;

    private static T5Config config(int rows, boolean tied) {
        return T5Config.builder()
                .vocabSize(rows)
                .dModel(16)
                .dKv(8)
                .dFf(32)
                .layers(1, 1)
                .numHeads(2)
                .tieWordEmbeddings(tied)
                .build();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void oldRowsKeepTheirBitsAndNewOnesAreInitialValues(boolean tied) {
        Path saved = resize(config(256, tied), 384);
        try (T5Model before = T5Model.create(config(256, tied), 3);
                T5Model larger = T5Model.create(config(384, tied), 5);
                T5Model after = T5Model.load(saved)) {
            assertThat(after.config()).isEqualTo(config(384, tied));
            for (String name : before.parameters().names()) {
                float[] old = values(before, name);
                float[] now = values(after, name);
                assertThat(Arrays.copyOf(now, old.length)).isEqualTo(old);
                if (now.length > old.length) {
                    float[] initial = values(larger, name);
                    assertThat(Arrays.copyOfRange(now, old.length, now.length))
                            .isEqualTo(Arrays.copyOfRange(initial, old.length, now.length));
                }
            }
            assertThat(values(after, tied ? "shared.weight" : "lm_head.weight")).hasSize(384 * 16);
        }
    }

    @Test
    void fewerRowsAreTheFirstOnes() {
        Path saved = resize(config(256, false), 128);
        try (T5Model before = T5Model.create(config(256, false), 3);
                T5Model after = T5Model.load(saved)) {
            for (String name : new String[] {"shared.weight", "lm_head.weight"}) {
                assertThat(values(after, name)).isEqualTo(Arrays.copyOf(values(before, name), 128 * 16));
            }
        }
    }

    private Path resize(T5Config config, int rows) {
        Path saved = directory.resolve("saved");
        try (T5Model model = T5Model.create(config, 3)) {
            var weights = new ParameterSource(model.parameters(), model.backend());
            VocabularyResize resized = new VocabularyResize(weights, config, rows, 5);
            CheckpointWriter.save(saved, model.hfConfig().withConfig(resized.config()), resized, WriteOptions.DEFAULT);
        }
        return saved;
    }

    private static float[] values(T5Model model, String name) {
        return model.backend().toArray(model.parameters().get(name).value());
    }

    @ParameterizedTest
    @CsvSource({"1, 128", "128, 128", "129, 256", "32100, 32128", "250100, 250112"})
    void rowsAreTheNextMultipleOf128(int tokens, int rows) {
        assertThat(VocabularyResize.rowsFor(tokens)).isEqualTo(rows);
    }

    @Test
    void otherNumbersOfRowsAreRefused() {
        assertThatThrownBy(() -> new VocabularyResize(null, config(256, true), 300, 0))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("multiple of 128, found 300", "take 384");
        assertThat(VocabularyResize.rowsFor(2_147_483_520)).isEqualTo(2_147_483_520);
        assertThatThrownBy(() -> VocabularyResize.rowsFor(2_147_483_521))
                .isInstanceOf(T5Exception.class)
                .hasMessage("A vocabulary must have between 1 and 2147483520 tokens, found 2147483521");
        assertThatThrownBy(() -> new VocabularyResize(null, config(256, true), Integer.MAX_VALUE, 0))
                .isInstanceOf(T5Exception.class);
        T5Config lateEnd = config(256, true).toBuilder().eosTokenId(200).build();
        assertThatThrownBy(() -> new VocabularyResize(null, lateEnd, 128, 0))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("eos");
    }
}
