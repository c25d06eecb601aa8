package org.t5j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.t5j.core.checkpoint.TensorSource;
import org.t5j.core.kernel.CrossEntropy;
import org.t5j.core.layer.Additions;
import org.t5j.core.layer.Lora;
import org.t5j.core.tensor.Parameter;

/** LoRA against what Hugging Face's peft computed with the same A and B: {@code golden/t5/lora_tiny/make.py}. */
class LoraGoldenTest {
    private static final Lora LORA = new Lora(3, 6, 0, Set.of("q", "v", "o"));
    private static final Golden PEFT = Golden.read("lora_tiny", "recorded.safetensors");

    private static T5Model model() {
        T5Model model = T5Model.load(Golden.path("v11_tiny"), Additions.of(LORA), 0);
        for (Parameter parameter : model.parameters()) {
            if (Lora.isLora(parameter.name())) {
                model.backend().write(parameter.value(), PEFT.floats(parameter.name()), 0);
            }
        }
        return model;
    }

    private static T5Batch batch() {
        int[] inputs = PEFT.shape("input_ids");
        int[] labels = PEFT.shape("labels");
        int[] recorded = PEFT.ints("labels");
        int[] read = new int[recorded.length];
        for (int i = 0; i < recorded.length; i++) {
            boolean first = i % labels[1] == 0;
            read[i] = first || recorded[i - 1] == T5Batch.NO_TARGET ? 0 : recorded[i - 1];
        }
        return new T5Batch(
                inputs[0],
                inputs[1],
                labels[1],
                PEFT.ints("input_ids"),
                PEFT.ints("attention_mask"),
                read,
                null,
                recorded);
    }

    @Test
    void lossLogitsAndGradientsArePefts() {
        try (T5Model model = model()) {
            T5Batch batch = batch();
            int targets = batch.targets();
            double loss = model.evaluateLoss(batch).loss() / targets;
            assertThat(loss).isCloseTo(PEFT.floats("loss")[0], within(2e-6 * loss));
            assertClose("logits", model.activations(batch).logits(), PEFT.floats("logits"));

            model.setTrainable(Lora::isLora);
            model.zeroGradients();
            model.forwardBackward(batch, new StepOptions(0f, false, 0, 0, 0, CrossEntropy.PLAIN, 1f / targets));
            assertThat(model.parameters().stream().filter(Parameter::trainable)).hasSize(42);
            model.parameters().stream()
                    .filter(Parameter::trainable)
                    .forEach(parameter -> assertClose(
                            parameter.name(),
                            model.backend().toArray(parameter.gradient()),
                            PEFT.floats("gradient." + parameter.name())));
        }
    }

    @Test
    void mergedWeightsArePefts() {
        try (T5Model model = model()) {
            TensorSource merged = model.weights();
            assertThat(merged.names()).noneMatch(Lora::isLora);
            for (String name : merged.names()) {
                if (PEFT.has("merged." + name)) {
                    float[] whole = new float[(int) merged.entry(name).elements()];
                    merged.readFloats(name, 0, whole, 0, whole.length);
                    assertClose(name, whole, PEFT.floats("merged." + name));
                    float[] piece = new float[20];
                    merged.readFloats(name, 7, piece, 2, 11);
                    assertThat(Arrays.copyOfRange(piece, 2, 13)).isEqualTo(Arrays.copyOfRange(whole, 7, 18));
                }
            }
            assertThat(merged.names().stream().filter(name -> PEFT.has("merged." + name)))
                    .hasSize(21);
        }
    }

    private static void assertClose(String name, float[] actual, float[] expected) {
        double scale = 0;
        for (float value : expected) {
            scale = Math.max(scale, Math.abs(value));
        }
        assertThat(actual).as(name).containsExactly(expected, within((float) (1e-5 * scale)));
    }
}
