package org.t5j.examples.cli;

import java.util.List;
import org.t5j.core.NearestName;
import org.t5j.core.T5Preset;
import org.t5j.examples.bench.TrainBenchmark;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "train",
        description = "Times training steps on random tokens and prints one JSON line, with the keys of the PyTorch"
                + " program it is compared with.")
final class BenchTrainCommand extends Subcommand {
    private static final List<String> OPTIMIZERS = List.of("adafactor", "adamw");

    @Option(
            names = "--preset",
            paramLabel = "NAME",
            description = "The model: bench, tiny, small, v1_1-small ...",
            defaultValue = "bench")
    private String preset;

    @Option(names = "--batch", paramLabel = "B", description = "Sequences per step.", defaultValue = "8")
    private int batch;

    @Option(names = "--source", paramLabel = "S", description = "Tokens per input.", defaultValue = "256")
    private int source;

    @Option(names = "--target", paramLabel = "T", description = "Tokens per target.", defaultValue = "64")
    private int target;

    @Option(names = "--dropout", paramLabel = "P", description = "Rate of dropout.", defaultValue = "0.1")
    private float dropout;

    @Option(names = "--optimizer", paramLabel = "NAME", description = "adafactor or adamw.", defaultValue = "adafactor")
    private String optimizer;

    @Option(names = "--steps", paramLabel = "K", description = "Steps to time, after two more.", defaultValue = "8")
    private int steps;

    @Mixin
    private Threads threads;

    @Override
    public Integer call() {
        require(
                T5Preset.names().contains(preset),
                "There is no preset \"" + preset + "\"; did you mean " + NearestName.among(T5Preset.names(), preset)
                        + "?");
        require(OPTIMIZERS.contains(optimizer), "--optimizer must be adafactor or adamw, found \"" + optimizer + "\"");
        require(
                batch >= 1 && source >= 1 && target >= 1 && steps >= 1,
                "--batch, --source, --target and --steps must be at least 1");
        require(dropout >= 0 && dropout < 1, "--dropout must be at least 0 and below 1, found " + dropout);
        threads.apply(this);
        out().println(new TrainBenchmark(preset, batch, source, target, dropout, optimizer, threads.count(), steps)
                .run());
        return 0;
    }
}
