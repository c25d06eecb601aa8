package org.t5j.examples.cli;

import org.t5j.examples.bench.TrainBenchmark;
import org.t5j.examples.bench.TrainingWork;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "train",
        description = "Times training steps on random tokens and prints one JSON line, with the keys of the PyTorch"
                + " program it is compared with. Tokens of padding are not counted. From 50 steps on it also says how"
                + " much memory grew after the 50th.")
final class BenchTrainCommand extends Subcommand {
    @Mixin
    private TrainingWorkOptions work;

    @Option(names = "--steps", paramLabel = "K", description = "Steps to time.", defaultValue = "8")
    private int steps;

    @Option(names = "--warm-up", paramLabel = "K", description = "Steps before those.", defaultValue = "2")
    private int warmUp;

    @Option(
            names = "--profile",
            defaultValue = "false",
            description = "Print the time of every kernel to standard error.")
    private boolean profile;

    @Mixin
    private Threads threads;

    @Override
    public Integer call() {
        TrainingWork training = work.work(this);
        require(steps >= 1 && warmUp >= 0, "--steps must be at least 1 and --warm-up at least 0");
        threads.apply(this);
        out().println(new TrainBenchmark(training, threads.count(), warmUp, steps, profile).run(err()));
        return 0;
    }
}
