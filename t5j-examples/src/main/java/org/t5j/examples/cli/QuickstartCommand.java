package org.t5j.examples.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.t5j.examples.quickstart.Quickstart;
import org.t5j.examples.quickstart.QuickstartReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "quickstart",
        description = "Trains a vocabulary, pre-trains and fine-tunes a small T5 on bundled texts and evaluates it on"
                + " books it has not seen: the whole path, in about five minutes on two cores, within ten on"
                + " slow or busy ones. Run again after an interruption, it goes on.")
final class QuickstartCommand extends Subcommand {
    @Option(
            names = "--output",
            paramLabel = "DIR",
            defaultValue = "runs/quickstart",
            description = "Where data, runs and quickstart.json are written.")
    private Path output;

    @Option(names = "--json", description = "Print quickstart.json instead of a summary.")
    private boolean json;

    @Mixin
    private Threads threads;

    @Override
    public Integer call() throws IOException {
        threads.apply(this);
        QuickstartReport report = Quickstart.standard(output, err()).run();
        if (json) {
            out().println(Files.readString(output.resolve(Quickstart.REPORT)));
        } else {
            report.print(out());
        }
        return 0;
    }
}
