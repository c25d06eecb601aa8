package org.t5j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.t5j.core.decode.Generated;
import org.t5j.core.decode.GenerationConfig;
import org.t5j.core.layer.Additions;
import org.t5j.core.layer.Lora;
import org.t5j.core.tensor.Parameter;

/** Adapters and low-rank updates as parts of a model that is created, loaded, saved and written with. */
class AdditionsTest {
    private static final T5Config CONFIG = new T5Config(
            50, 16, 4, 24, 2, 2, 3, 32, 128, 0.1f, 1e-6f, 1f, FeedForwardType.GATED_GELU, false, false, 0, 1, 0);
    private static final Lora LORA = new Lora(3, 6f, 0.1f, Set.of("q", "v"));

    @TempDir
    private Path directory;

    private static T5Batch batch() {
        Random random = new Random(3);
        return T5Batch.of(
                CONFIG,
                3,
                7,
                5,
                random.ints(21, 2, 50).toArray(),
                random.ints(15, 2, 50).toArray());
    }

    /** Gives the parameters whose names have {@code part} values that are not zero. */
    static void randomize(T5Model model, String part) {
        Random random = new Random(4);
        for (Parameter parameter : model.parameters()) {
            if (parameter.name().contains(part)) {
                float[] values = new float[Math.toIntExact(parameter.value().length())];
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) random.nextGaussian() / 4;
                }
                model.backend().write(parameter.value(), values, 0);
            }
        }
    }

    @Test
    void aNewModelWithLowRankUpdatesComputesWhatItDoesWithout() {
        try (T5Model base = T5Model.create(CONFIG, 1);
                T5Model lora = T5Model.create(CONFIG, Additions.of(LORA), 1)) {
            assertThat(lora.evaluateLoss(batch())).isEqualTo(base.evaluateLoss(batch()));
            String a = "decoder.block.1.layer.1.EncDecAttention.v.lora_A.weight";
            assertThat(lora.parameters().get(a).value().shape()).containsExactly(3, 16);
            assertThat(lora.parameters().names())
                    .doesNotContain("encoder.block.0.layer.0.SelfAttention.k.lora_A.weight");
            assertThat(lora.parameters().count() - base.parameters().count()).isEqualTo(6 * 2 * (3 * 16 + 12 * 3));
            for (float value : lora.backend().toArray(lora.parameters().get(a).value())) {
                assertThat(Math.abs(value)).isLessThan(0.25f);
            }
        }
    }

    @Test
    void aSavedModelHasItsUpdatesMerged() {
        GenerationConfig greedy = GenerationConfig.builder().maxLength(8).build();
        try (T5Model lora = T5Model.create(CONFIG, Additions.of(LORA), 1)) {
            randomize(lora, ".lora_B.");
            lora.save(directory.resolve("merged"));
            try (T5Model merged = T5Model.load(directory.resolve("merged"))) {
                double loss = lora.evaluateLoss(batch()).loss();
                assertThat(merged.evaluateLoss(batch()).loss()).isCloseTo(loss, within(1e-6 * loss));
                assertThat(merged.parameters().names()).noneMatch(Lora::isLora);
                int[][] inputs = {{4, 9, 30, 1}, {7, 1}};
                assertThat(tokens(merged, inputs, greedy)).isEqualTo(tokens(lora, inputs, greedy));
            }
        }
    }

    private static List<String> tokens(T5Model model, int[][] inputs, GenerationConfig config) {
        return model.generate(inputs, config).stream()
                .map(best -> Arrays.toString(best.get(0).tokens()))
                .toList();
    }

    @Test
    void aModelGetsUpdatesWhenItIsLoaded() {
        try (T5Model base = T5Model.create(CONFIG, 1)) {
            base.save(directory.resolve("base"));
            try (T5Model lora = T5Model.load(directory.resolve("base"), Additions.of(LORA), 1);
                    T5Model created = T5Model.create(CONFIG, Additions.of(LORA), 1)) {
                for (Parameter parameter : lora.parameters()) {
                    assertThat(lora.backend().toArray(parameter.value()))
                            .isEqualTo(created.backend()
                                    .toArray(created.parameters()
                                            .get(parameter.name())
                                            .value()));
                }
            }
        }
    }

    @Test
    void aModelWithAdaptersIsLoadedWithThemAndByNobodyElse() throws Exception {
        try (T5Model model = T5Model.create(CONFIG, Additions.adapters(5), 1)) {
            assertThat(model.parameters().count() - CONFIG.parameterCount()).isEqualTo(4 * (16 + 2 * 16 * 5));
            model.save(directory.resolve("adapters"));
            String json = Files.readString(directory.resolve("adapters/config.json"));
            assertThat(json).contains("\"model_type\" : \"t5j-adapters\"").doesNotContain("T5ForConditionalGeneration");
            try (T5Model loaded = T5Model.load(directory.resolve("adapters"))) {
                assertThat(loaded.additions()).isEqualTo(Additions.adapters(5));
                assertThat(loaded.evaluateLoss(batch())).isEqualTo(model.evaluateLoss(batch()));
                loaded.save(directory.resolve("again"));
            }
            assertThat(Files.mismatch(
                            directory.resolve("adapters/model.safetensors"),
                            directory.resolve("again/model.safetensors")))
                    .isEqualTo(-1);
        }
    }

    @Test
    void aModelWithAdaptersKeepsThemWhenItGetsUpdates() {
        try (T5Model model = T5Model.create(CONFIG, Additions.adapters(5), 1)) {
            model.save(directory.resolve("adapters"));
            try (T5Model both = T5Model.load(directory.resolve("adapters"), Additions.of(LORA), 9)) {
                assertThat(both.additions()).isEqualTo(new Additions(5, LORA));
                assertThat(both.evaluateLoss(batch())).isEqualTo(model.evaluateLoss(batch()));
            }
        }
        assertThatThrownBy(() -> T5Model.load(directory.resolve("adapters"), Additions.adapters(6), 1))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("adapters of inner width 5, not 6");
    }

    /** Writing token by token with a cache runs the adapters and updates too. */
    @Test
    void decodingAgreesWithTheLossOfWhatWasWritten() {
        try (T5Model model = T5Model.create(CONFIG, new Additions(5, LORA), 1)) {
            randomize(model, ".lora_B.");
            GenerationConfig raw =
                    GenerationConfig.builder().maxLength(6).lengthPenalty(0).build();
            Generated written =
                    model.generate(new int[][] {{4, 9, 30, 1}}, raw).get(0).get(0);
            int[] ids = written.tokens();
            T5Batch scored = T5Batch.of(CONFIG, 1, 4, ids.length, new int[] {4, 9, 30, 1}, ids);
            assertThat(model.logLikelihoods(scored)[0]).isCloseTo(written.score(), within(1e-4));
        }
    }

    @Test
    void impossibleAdditionsAreRefused() {
        assertThatThrownBy(() -> Additions.adapters(0)).hasMessageContaining("must be at least 1, found 0");
        assertThatThrownBy(() -> new Lora(0, 1, 0, Set.of("q"))).hasMessageContaining("rank must be at least 1");
        assertThatThrownBy(() -> new Lora(1, 0, 0, Set.of("q"))).hasMessageContaining("alpha must be above 0");
        assertThatThrownBy(() -> new Lora(1, 1, 1, Set.of("q"))).hasMessageContaining("below 1, found 1.0");
        assertThatThrownBy(() -> new Lora(1, 1, 0, Set.of())).hasMessageContaining("at least one of q, k, v and o");
        for (String wrong : List.of("Q", "wi", "query")) {
            assertThatThrownBy(() -> new Lora(1, 1, 0, Set.of("q", wrong)))
                    .hasMessageContaining("can be q, k, v and o, found " + wrong);
        }
    }
}
