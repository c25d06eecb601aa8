package org.t5j.examples.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.t5j.examples.twin.StepLoss;
import org.t5j.examples.twin.TwinDirectory;
import org.t5j.examples.twin.TwinTraining;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "train",
        description = "Trains the model of a directory that \"twin write\" made on its batches, and writes a line"
                + " {\"step\": N, \"loss\": X, \"grad_norm\": Y} for every update. The directory stays as it is.",
        footer = {"", "Example: bin/t5j twin train DIR --set \"optim.optimizer={name: adamw}\" --output adamw.jsonl"})
final class TwinTrainCommand extends Subcommand {
    @Parameters(paramLabel = "DIR", description = "A directory that \"twin write\" made.")
    private Path directory;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "A setting of optim or schedule other than the directory's; may be repeated.")
    private List<String> settings = List.of();

    @Mixin
    private OutputOption output;

    @Mixin
    private Threads threads;

    @Override
    public Integer call() throws IOException {
        output.check(this);
        threads.apply(this);
        try (ResultFile file = output.open(this)) {
            TwinTraining.run(new TwinDirectory(directory), settings, loss -> write(loss, file));
            file.finish();
        }
        return 0;
    }

    private static void write(StepLoss loss, ResultFile file) {
        try {
            file.stream().write((loss.toJson() + "\n").getBytes(StandardCharsets.UTF_8));
            file.stream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
