package org.t5j.examples.cli;

import org.t5j.examples.bench.GenerateBenchmark;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "generate",
        description = "Times greedy decoding of random inputs and prints one JSON line, with the keys of the PyTorch"
                + " program it is compared with. Every output has exactly --new-tokens tokens.")
final class BenchGenerateCommand extends Subcommand {
    @Mixin
    private PresetOption preset;

    @Option(names = "--batch", paramLabel = "B", description = "Inputs decoded together.", defaultValue = "8")
    private int batch;

    @Option(names = "--source", paramLabel = "S", description = "Tokens per input.", defaultValue = "256")
    private int source;

    @Option(names = "--new-tokens", paramLabel = "T", description = "Tokens per output.", defaultValue = "64")
    private int newTokens;

    @Option(names = "--steps", paramLabel = "K", description = "Decodings to time.", defaultValue = "8")
    private int steps;

    @Option(names = "--warm-up", paramLabel = "K", description = "Decodings before those.", defaultValue = "1")
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
        String model = preset.name(this);
        require(
                batch >= 1 && source >= 1 && newTokens >= 1 && steps >= 1 && warmUp >= 0,
                "--batch, --source, --new-tokens and --steps must be at least 1 and --warm-up at least 0");
        threads.apply(this);
        out().println(new GenerateBenchmark(model, batch, source, newTokens, threads.count(), warmUp, steps, profile)
                .run(err()));
        return 0;
    }
}
