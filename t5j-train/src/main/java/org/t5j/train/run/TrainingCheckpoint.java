package org.t5j.train.run;

import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.t5j.core.T5Exception;
import org.t5j.core.T5Model;
import org.t5j.core.checkpoint.CheckpointDirectory;
import org.t5j.core.checkpoint.CheckpointWriter;
import org.t5j.core.checkpoint.HfGenerationConfig;
import org.t5j.core.checkpoint.SafetensorsReader;
import org.t5j.core.checkpoint.SafetensorsWriter;
import org.t5j.core.checkpoint.TensorEntry;
import org.t5j.core.checkpoint.WriteOptions;
import org.t5j.core.tensor.Backend;
import org.t5j.core.tensor.Tensor;
import org.t5j.train.TrainingState;
import org.t5j.train.optim.OptimizerState;

/**
 * A checkpoint of a run: a model directory in Hugging Face's layout, vocabulary included, with {@code
 * training/optimizer.safetensors} and {@code training/state.json}, and with {@code training/weights.safetensors} where the
 * model is not what is trained, see {@link org.t5j.train.ModelExport}.
 */
public final class TrainingCheckpoint {
    static final String OPTIMIZER = "training/optimizer.safetensors";
    private static final String STATE = "training/state.json";
    static final String STEPS = "steps";
    private static final ObjectMapper JSON = JsonMapper.builder()
            .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private TrainingCheckpoint() {}

    /** Writes a checkpoint that appears at once. */
    static void write(
            Path directory,
            T5Model model,
            CheckpointWeights weights,
            VocabularyFiles vocabulary,
            OptimizerState optimizer,
            TrainingState state) {
        CheckpointDirectory.write(directory, files -> {
            CheckpointWriter.writeInto(
                    files,
                    model.hfConfig(),
                    HfGenerationConfig.of(model.config()),
                    weights.exported(),
                    WriteOptions.DEFAULT);
            weights.writeTraining(files);
            vocabulary.writeInto(files);
            Files.createDirectories(files.resolve(OPTIMIZER).getParent());
            writeOptimizer(files.resolve(OPTIMIZER), optimizer, model.backend());
            Files.writeString(files.resolve(STATE), JSON.writeValueAsString(state));
        });
    }

    private static void writeOptimizer(Path file, OptimizerState optimizer, Backend backend) {
        SafetensorsWriter writer = new SafetensorsWriter().metadata(STEPS, Long.toString(optimizer.steps()));
        optimizer.tensors().forEach((name, tensor) -> {
            Tensor flat = tensor.reshapeView(Math.toIntExact(tensor.length()));
            writer.add(
                    name,
                    (from, target, count) -> backend.read(flat.rowsView((int) from, count), target, 0),
                    tensor.shape());
        });
        writer.write(file);
    }

    /** The names of the optimizer's tensors. */
    static Set<String> optimizerNames(Path directory) {
        return SafetensorsReader.open(directory.resolve(OPTIMIZER)).names();
    }

    /** Whether {@link #readState} has something to read. */
    static boolean hasState(Path directory) {
        return Files.exists(directory.resolve(STATE));
    }

    /** Puts what an optimizer had into a new one. */
    static void readOptimizer(Path directory, OptimizerState optimizer, Backend backend) {
        SafetensorsReader reader = SafetensorsReader.open(directory.resolve(OPTIMIZER));
        for (String name : reader.names()) {
            TensorEntry entry = reader.entry(name);
            int[] shape = entry.shape().stream().mapToInt(Math::toIntExact).toArray();
            backend.write(optimizer.tensor(name, shape), reader.floats(name), 0);
        }
        optimizer.setSteps(Long.parseLong(reader.metadata().get(STEPS)));
    }

    /**
     * Where the run stood.
     *
     * @throws T5Exception where {@code directory} is no checkpoint of a run
     */
    public static TrainingState readState(Path directory) {
        Path file = directory.resolve(STATE);
        if (!Files.exists(file)) {
            throw new T5Exception(directory + " is no checkpoint of a training run: it has no " + STATE);
        }
        try {
            return JSON.readValue(file.toFile(), TrainingState.class);
        } catch (IOException e) {
            throw new T5Exception(file + " is damaged (" + e.getMessage() + "); use another checkpoint", e);
        }
    }
}
