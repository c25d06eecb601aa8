package org.t5j.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.t5j.core.T5Model;
import org.t5j.core.checkpoint.CheckpointWriter;
import org.t5j.core.checkpoint.HfConfig;
import org.t5j.core.checkpoint.WriteOptions;
import org.t5j.core.checkpoint.t5x.T5xCheckpoint;
import org.t5j.core.tensor.Parameter;
import org.t5j.train.optim.AdafactorConfig;
import org.t5j.train.optim.Optimizer;

/**
 * The update that follows the states of a T5X checkpoint. The checkpoint was written by {@code flax.serialization} 0.12.8,
 * its states after three updates computed by {@code optax.adafactor} 0.2.8, which factors as T5X does; two sides of equal
 * length, a longer first one and a longer second one are among its matrices. The fourth update was computed in numpy, in
 * double precision, by the formulas of {@code t5x/adafactor.py}; optax agreed to 3e-7.
 */
class T5xAdafactorTest {
    private static final float RATE = 0.01f;

    @TempDir
    Path directory;

    private static InputStream resource(String name) {
        return T5xAdafactorTest.class.getResourceAsStream("/t5x/" + name);
    }

    private Path converted() throws IOException {
        Path file = directory.resolve("checkpoint");
        try (InputStream packed = new GZIPInputStream(resource("adafactor.msgpack.gz"))) {
            Files.copy(packed, file);
        }
        Path model = directory.resolve("model");
        try (T5xCheckpoint t5x = T5xCheckpoint.open(file, Optional.empty())) {
            CheckpointWriter.save(model, HfConfig.of(t5x.config()), t5x.weights(), WriteOptions.DEFAULT);
            OptimizerFile.write(model, t5x.optimizerStates(), t5x.steps());
        }
        return model;
    }

    /** The fourth gradient of the recording at row and column of T5X's layout. */
    private static float gradient(int row, int column, int nameLength) {
        int value = (row * 13 + column * 7 + nameLength + 15) % 29 - 14;
        return value * (1 + row % 5) * (1 + column % 3) / 1024f;
    }

    /** Places in t5j's layout of a parameter that the recording has with {@code columns} columns. */
    private static int place(int index, int rows, int columns, boolean transposed) {
        return transposed ? index % columns * rows + index / columns : index;
    }

    @Test
    void itIsThatOfNumpy() throws IOException {
        JsonNode recording = new ObjectMapper().readTree(resource("adafactor-updates.json"));
        Path directory = converted();
        try (T5Model model = T5Model.load(directory);
                Optimizer optimizer = AdafactorConfig.t5x().create(model.kernels())) {
            TrainingCheckpoint.readOptimizer(directory, optimizer.state(), model.parameters(), model.backend());
            assertThat(optimizer.state().steps()).isEqualTo(3);
            model.zeroGradients();
            Map<String, float[]> before = new HashMap<>();
            for (JsonNode each : recording) {
                Parameter parameter = model.parameters().get(each.path("name").asText());
                before.put(parameter.name(), model.backend().toArray(parameter.value()));
                model.backend().write(parameter.gradient(), gradients(each), 0);
            }
            assertThat(before.keySet()).hasSameElementsAs(model.parameters().names());
            int states = optimizer.state().tensors().size();
            optimizer.step(model.parameters(), RATE);
            assertThat(optimizer.state().tensors())
                    .as("all states were in the file")
                    .hasSize(states);
            for (JsonNode each : recording) {
                String name = each.path("name").asText();
                float[] after =
                        model.backend().toArray(model.parameters().get(name).value());
                assertUpdated(each, before.get(name), after);
            }
        }
    }

    private static float[] gradients(JsonNode parameter) {
        int rows = parameter.path("shape").path(0).asInt();
        int columns = parameter.path("shape").path(1).asInt(1);
        boolean transposed = parameter.path("transposed").asBoolean();
        float[] gradients = new float[rows * columns];
        for (int i = 0; i < gradients.length; i++) {
            gradients[place(i, rows, columns, transposed)] = gradient(
                    i / columns, i % columns, parameter.path("path").asText().length());
        }
        return gradients;
    }

    private static void assertUpdated(JsonNode parameter, float[] before, float[] after) {
        String path = parameter.path("path").asText();
        double squares = 0;
        for (int i = 0; i < after.length; i++) {
            squares += Math.pow((double) after[i] - before[i], 2);
        }
        double norm = parameter.path("norm").asDouble();
        assertThat(Math.sqrt(squares)).as(path).isCloseTo(norm, within(1e-5 * norm));
        int rows = parameter.path("shape").path(0).asInt();
        int columns = parameter.path("shape").path(1).asInt(1);
        for (int k = 0; k < parameter.path("places").size(); k++) {
            int at = place(
                    parameter.path("places").path(k).asInt(),
                    rows,
                    columns,
                    parameter.path("transposed").asBoolean());
            double expected = parameter.path("updates").path(k).asDouble();
            assertThat((double) after[at] - before[at])
                    .as("%s at %d", path, at)
                    .isCloseTo(expected, within(1e-5 * Math.abs(expected) + 5e-8));
        }
    }
}
