package org.t5j.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.t5j.core.kernel.CrossEntropy;
import org.t5j.core.layer.Additions;
import org.t5j.core.layer.Lora;
import org.t5j.core.tensor.Parameter;

/** Frozen parameters cost nothing, and the gradients of the others are what they are without any frozen. */
class FrozenTest {
    private static final T5Config UNTIED = new T5Config(
            40, 16, 4, 24, 3, 2, 3, 32, 128, 0.1f, 1e-6f, 1f, FeedForwardType.GATED_GELU, false, false, 0, 1, 0);
    private static final Additions BOTH = new Additions(6, new Lora(2, 4f, 0.2f, Set.of("q", "v", "o")));

    private static T5Batch batch(T5Config config) {
        Random random = new Random(3);
        return T5Batch.of(
                config,
                3,
                7,
                5,
                random.ints(21, 2, 40).toArray(),
                random.ints(15, 2, 40).toArray());
    }

    private static StepOptions options() {
        return new StepOptions(0.3f, false, 9, 2, 0, new CrossEntropy(0.1f, 0.01f), 0.1f);
    }

    static Stream<T5Config> configs() {
        T5Config relu = new T5Config(
                40, 16, 4, 24, 2, 3, 3, 32, 128, 0.1f, 1e-6f, 1f, FeedForwardType.RELU, true, true, 0, 1, 0);
        return Stream.of(
                UNTIED,
                relu,
                UNTIED.toBuilder().relativeBiasPerLayer(true).build(),
                relu.toBuilder().layers(3, 3).architecture(Architecture.SHARED).build(),
                relu.toBuilder().architecture(Architecture.DECODER_PREFIX_LM).build());
    }

    /** Bitwise, for random selections and single parameters, whether activations are kept or computed again. */
    @ParameterizedTest
    @MethodSource("configs")
    void theGradientsOfWhatIsTrainedDoNotDependOnWhatIsFrozen(T5Config config) {
        try (T5Model model = T5Model.create(config, BOTH, 5)) {
            AdditionsTest.randomize(model, ".lora_B.");
            model.zeroGradients();
            double loss = model.forwardBackward(batch(config), options()).loss();
            Map<String, float[]> all = gradients(model);
            for (Predicate<String> trained : selections(List.copyOf(all.keySet()))) {
                model.setTrainable(trained);
                for (boolean recompute : new boolean[] {false, true}) {
                    model.zeroGradients();
                    StepOptions options = options().withRecompute(recompute);
                    assertThat(model.forwardBackward(batch(config), options).loss())
                            .isEqualTo(loss);
                    gradients(model).forEach((name, gradient) -> assertThat(gradient)
                            .as("%s among %d", name, model.parameters().trainableCount())
                            .isEqualTo(all.get(name)));
                }
            }
        }
    }

    private static List<Predicate<String>> selections(List<String> names) {
        Random random = new Random(8);
        Stream<Predicate<String>> some = Stream.generate(() -> {
                    double share = random.nextDouble() * 0.3;
                    long seed = random.nextLong();
                    return (Predicate<String>) name -> new Random(seed ^ name.hashCode() * 0x9E3779B97F4A7C15L)
                            .doubles(5)
                            .skip(4)
                            .allMatch(d -> d < share);
                })
                .limit(40);
        Stream<Predicate<String>> single = names.stream().map(only -> only::equals);
        return Stream.concat(some, single).toList();
    }

    private static Map<String, float[]> gradients(T5Model model) {
        Map<String, float[]> gradients = new LinkedHashMap<>();
        model.parameters().stream()
                .filter(Parameter::trainable)
                .forEach(parameter ->
                        gradients.put(parameter.name(), model.backend().toArray(parameter.gradient())));
        return gradients;
    }

    @Test
    void gradientsOfFrozenParametersTakeNoMemory() {
        try (T5Model model = T5Model.create(UNTIED, 5)) {
            long weights = model.backend().allocatedBytes();
            model.setTrainable(name -> name.equals("lm_head.weight"));
            model.zeroGradients();
            assertThat(model.backend().allocatedBytes() - weights).isEqualTo(4L * 40 * 16);
            model.setTrainable(name -> true);
            model.zeroGradients();
            assertThat(model.backend().allocatedBytes() - weights).isEqualTo(4 * UNTIED.parameterCount());
            model.setTrainable(name -> name.endsWith("final_layer_norm.weight"));
            assertThat(model.backend().allocatedBytes() - weights).isEqualTo(4L * 2 * 16);
            assertThat(model.parameters().trainableCount()).isEqualTo(2 * 16);
        }
    }

    /** Matrix products of a backward pass: two for each of a block's where everything is trained. */
    @Test
    void thePassBackEndsAtTheLowestParameterThatIsTrained() {
        CountingKernels counting =
                new CountingKernels(DefaultKernels.create((long) UNTIED.vocabSize() * UNTIED.dModel()));
        try (T5Model model = T5Model.create(UNTIED, 5, counting.kernels())) {
            model.evaluateLoss(batch(UNTIED));
            int forward = 3 * 7 + 2 * 11 + 1;
            assertThat(counting.calls("matmul")).isEqualTo(forward);

            assertThat(backward(model, counting, name -> true)).isEqualTo(2 * forward);
            assertThat(counting.calls("attentionBackward")).isEqualTo(3 + 2 * 2);
            assertThat(counting.calls("rmsNormBackward")).isEqualTo(3 * 2 + 2 * 3 + 2);

            assertThat(backward(model, counting, name -> name.equals("lm_head.weight")))
                    .isEqualTo(1);
            assertThat(counting.calls("attentionBackward")).isZero();
            assertThat(counting.calls("rmsNormBackward")).isZero();

            assertThat(backward(model, counting, name -> name.startsWith("decoder.block.1.")))
                    .isEqualTo(1 + 11 + 9);
            assertThat(counting.calls("attentionBackward")).isEqualTo(2);

            assertThat(backward(model, counting, name -> name.startsWith("decoder.block.1.layer.2.")))
                    .isEqualTo(1 + 3 + 3);
            assertThat(counting.calls("attentionBackward")).isZero();

            backward(model, counting, name -> name.startsWith("decoder."));
            assertThat(counting.calls("attentionBackward"))
                    .as("none of a frozen encoder")
                    .isEqualTo(4);
            assertThat(counting.calls("scatterAddRows")).isZero();

            backward(model, counting, name -> name.equals("encoder.block.2.layer.1.layer_norm.weight"));
            assertThat(counting.calls("attentionBackward"))
                    .as("down to the lowest attention to the encoder, and none of the encoder's")
                    .isEqualTo(3);
        }
    }

    private static int backward(T5Model model, CountingKernels counting, Predicate<String> trained) {
        model.setTrainable(trained);
        counting.reset();
        model.evaluateLoss(batch(UNTIED));
        int forward = counting.calls("matmul");
        model.zeroGradients();
        counting.reset();
        model.forwardBackward(batch(UNTIED), options());
        return counting.calls("matmul") - forward;
    }
}
