package org.t5j.train.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.t5j.core.T5Config;
import org.t5j.core.T5Exception;
import org.t5j.core.T5Model;
import org.t5j.core.checkpoint.CheckpointReader;
import org.t5j.core.checkpoint.HfConfig;
import org.t5j.core.decode.GenerationConfig;
import org.t5j.core.layer.Additions;
import org.t5j.core.tensor.Nd4jBackend;
import org.t5j.data.batch.BatchStream;
import org.t5j.data.task.MixingRate;
import org.t5j.data.task.Mixture;
import org.t5j.data.task.Task;
import org.t5j.tokenizer.Tokenizer;
import org.t5j.train.EarlyStopping;
import org.t5j.train.TrainingListener;
import org.t5j.train.TrainingState;
import org.t5j.train.average.WeightAverage;
import org.t5j.train.evaluate.TaskDecoding;
import org.t5j.train.memory.Preflight;
import org.t5j.train.memory.Workload;
import org.t5j.train.optim.Optimizer;
import org.t5j.train.setup.ArchitectureRules;
import org.t5j.train.setup.Learning;
import org.t5j.train.setup.OptimSection;
import org.t5j.train.setup.TrainConfig;
import org.t5j.train.transfer.LoraExport;
import org.t5j.train.transfer.TrainedParameters;
import org.t5j.train.transfer.Transfer;

/**
 * Pre-training and fine-tuning from raw files to checkpoints.
 *
 * <pre>{@code
 * TrainConfig config = TrainConfig.load(Path.of("pretrain.yaml"), List.of("optim.totalSteps=1000"));
 * TrainingResult result = Training.of(config).run(Path.of("runs/first"), false);
 * }</pre>
 *
 * <p>A process killed at any instant loses what came after its last checkpoint; {@code run(directory, true)} goes on from
 * there and ends with bitwise the same parameters as a run that was never killed.
 */
public final class Training {
    private static final Logger LOG = LoggerFactory.getLogger(Training.class);

    private final TrainConfig config;
    private final List<TrainingListener> listeners = new ArrayList<>();
    private Mixture mixture;

    private Training(TrainConfig config) {
        this.config = config;
    }

    /** Training as {@code config} says; files are first looked at in {@link #run}. */
    public static Training of(TrainConfig config) {
        return new Training(config);
    }

    /**
     * Goes on with a run by its own configuration, changed by settings such as {@code optim.totalSteps=2000}.
     *
     * @throws T5Exception where {@code runDirectory} is no run directory or a setting does not fit
     */
    public static Training ofRun(Path runDirectory, List<String> settings) {
        RunDirectory run = RunDirectory.of(runDirectory);
        if (!Files.exists(run.config())) {
            throw new T5Exception(runDirectory + " is no run directory: it has no "
                    + run.config().getFileName());
        }
        ResumeRules.checkNames(TrainConfig.load(run.config(), List.of()), settings);
        return new Training(TrainConfig.load(run.config(), settings));
    }

    /** Trains on tasks made in Java instead of the configuration's, in proportion to their numbers of examples. */
    public Training tasks(Task... tasks) {
        return mixture(Mixture.of("all", MixingRate.proportional(Double.POSITIVE_INFINITY, 1, 1), tasks));
    }

    /** Trains on a mixture made in Java instead of the configuration's tasks. */
    public Training mixture(Mixture newMixture) {
        mixture = newMixture;
        return this;
    }

    /** Adds a listener, told in the order of adding after the log and the progress display. */
    public Training listener(TrainingListener listener) {
        listeners.add(listener);
        return this;
    }

    /**
     * Trains until all updates are made, or as many evaluations as {@code eval.patience} says brought nothing better.
     *
     * @param resume whether to go on from the newest checkpoint in {@code runDirectory}; without one it starts anew
     * @throws T5Exception where the directory holds files that are not of a run, or a run and {@code resume} is false,
     *     where another process trains there, where something that a run may not change differs from the run's own
     *     configuration, or where a loss is not finite
     * @throws TrainingInterruptedException where the process was asked to end
     * @throws org.t5j.data.DataException where the data cannot be read, holds nothing to learn or, on resuming, is not
     *     what the run began with; the message names file and line, or the setting
     * @throws org.t5j.tokenizer.TokenizerException where the vocabulary is absent, damaged or of a type that is not
     *     supported
     */
    public TrainingResult run(Path runDirectory, boolean resume) {
        RunDirectory run = RunDirectory.of(runDirectory);
        run.requireNothingForeign();
        if (!resume && !run.steps().isEmpty()) {
            throw new T5Exception(runDirectory
                    + " already holds the checkpoints of a run; resume it (--resume) or choose" + " another directory");
        }
        if (run.steps().isEmpty()) {
            ArchitectureRules.check(withModelDirectory(config));
        }
        try (RunLock lock = run.lock()) {
            Optional<Path> from = resume ? run.latest() : Optional.empty();
            from.ifPresent(checkpoint -> requireResumable(run, checkpoint));
            return run(run, lock, from);
        }
    }

    /** A model section that the run began with fits; earlier versions passed over a shape beside a checkpoint. */
    private void requireResumable(RunDirectory run, Path checkpoint) {
        TrainConfig now = config.startingFrom(checkpoint);
        TrainConfig before = Files.exists(run.config()) ? TrainConfig.load(run.config(), List.of()) : null;
        if (before == null || !before.startingFrom(checkpoint).model().equals(now.model())) {
            ArchitectureRules.check(now);
        }
        if (before != null) {
            ResumeRules.check(before, config);
        }
    }

    private TrainingResult run(RunDirectory run, RunLock lock, Optional<Path> from) {
        TrainConfig exact = from.isPresent() ? config : withModelDirectory(config);
        VocabularyFiles vocabulary =
                from.map(VocabularyFiles::in).orElseGet(() -> VocabularyFiles.of(exact.tokenizer()));
        Learning learning = learning(vocabulary.tokenizer(), run.cache());
        EarlyStopping patience = config.eval().stopping(learning.evaluator().bestScore());
        Additions additions = config.transfer().additions();
        preflight(
                learning,
                from.map(CheckpointReader::resolveConfig).orElseGet(() -> exact.model()
                        .shapeFor(vocabulary.tokenizer().vocabSize())),
                over(from.orElse(exact.model().checkpoint()), additions),
                from.isPresent());
        try (T5Model model = from.map(checkpoint -> T5Model.load(checkpoint, additions, config.seed()))
                        .orElseGet(() ->
                                exact.model().create(vocabulary.tokenizer().vocabSize(), additions, config.seed()));
                Optimizer optimizer = config.optim().optimizer().create(model.kernels());
                WeightAverage average = new WeightAverage(config.average(), model.parameters(), model.kernels())) {
            CheckpointWeights weights = new CheckpointWeights(model, average, LoraExport.of(additions.lora()));
            TrainedParameters trained = trainedParameters(model);
            TrainingState state;
            if (from.isEmpty()) {
                trained.at(lastUpdate());
                state = WarmStart.begin(config.optim(), exact.model().checkpoint(), model, weights, optimizer);
                trained.at(0);
            } else {
                TrainingCheckpoint.readOptimizer(from.get(), optimizer.state(), model.parameters(), model.backend());
                weights.restore(from.get());
                state = TrainingCheckpoint.readState(from.get());
                trained.at(state.step());
                tellOfNothingToDo(run, state);
            }
            try (BatchStream batches =
                    BatchStream.open(learning.data(), config.data().batches(config.seed()), state.data())) {
                if (state.step() < config.optim().totalSteps() || !Files.exists(run.config())) {
                    lock.writeConfig(exact.toYaml());
                }
                RunCheckpoints saver = new RunCheckpoints(
                        run,
                        model,
                        weights,
                        optimizer,
                        vocabulary,
                        config.checkpoint().keepLast());
                return new TrainingPart(
                                config, run, learning, patience, model, trained, optimizer, average, saver, state)
                        .train(batches, listeners);
            }
        }
    }

    private TrainedParameters trainedParameters(T5Model model) {
        Transfer transfer = config.transfer()
                .of(model.config(), model.parameters().names(), config.optim().totalSteps());
        return new TrainedParameters(model, transfer);
    }

    /** The additions of a model that is loaded from {@code checkpoint}, or is a new one where it is null. */
    private static Additions over(Path checkpoint, Additions additions) {
        return checkpoint == null
                ? additions
                : additions.over(
                        HfConfig.read(checkpoint.resolve(HfConfig.FILE)).adapterWidth(), checkpoint);
    }

    /** Updates made before the last one, in which as many parameters are trained as ever. */
    private long lastUpdate() {
        return config.optim().totalSteps() - 1;
    }

    private void preflight(Learning learning, T5Config model, Additions additions, boolean resumed) {
        Workload workload = new Workload(
                model,
                additions,
                rehearsed -> trainedParameters(rehearsed).at(lastUpdate()),
                config.optim().optimizer(),
                config.average(),
                OptimSection.trainerOptions(config, model).pass(0, 0, 1),
                config.data().batchSize(),
                config.optim().gradAcc(),
                learning.data().inputLength(),
                learning.data().targetLength(),
                config.eval().batchSize(),
                answers());
        Preflight.check(workload, config.memory().check(), Nd4jBackend.create().freeBytes(), resumed);
    }

    /** How evaluations write texts; tasks with choices are ranked. */
    private List<GenerationConfig> answers() {
        Stream<Task> tasks = Stream.concat(
                mixture == null ? Stream.empty() : mixture.tasks().stream(), config.data().allTasks().stream());
        return tasks.filter(task -> task.splits().contains(Task.VALIDATION) && !task.hasChoices())
                .map(task -> TaskDecoding.of(task, config.eval().beams()))
                .toList();
    }

    private void tellOfNothingToDo(RunDirectory run, TrainingState state) {
        if (state.step() >= config.optim().totalSteps()) {
            LOG.info(
                    "{} is at step {} and optim.totalSteps is {}: there is nothing left to do. Raise optim.totalSteps to"
                            + " train on, or score it by bin/t5j evaluate",
                    run.path(),
                    state.step(),
                    config.optim().totalSteps());
        }
    }

    /** The checkpoint that a run directory stands for is chosen once, so that {@code config.yaml} names it. */
    private static TrainConfig withModelDirectory(TrainConfig config) {
        Path checkpoint = config.model().checkpoint();
        return checkpoint == null ? config : config.startingFrom(ModelDirectory.of(checkpoint));
    }

    private Learning learning(Tokenizer tokenizer, Path cache) {
        return mixture == null
                ? Learning.of(config, tokenizer, cache)
                : Learning.tasks(config, mixture, tokenizer, cache);
    }
}
