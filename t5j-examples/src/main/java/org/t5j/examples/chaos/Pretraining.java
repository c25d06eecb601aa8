package org.t5j.examples.chaos;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.t5j.examples.quickstart.Book;
import org.t5j.tokenizer.TrainerConfig;
import org.t5j.tokenizer.unigram.UnigramTrainer;

/** A small pre-training on the Gospel of John by span corruption, with dropout and a checkpoint every few updates. */
final class Pretraining {
    /** Updates between checkpoints. */
    static final int SAVE_STEPS = 4;

    private static final Set<String> OF_THE_PARENT = Set.of("-javaagent", "-Dt5j.results", "-Dt5j.messages");
    private static final int PIECES = 1000;
    private static final String CONFIG = """
            mode: PRETRAIN
            seed: 1
            model: {preset: tiny, dModel: 64, dKv: 16, dFf: 128, numHeads: 4, numLayers: 2}
            tokenizer: {file: vocabulary.model}
            data: {format: lines, files: [john.txt], batchSize: 8, bucketBatches: 4}
            objective: {inputLength: 64}
            optim: {totalSteps: %d, dropoutRate: 0.1}
            checkpoint: {everySteps: %d, keepLast: 2}
            logging: {everySteps: 1, progress: false}
            """;

    private final Path directory;
    private final Class<?> command;
    private final int steps;
    private int processes;
    private FinishedRun undisturbed;

    private Pretraining(Path directory, Class<?> command, int steps) {
        this.directory = directory;
        this.command = command;
        this.steps = steps;
    }

    /**
     * Writes text, vocabulary and configuration to a new directory.
     *
     * @param command the main class of the command line
     */
    static Pretraining in(Path directory, Class<?> command, int steps) throws IOException {
        Pretraining pretraining = new Pretraining(Files.createDirectories(directory), command, steps);
        Files.write(pretraining.corpus(), Book.JOHN.lines());
        new UnigramTrainer(TrainerConfig.ofVocabSize(PIECES))
                .train(List.of(pretraining.corpus()))
                .write(directory.resolve("vocabulary.model"));
        Files.writeString(directory.resolve("pretrain.yaml"), CONFIG.formatted(steps, SAVE_STEPS));
        return pretraining;
    }

    /** The text. */
    Path corpus() {
        return directory.resolve("john.txt");
    }

    /** Updates of a whole run. */
    int steps() {
        return steps;
    }

    /** Where a run of that name stands or is to stand. */
    Path run(String name) {
        return directory.resolve(name);
    }

    /** Begins or resumes a run. */
    TrainingProcess start(Path run) throws IOException {
        return start(List.of(), run, "--resume");
    }

    /**
     * Begins or resumes a run.
     *
     * @param launcher a command that ends in executing what follows it; empty for none
     */
    TrainingProcess start(List<String> launcher, Path run, String... options) throws IOException {
        List<String> line = new ArrayList<>(launcher);
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> OF_THE_PARENT.stream().noneMatch(flag::startsWith))
                .forEach(line::add);
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), command.getName(), "pretrain"));
        line.addAll(List.of("--config", directory.resolve("pretrain.yaml").toString()));
        line.addAll(List.of("--output", run.toString()));
        line.addAll(Arrays.asList(options));
        Path output = directory.resolve("process-" + ++processes + ".txt");
        return new TrainingProcess(line, run, output);
    }

    /** Begins or resumes a run and kills it when it has logged {@code step}. */
    void trainUntil(Path run, long step) throws IOException, InterruptedException {
        try (TrainingProcess process = start(run)) {
            process.awaitStep(step);
            process.kill();
        }
        VisibleCheckpoints.verify(run);
    }

    /** Resumes a run to its end, which must be that of the run that was left alone. */
    TrainingProcess resumeToTheSameEnd(Path run) throws IOException, InterruptedException {
        try (TrainingProcess process = start(run)) {
            process.awaitSuccess();
            requireSameEnd(run);
            return process;
        }
    }

    /** Checks that a run ended as the one that was left alone. */
    void requireSameEnd(Path run) throws IOException, InterruptedException {
        VisibleCheckpoints.verify(run);
        VisibleCheckpoints.requireNothingHidden(run);
        undisturbed().requireSame(new FinishedRun(run, steps));
    }

    /** The run that is left alone; trained when it is first asked for. */
    FinishedRun undisturbed() throws IOException, InterruptedException {
        if (undisturbed == null) {
            Path run = run("undisturbed");
            try (TrainingProcess process = start(run)) {
                process.awaitSuccess();
            }
            undisturbed = new FinishedRun(run, steps);
        }
        return undisturbed;
    }
}
