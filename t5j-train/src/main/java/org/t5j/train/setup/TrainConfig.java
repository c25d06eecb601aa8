package org.t5j.train.setup;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.t5j.data.objective.ObjectiveConfig;
import org.t5j.data.task.MixtureConfig;
import org.t5j.data.task.TaskConfig;
import org.t5j.data.task.TaskGeneration;
import org.t5j.data.task.study.StudyTaskConfig;
import org.t5j.train.average.AverageConfig;
import org.t5j.train.average.Averages;
import org.t5j.train.average.NoAverage;
import org.t5j.train.config.ConfigException;
import org.t5j.train.config.ConfigFile;
import org.t5j.train.config.ConfigReference;
import org.t5j.train.config.ConfigSchema;
import org.t5j.train.config.Doc;
import org.t5j.train.optim.OptimizerConfig;
import org.t5j.train.optim.Optimizers;
import org.t5j.train.schedule.ConstantSchedule;
import org.t5j.train.schedule.RsqrtSchedule;
import org.t5j.train.schedule.Schedule;
import org.t5j.train.schedule.Schedules;
import org.t5j.train.transfer.AllParameters;
import org.t5j.train.transfer.TransferConfig;
import org.t5j.train.transfer.Transfers;

/** Everything that decides a run. Read it with {@link #load}, or change {@link #defaults()} by {@link #ofSettings}. */
public record TrainConfig(
        @Doc("what to do: PRETRAIN on a corpus with an objective, or FINETUNE on tasks")
        Mode mode,

        @Doc("decides initial weights, order of data, noise and dropout")
        long seed,

        @Doc("the model to train") ModelSection model,
        @Doc("its vocabulary") TokenizerSection tokenizer,
        @Doc("what it learns from") DataSection data,

        @Doc("for PRETRAIN: how a text becomes inputs and targets")
        ObjectiveConfig objective,

        @Doc("updates of the parameters") OptimSection optim,

        @Doc("the learning rate over time; by default rsqrt for PRETRAIN and constant for FINETUNE")
        Schedule schedule,

        @Doc("which parameters are trained, and what is added to the model for it")
        TransferConfig transfer,

        @Doc("what is evaluated and saved in the weights' stead: an average of them, or none")
        AverageConfig average,

        @Doc("scores on data that is not trained on") EvalSection eval,
        @Doc("what is kept of the run") CheckpointSection checkpoint,
        @Doc("what is written about it") LoggingSection logging,

        @Doc("what is done about too little memory") MemorySection memory) {

    /** What to do. */
    public enum Mode {
        /** Learn a corpus by an unsupervised objective. */
        PRETRAIN,
        /** Learn tasks. */
        FINETUNE
    }

    private static final ConfigSchema SCHEMA = new ConfigSchema(TrainConfig.class)
            .fileNames("data.directory", "data[.](files|validationFiles|(tasks|study)[.](train|validation|test))")
            .variants(OptimizerConfig.class, Optimizers.byName())
            .variants(Schedule.class, Schedules.byName())
            .variants(TransferConfig.class, Transfers.byName())
            .variants(AverageConfig.class, Averages.byName())
            .documentation(ObjectiveConfig.class, DataDocs.OBJECTIVE)
            .documentation(TaskConfig.class, DataDocs.TASK)
            .documentation(StudyTaskConfig.class, DataDocs.STUDY)
            .documentation(TaskGeneration.class, DataDocs.GENERATION)
            .documentation(MixtureConfig.class, DataDocs.MIXTURE);
    private static final ConfigFile<TrainConfig> FILE = new ConfigFile<>(TrainConfig.class, SCHEMA);

    /** Pre-training of a new T5 v1.0 small; the names of vocabulary and corpus are missing. */
    public static TrainConfig defaults() {
        return new TrainConfig(
                Mode.PRETRAIN,
                0,
                ModelSection.defaults(),
                TokenizerSection.defaults(),
                DataSection.defaults(),
                ObjectiveConfig.spanCorruption(512),
                OptimSection.defaults(),
                null,
                new AllParameters(),
                new NoAverage(),
                EvalSection.defaults(),
                CheckpointSection.defaults(),
                LoggingSection.defaults(),
                MemorySection.defaults());
    }

    /**
     * The configuration in a YAML or JSON file, changed by {@code key.path=value} settings. Relative file names in the file
     * start from its directory, those in settings from the working directory.
     *
     * @throws org.t5j.core.T5Exception naming file and key where something does not fit
     */
    public static TrainConfig load(Path file, List<String> settings) {
        return FILE.load(file, settings).checked();
    }

    /** The defaults changed by settings; relative file names start from the working directory. */
    public static TrainConfig ofSettings(List<String> settings) {
        return FILE.ofSettings(settings).checked();
    }

    /**
     * A setting for {@link #load} or {@link #ofSettings}, quoted where YAML needs it: write file names by it.
     *
     * @param key such as {@code model.checkpoint}
     * @param value a text, number, boolean, enum constant, path (a relative one starts from the working directory) or
     *     null for the default, or a list or map of such
     */
    public static String setting(String key, Object value) {
        return FILE.setting(key, value);
    }

    /** The tables of {@code docs/configuration.md}. */
    public static String reference() {
        return ConfigReference.markdown(SCHEMA);
    }

    /** All values, defaults included, as YAML; {@link #load} reads it back from any directory. */
    public String toYaml() {
        return FILE.toYaml(this);
    }

    /** All values, defaults included. */
    public JsonNode toTree() {
        return FILE.toTree(this);
    }

    /**
     * This configuration with {@code model.checkpoint} at {@code modelDirectory}, and {@code tokenizer.file} there too
     * where it is not given.
     */
    public TrainConfig startingFrom(Path modelDirectory) {
        return new TrainConfig(
                mode,
                seed,
                model.withCheckpoint(modelDirectory),
                tokenizer.orElseOf(modelDirectory),
                data,
                objective,
                optim,
                schedule,
                transfer,
                average,
                eval,
                checkpoint,
                logging,
                memory);
    }

    /** With the schedule of its mode where none is given, and refused where its sections do not fit each other. */
    private TrainConfig checked() {
        Schedule chosen = schedule != null
                ? schedule
                : mode == Mode.PRETRAIN ? RsqrtSchedule.defaults() : ConstantSchedule.defaults();
        requireWarmupEnds(chosen, optim);
        requireCheckpoint();
        requireAverageBegins();
        return new TrainConfig(
                mode,
                seed,
                model,
                tokenizer,
                data,
                objective,
                optim,
                chosen,
                transfer,
                average,
                eval,
                checkpoint,
                logging,
                memory);
    }

    private void requireCheckpoint() {
        if (optim.warmStart() != OptimSection.WarmStart.NONE && model.checkpoint() == null) {
            throw new ConfigException("optim.warmStart is " + optim.warmStart()
                    + ", but there is no checkpoint to take it from; name one by model.checkpoint (--init)");
        }
    }

    private void requireAverageBegins() {
        if (!(average instanceof NoAverage) && !average.hasBegun(optim.totalSteps())) {
            throw new ConfigException("average begins after the end of the run: optim.totalSteps is "
                    + optim.totalSteps() + "; set average.startStep to less, or average to none");
        }
    }

    private static void requireWarmupEnds(Schedule schedule, OptimSection optim) {
        if (optim.warmStart() == OptimSection.WarmStart.MOMENTS_AND_STEP && optim.scheduleOffset() == null) {
            return;
        }
        long totalSteps = optim.totalSteps() + (optim.scheduleOffset() == null ? 0 : optim.scheduleOffset());
        try {
            schedule.over(totalSteps);
        } catch (ConfigException e) {
            throw new ConfigException(
                    "schedule.warmupSteps is " + schedule.warmupSteps() + ", but must be below optim.totalSteps, "
                            + totalSteps
                            + ", at which the schedule ends. For a short trial shorten the warm-up too: --set"
                            + " schedule.warmupSteps=" + totalSteps / 10,
                    e);
        }
    }
}
