package org.t5j.examples.cli;

import org.t5j.examples.bench.GemmBenchmark;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "gemm",
        description =
                "Measures the rate of float32 matrix products, the ceiling of a training step, and prints one JSON"
                        + " line.")
final class BenchGemmCommand extends Subcommand {
    @Mixin
    private Threads threads;

    @Override
    public Integer call() {
        threads.apply(this);
        out().println(new GemmBenchmark(threads.count()).run());
        return 0;
    }
}
