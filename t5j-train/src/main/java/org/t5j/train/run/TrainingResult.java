package org.t5j.train.run;

import java.nio.file.Path;
import java.util.Map;
import org.t5j.train.TrainingState;

/**
 * What a run came to.
 *
 * @param state at the end
 * @param last the last checkpoint
 * @param best the checkpoint with the best evaluation, or the last
 * @param scores of the last evaluation of this process, by name; empty where there was none
 */
public record TrainingResult(TrainingState state, Path last, Path best, Map<String, Double> scores) {}
