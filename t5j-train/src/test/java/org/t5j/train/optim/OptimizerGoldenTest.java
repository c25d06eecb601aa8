package org.t5j.train.optim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.t5j.core.checkpoint.SafetensorsReader;
import org.t5j.core.kernel.Kernels;
import org.t5j.core.kernel.Nd4jKernels;
import org.t5j.core.tensor.Nd4jBackend;
import org.t5j.core.tensor.Parameter;
import org.t5j.core.tensor.ParameterSet;
import org.t5j.core.tensor.Tensor;

/**
 * Every optimizer replayed with the gradients that PyTorch and Hugging Face were given, over ten steps: parameters and
 * moments agree within 1e-6 of the largest element of their tensor.
 */
class OptimizerGoldenTest {
    private static final double TOLERANCE = 1e-6;
    private static final List<String> NAMES = List.of("w", "wide", "big", "b", "gain", "tiny");
    private static SafetensorsReader golden;
    private static JsonNode runs;

    @BeforeAll
    static void readGolden() throws IOException, URISyntaxException {
        try (InputStream in = OptimizerGoldenTest.class.getResourceAsStream("/golden/optim/optim.json")) {
            runs = new ObjectMapper().readTree(in).get("runs");
        }
        golden = SafetensorsReader.open(Path.of(OptimizerGoldenTest.class
                .getResource("/golden/optim/optim.safetensors")
                .toURI()));
    }

    @TestFactory
    List<DynamicTest> replaysTheReference() {
        List<DynamicTest> tests = new ArrayList<>();
        runs.properties()
                .forEach(run ->
                        tests.add(DynamicTest.dynamicTest(run.getKey(), () -> replay(run.getKey(), run.getValue()))));
        assertThat(tests).hasSize(14);
        return tests;
    }

    private static void replay(String run, JsonNode setUp) {
        Kernels kernels = new Nd4jKernels(Nd4jBackend.create());
        long before = kernels.backend().allocatedBytes();
        try (ParameterSet parameters = new ParameterSet(kernels.backend());
                Optimizer optimizer = config(setUp).create(kernels)) {
            for (String name : NAMES) {
                Parameter parameter = parameters.add(name, shape("init/" + name));
                kernels.backend().write(parameter.value(), golden.floats("init/" + name), 0);
            }
            parameters.allocateGradients();
            for (int step = 1; step <= 10; step++) {
                for (Parameter parameter : parameters) {
                    float[] gradient = golden.floats(run + "/grad." + step + "." + parameter.name());
                    kernels.backend().write(parameter.gradient(), gradient, 0);
                }
                optimizer.step(parameters, setUp.at("/args/lr").asDouble(Double.NaN));
                compareParameters(run, step, parameters, kernels);
                compareState(run, step, optimizer, kernels);
            }
            assertThat(optimizer.state().steps()).isEqualTo(10);
        }
        kernels.close();
        assertThat(kernels.backend().allocatedBytes()).isEqualTo(before);
    }

    private static int[] shape(String name) {
        return golden.entry(name).shape().stream().mapToInt(Long::intValue).toArray();
    }

    private static OptimizerConfig config(JsonNode setUp) {
        JsonNode args = setUp.get("args");
        if (setUp.get("class").asText().equals("Adafactor")) {
            return new AdafactorConfig(
                    args.path("scale_parameter").asBoolean(true),
                    args.path("relative_step").asBoolean(true),
                    args.path("warmup_init").asBoolean(false),
                    0,
                    args.path("clip_threshold").asDouble(1),
                    -args.path("decay_rate").asDouble(-0.8),
                    0,
                    args.path("beta1").asDouble(0),
                    args.path("weight_decay").asDouble(0),
                    args.at("/eps/0").asDouble(1e-30),
                    args.at("/eps/1").asDouble(1e-3));
        }
        boolean huggingFace = setUp.get("class").asText().equals("HFAdamW");
        return new AdamWConfig(
                huggingFace ? AdamWConfig.Form.HUGGING_FACE : AdamWConfig.Form.TORCH,
                args.at("/betas/0").asDouble(0.9),
                args.at("/betas/1").asDouble(0.999),
                args.path("eps").asDouble(huggingFace ? 1e-6 : 1e-8),
                args.path("weight_decay").asDouble(0),
                args.path("correct_bias").asBoolean(true));
    }

    private static void compareParameters(String run, int step, ParameterSet parameters, Kernels kernels) {
        for (Parameter parameter : parameters) {
            String key = run + "/param." + step + "." + parameter.name();
            if (golden.contains(key)) {
                assertClose(key, kernels.backend().toArray(parameter.value()), golden.floats(key));
            }
        }
    }

    private static void compareState(String run, int step, Optimizer optimizer, Kernels kernels) {
        String prefix = run + "/state." + step + ".";
        int compared = 0;
        for (String key : golden.names()) {
            if (key.startsWith(prefix) && !key.endsWith(".RMS") && !key.endsWith(".step")) {
                Tensor state = optimizer.state().tensors().get(key.substring(prefix.length()));
                assertThat(state).as(key).isNotNull();
                assertClose(key, kernels.backend().toArray(state), golden.floats(key));
                compared++;
            }
        }
        if (step == 1 || step == 10) {
            assertThat(compared).isEqualTo(optimizer.state().tensors().size()).isPositive();
        }
    }

    private static void assertClose(String what, float[] actual, float[] expected) {
        double largest = 0;
        double difference = 0;
        for (int i = 0; i < expected.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            difference = Math.max(difference, Math.abs(actual[i] - expected[i]));
        }
        assertThat(difference / Math.max(largest, 1e-30)).as(what).isLessThanOrEqualTo(TOLERANCE);
    }
}
