package org.t5j.train.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.t5j.core.NearestName;
import org.t5j.core.T5Config;
import org.t5j.core.T5Exception;
import org.t5j.core.checkpoint.CheckpointReader;
import org.t5j.core.checkpoint.HfConfig;
import org.t5j.core.checkpoint.HfGenerationConfig;
import org.t5j.core.decode.EarlyStopping;
import org.t5j.core.decode.GenerationConfig;
import org.t5j.core.decode.Sampling;

/**
 * How a model wants to be used: by its {@code generation_config.json}, and for a task as {@code config.json} or the run
 * that it was trained in says.
 *
 * @param prefix what inputs of the task begin with; empty where it has none
 * @param generation how outputs are searched
 */
record TaskDefaults(String prefix, GenerationConfig generation) {
    private static final Logger LOG = LoggerFactory.getLogger(TaskDefaults.class);
    private static final String TASKS = "task_specific_params";
    private static final int MAX_LENGTH = 128;

    /** For no task in particular. */
    static TaskDefaults of(Path directory) {
        HfConfig config = CheckpointReader.readConfig(directory);
        return of(HfGenerationConfig.readFrom(directory, config.config()), config.config());
    }

    /**
     * For a task that {@code task_specific_params} has, such as {@code summarization}, or else the run that the model is of.
     *
     * @throws T5Exception where neither has such a task
     */
    static TaskDefaults of(Path directory, String task) {
        HfConfig config = CheckpointReader.readConfig(directory);
        JsonNode tasks = config.get(TASKS);
        if (tasks.path(task).isObject()) {
            return of(HfGenerationConfig.readFrom(directory, config.config()).with(tasks.path(task)), config.config());
        }
        Set<String> names = new TreeSet<>();
        tasks.fieldNames().forEachRemaining(names::add);
        for (LearntTask learnt : LearntTask.of(directory)) {
            if (learnt.name().equals(task)) {
                return new TaskDefaults(
                        learnt.prefix(), learnt.over(of(directory).generation()));
            }
            names.add(learnt.name());
        }
        throw new T5Exception(
                names.isEmpty()
                        ? "There is no task \"" + task + "\": config.json in " + directory + " has no " + TASKS
                                + ", and it stands in no run with tasks; leave the task out and begin inputs with its"
                                + " prefix"
                        : "There is no task \"" + task + "\" in " + TASKS + " of " + directory
                                + "/config.json or in the run that it stands in" + NearestName.question(names, task)
                                + " There are " + String.join(", ", names));
    }

    private static TaskDefaults of(HfGenerationConfig file, T5Config model) {
        int maxLength = file.get("max_length").isMissingNode() ? MAX_LENGTH : file.maxLength();
        GenerationConfig generation = GenerationConfig.builder()
                .startTokenId(model.decoderStartTokenId())
                .eosTokenId(model.eosTokenId())
                .padTokenId(model.padTokenId())
                .maxLength(file.maxNewTokens().isPresent() ? file.maxNewTokens().getAsInt() + 1 : maxLength)
                .minLength(file.minLength())
                .numBeams(file.numBeams())
                .lengthPenalty(file.lengthPenalty())
                .earlyStopping(earlyStopping(file))
                .noRepeatNgramSize(file.noRepeatNgramSize())
                .repetitionPenalty(file.repetitionPenalty())
                .sampling(sampling(file))
                .build();
        return new TaskDefaults(file.get("prefix").asText(), generation);
    }

    private static EarlyStopping earlyStopping(HfGenerationConfig file) {
        if (file.neverStopsEarly()) {
            return EarlyStopping.NEVER;
        }
        return file.earlyStopping() ? EarlyStopping.TRUE : EarlyStopping.FALSE;
    }

    private static Sampling sampling(HfGenerationConfig file) {
        if (file.doSample() && file.numBeams() > 1) {
            LOG.warn(
                    "The model's generation_config.json asks for sampling with {} beams, which t5j does not do; its"
                            + " outputs are those of a beam search",
                    file.numBeams());
            return null;
        }
        return file.doSample() ? new Sampling(file.temperature(), file.topK(), file.topP(), file.minP(), 0) : null;
    }
}
