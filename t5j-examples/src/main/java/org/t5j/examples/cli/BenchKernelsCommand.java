package org.t5j.examples.cli;

import org.t5j.examples.bench.KernelComparison;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "kernels",
        description =
                "Times every kernel at the sizes of a training step, with each of t5j's implementations; other programs"
                        + " have none to compare with. A table on standard error, one JSON line on standard output.")
final class BenchKernelsCommand extends Subcommand {
    @Mixin
    private TrainingWorkOptions work;

    @Option(names = "--steps", paramLabel = "K", description = "Steps; the best counts.", defaultValue = "3")
    private int steps;

    @Option(
            names = "--warm-up",
            paramLabel = "K",
            description = "Steps before those, at least: three seconds of" + " steps with each implementation.",
            defaultValue = "2")
    private int warmUp;

    @Mixin
    private Threads threads;

    @Override
    public Integer call() {
        require(steps >= 1 && warmUp >= 0, "--steps must be at least 1 and --warm-up at least 0");
        KernelComparison comparison = new KernelComparison(work.work(this), threads.count(), warmUp, steps);
        threads.apply(this);
        out().println(comparison.run(err()));
        return 0;
    }
}
