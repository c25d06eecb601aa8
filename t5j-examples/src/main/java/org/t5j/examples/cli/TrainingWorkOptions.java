package org.t5j.examples.cli;

import java.util.List;
import org.t5j.examples.bench.InputLengths;
import org.t5j.examples.bench.TrainingWork;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a training step of a benchmark works on. */
final class TrainingWorkOptions {
    private static final List<String> OPTIMIZERS = List.of("adafactor", "adamw");

    @Mixin
    private PresetOption preset;

    @Option(names = "--batch", paramLabel = "B", description = "Sequences per step.", defaultValue = "8")
    private int batch;

    @Option(names = "--source", paramLabel = "S", description = "Tokens of the longest input.", defaultValue = "256")
    private int source;

    @Option(names = "--target", paramLabel = "T", description = "Tokens of the longest target.", defaultValue = "64")
    private int target;

    @Option(
            names = "--shortest",
            paramLabel = "S",
            description = "Tokens of the shortest input. With it inputs differ in length up to --source and are padded,"
                    + " targets in proportion. Without it all are equal.")
    private Integer shortest;

    @Option(
            names = "--mean-length",
            paramLabel = "S",
            description = "Tokens of an input on average, with --shortest; the middle if not given.")
    private Integer meanLength;

    @Option(names = "--dropout", paramLabel = "P", description = "Rate of dropout.", defaultValue = "0.1")
    private float dropout;

    @Option(names = "--optimizer", paramLabel = "NAME", description = "adafactor or adamw.", defaultValue = "adafactor")
    private String optimizer;

    private void requireReachable(Subcommand command, InputLengths lengths) {
        int low = lengths.leastMean(batch);
        int high = lengths.greatestMean(batch);
        command.require(
                low <= high,
                "--batch " + batch + " with --shortest " + shortest + " and --source " + source + " leaves no choice of"
                        + " lengths; take a larger --batch, a smaller --shortest, or leave --shortest out");
        command.require(
                low <= lengths.mean() && lengths.mean() <= high,
                "--mean-length must be between " + low + " and " + high + " for --batch " + batch + " with --shortest "
                        + shortest + " and --source " + source + ", found " + lengths.mean());
    }

    TrainingWork work(Subcommand command) {
        command.require(
                OPTIMIZERS.contains(optimizer), "--optimizer must be adafactor or adamw, found \"" + optimizer + "\"");
        command.require(batch >= 1 && source >= 1 && target >= 1, "--batch, --source and --target must be at least 1");
        command.require(dropout >= 0 && dropout < 1, "--dropout must be at least 0 and below 1, found " + dropout);
        command.require(
                shortest == null || shortest >= 1 && shortest <= source,
                "--shortest must be between 1 and --source " + source + ", found " + shortest);
        command.require(
                meanLength == null || shortest != null,
                "--mean-length is for inputs of different lengths; give --shortest too");
        int least = shortest == null ? source : shortest;
        int mean = meanLength == null ? (least + source) / 2 : meanLength;
        if (least < source) {
            requireReachable(command, new InputLengths(least, mean, source));
        }
        return new TrainingWork(preset.name(command), batch, source, target, least, mean, dropout, optimizer);
    }
}
