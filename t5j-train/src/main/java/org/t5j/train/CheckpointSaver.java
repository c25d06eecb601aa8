package org.t5j.train;

import java.nio.file.Path;
import java.util.Optional;

/** Puts a run's state where it survives the process. */
public interface CheckpointSaver {

    /**
     * Writes a checkpoint; when this returns, it is safe.
     *
     * @return the checkpoint's directory
     */
    Path save(TrainingState state);

    /** The newest checkpoint that is safe. */
    Optional<Path> latest();
}
