package org.t5j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.t5j.core.StepOptions;
import org.t5j.core.T5Batch;
import org.t5j.core.T5Model;
import org.t5j.core.tensor.Parameter;
import org.t5j.train.optim.AdafactorConfig;
import org.t5j.train.optim.AdamWConfig;
import org.t5j.train.optim.GradientClipping;
import org.t5j.train.optim.Optimizer;
import org.t5j.train.optim.OptimizerConfig;

/**
 * Twelve training steps as Hugging Face's T5 made them with PyTorch's AdamW and its own Adafactor: the loss before every
 * step within 1e-4, the norm of the gradients and the sums of all parameters at the end.
 */
class TrainTraceGoldenTest {
    private static final Path GOLDEN = Path.of("..", "t5j-core", "src", "test", "resources", "golden", "t5");

    @TestFactory
    List<DynamicTest> followsTheRecordedTraining() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (String model : List.of("v10_tiny", "v11_tiny", "v11_tied_odd")) {
            JsonNode trace = new ObjectMapper()
                    .readTree(GOLDEN.resolve(model).resolve("fixture.json").toFile())
                    .get("train_trace");
            trace.get("runs")
                    .properties()
                    .forEach(run -> tests.add(DynamicTest.dynamicTest(
                            model + " " + run.getKey(),
                            () -> follow(GOLDEN.resolve(model), trace.get("batches"), run.getKey(), run.getValue()))));
        }
        assertThat(tests).hasSize(9);
        return tests;
    }

    private static OptimizerConfig optimizer(String run) {
        return switch (run) {
            case "adamw" -> new AdamWConfig(AdamWConfig.Form.TORCH, 0.9, 0.999, 1e-8, 0.01, true);
            case "adafactor_lr1e-2" -> new AdafactorConfig(false, false, false, 0, 1, 0.8, 0, 0, 0, 1e-30, 1e-3);
            case "adafactor_default" -> AdafactorConfig.huggingFace();
            default -> throw new AssertionError(run);
        };
    }

    private static void follow(Path directory, JsonNode batches, String run, JsonNode recorded) {
        double rate = run.equals("adamw") ? 3e-3 : 1e-2;
        try (T5Model model = T5Model.load(directory);
                Optimizer optimizer = optimizer(run).create(model.kernels())) {
            for (int step = 0; step < 12; step++) {
                T5Batch batch = batch(model, batches.get(step % batches.size()));
                model.zeroGradients();
                double loss =
                        model.forwardBackward(batch, StepOptions.plain(batch)).loss() / batch.targets();
                double norm = GradientClipping.globalNorm(model.parameters(), model.kernels());
                double recordedNorm = recorded.at("/grad_global_norm/" + step).asDouble();
                assertThat(loss)
                        .as("loss before step %d", step)
                        .isCloseTo(recorded.at("/loss_before_step/" + step).asDouble(), within(1e-4));
                assertThat(norm).as("norm at step %d", step).isCloseTo(recordedNorm, within(1e-3 * recordedNorm));
                optimizer.step(model.parameters(), rate);
            }
            for (Parameter parameter : model.parameters()) {
                JsonNode sums = recorded.get("final_param_sum_and_abs_sum").get(parameter.name());
                double scale = Math.max(1, sums.get(1).asDouble());
                assertThat(sum(model, parameter, false))
                        .as(parameter.name())
                        .isCloseTo(sums.get(0).asDouble(), within(1e-4 * scale));
                assertThat(sum(model, parameter, true))
                        .as(parameter.name())
                        .isCloseTo(sums.get(1).asDouble(), within(1e-4 * scale));
            }
        }
    }

    private static T5Batch batch(T5Model model, JsonNode batch) {
        JsonNode inputs = batch.get("input_ids");
        JsonNode labels = batch.get("labels");
        return T5Batch.of(
                model.config(),
                inputs.size(),
                inputs.get(0).size(),
                labels.get(0).size(),
                flat(inputs),
                flat(labels));
    }

    private static int[] flat(JsonNode rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .flatMap(row -> StreamSupport.stream(row.spliterator(), false))
                .mapToInt(JsonNode::asInt)
                .toArray();
    }

    private static double sum(T5Model model, Parameter parameter, boolean absolute) {
        double sum = 0;
        for (float value : model.backend().toArray(parameter.value())) {
            sum += absolute ? Math.abs(value) : value;
        }
        return sum;
    }
}
