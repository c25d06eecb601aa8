package org.t5j.train.run;

import java.nio.file.Files;
import java.nio.file.Path;
import org.t5j.core.T5Exception;
import org.t5j.core.checkpoint.HfConfig;

/** Finds the model that a directory stands for which a user names: a model itself, or a run. */
public final class ModelDirectory {
    private ModelDirectory() {}

    /**
     * The directory itself where it is a model in Hugging Face's layout, the best checkpoint where it is that of a run.
     *
     * @throws T5Exception where it is neither
     */
    public static Path of(Path directory) {
        if (!Files.exists(directory)) {
            throw new T5Exception("There is no directory " + directory + "; name the directory of a model, with "
                    + HfConfig.FILE + " and model.safetensors, or that of a training run");
        }
        if (!Files.isDirectory(directory)) {
            throw new T5Exception(directory + " is a file; name the directory of a model that it stands in");
        }
        if (Files.exists(directory.resolve(HfConfig.FILE))) {
            return directory;
        }
        return RunDirectory.of(directory)
                .best()
                .orElseThrow(() -> new T5Exception(directory + " is neither a model (there is no " + HfConfig.FILE
                        + " in it) nor a training run with a checkpoint; name a directory that holds " + HfConfig.FILE
                        + " and model.safetensors"));
    }
}
