package org.t5j.train.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import org.t5j.core.T5Exception;
import org.t5j.core.T5Model;
import org.t5j.core.checkpoint.ParameterSource;
import org.t5j.core.checkpoint.SafetensorsReader;
import org.t5j.core.checkpoint.SafetensorsWriter;
import org.t5j.core.checkpoint.TensorEntry;
import org.t5j.core.checkpoint.TensorSource;
import org.t5j.core.tensor.Parameter;
import org.t5j.core.tensor.Tensor;
import org.t5j.train.ModelExport;
import org.t5j.train.average.WeightAverage;

/**
 * The weights of a run's checkpoints by the rule of {@link ModelExport}. In {@code training/weights.safetensors} a tensor
 * named as a parameter holds its training values; {@code average.} before the name stands for an average that {@code
 * model.safetensors} does not hold.
 */
final class CheckpointWeights {
    static final String FILE = "training/weights.safetensors";
    private static final String AVERAGE = "average.";

    private final T5Model model;
    private final WeightAverage average;
    private final ModelExport export;

    /** Of a model whose parameters have their training values whenever something is called here. */
    CheckpointWeights(T5Model model, WeightAverage average, ModelExport export) {
        this.model = model;
        this.average = average;
        this.export = export;
    }

    /** The tensors of {@code model.safetensors}. */
    TensorSource exported() {
        return export.tensors(new Evaluated(new ParameterSource(model.parameters(), model.backend())));
    }

    /** Writes the training values into a checkpoint that is being filled; no file where there is nothing to write. */
    void writeTraining(Path directory) throws IOException {
        SafetensorsWriter writer = new SafetensorsWriter();
        boolean differs = false;
        for (Parameter parameter : model.parameters()) {
            Tensor averaged = average.tensors().get(parameter.name());
            boolean kept = export.keeps(parameter.name());
            if (averaged != null || !kept) {
                SavedTensors.add(writer, parameter.name(), parameter.value(), model.backend());
                differs = true;
            }
            if (averaged != null && !kept) {
                SavedTensors.add(writer, AVERAGE + parameter.name(), averaged, model.backend());
            }
        }
        if (differs) {
            Files.createDirectories(directory.resolve(FILE).getParent());
            writer.write(directory.resolve(FILE));
        }
    }

    /**
     * Gives a model that was loaded from {@code model.safetensors} its training values, and the average what it had.
     *
     * @throws T5Exception where the file is damaged or belongs to another model
     */
    void restore(Path directory) {
        if (!Files.exists(directory.resolve(FILE))) {
            return;
        }
        SafetensorsReader reader = SafetensorsReader.open(directory.resolve(FILE));
        for (String name : reader.names()) {
            String parameter = name.startsWith(AVERAGE) ? name.substring(AVERAGE.length()) : name;
            Tensor value = fitting(reader, name, parameter);
            if (name.startsWith(AVERAGE)) {
                SavedTensors.read(reader, name, average.tensor(parameter), model.backend());
                continue;
            }
            if (export.keeps(parameter)) {
                model.kernels().copy(value, average.tensor(parameter));
            }
            SavedTensors.read(reader, name, value, model.backend());
        }
    }

    /**
     * Gives a model that was loaded from {@code model.safetensors} its training values, for a run that begins with them and
     * an average of its own.
     *
     * @throws T5Exception where the file is damaged or belongs to another model, one with LoRA for example
     */
    void startFrom(Path directory) {
        if (Files.exists(directory.resolve(FILE))) {
            SafetensorsReader reader = SafetensorsReader.open(directory.resolve(FILE));
            for (String name : reader.names()) {
                if (!name.startsWith(AVERAGE)) {
                    SavedTensors.read(reader, name, fitting(reader, name, name), model.backend());
                }
            }
        }
    }

    private Tensor fitting(SafetensorsReader reader, String name, String parameter) {
        if (!model.parameters().contains(parameter)) {
            throw new T5Exception(reader.file() + " holds " + name + ", of which the model has no parameter: it is of a"
                    + " run with other settings; start from the model alone (optim.warmStart: NONE)");
        }
        Tensor value = model.parameters().get(parameter).value();
        TensorEntry entry = reader.entry(name);
        if (!entry.hasShape(value.shape())) {
            throw new T5Exception(reader.file() + " holds " + name + " of shape " + entry.shape()
                    + " where the model has " + Arrays.toString(value.shape())
                    + ": it is of another model or damaged; use another checkpoint");
        }
        return value;
    }

    /** The parameters with their averages where there are some. */
    private final class Evaluated implements TensorSource {
        private final TensorSource trained;

        private Evaluated(TensorSource trained) {
            this.trained = trained;
        }

        @Override
        public Set<String> names() {
            return trained.names();
        }

        @Override
        public TensorEntry entry(String name) {
            return trained.entry(name);
        }

        @Override
        public void readFloats(String name, long from, float[] target, int targetOffset, int count) {
            Tensor averaged = average.tensors().get(name);
            if (averaged == null) {
                trained.readFloats(name, from, target, targetOffset, count);
            } else {
                Tensor row = SavedTensors.flat(averaged).rowsView(Math.toIntExact(from), count);
                model.backend().read(row, target, targetOffset);
            }
        }
    }
}
