package org.t5j.train.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.t5j.core.checkpoint.SafetensorsWriter;
import org.t5j.core.checkpoint.TensorSource;

/** States of an optimizer that was not trained here, in the file that a {@link TrainingCheckpoint} keeps them in. */
public final class OptimizerFile {
    private OptimizerFile() {}

    /**
     * Puts the file into a model directory that is being filled.
     *
     * @param states under t5j's names, e.g. {@code shared.weight.exp_avg_sq_row}
     * @param steps updates made
     */
    public static void write(Path directory, TensorSource states, long steps) throws IOException {
        Path file = directory.resolve(TrainingCheckpoint.OPTIMIZER);
        Files.createDirectories(file.getParent());
        SafetensorsWriter writer = new SafetensorsWriter().metadata(TrainingCheckpoint.STEPS, Long.toString(steps));
        for (String name : states.names()) {
            int[] shape = states.entry(name).shape().stream()
                    .mapToInt(Math::toIntExact)
                    .toArray();
            writer.add(name, (from, target, count) -> states.readFloats(name, from, target, 0, count), shape);
        }
        writer.write(file);
    }
}
