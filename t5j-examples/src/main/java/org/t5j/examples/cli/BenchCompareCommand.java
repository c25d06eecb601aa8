package org.t5j.examples.cli;

import org.t5j.examples.bench.CommandComparison;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "compare",
        description = "Runs two benchmark programs in turn, each time a new process, and prints how the first compares"
                + " with the second: one JSON line, and a row of a Markdown table on standard error.",
        footer = {
            "",
            "Example: bin/t5j bench compare \"bin/t5j bench train --threads 2\" \"python peer.py train --threads 2\"",
            "Each must print one JSON object with keys such as tokens_per_second_best, ms_median, peak_rss_mb."
        })
final class BenchCompareCommand extends Subcommand {
    @Parameters(index = "0", paramLabel = "FIRST", description = "Command line, quoted as one argument.")
    private String first;

    @Parameters(index = "1", paramLabel = "SECOND", description = "Command line to compare it with.")
    private String second;

    @Option(names = "--rounds", paramLabel = "R", description = "Runs of each.", defaultValue = "5")
    private int rounds;

    @Override
    public Integer call() {
        require(rounds >= 1, "--rounds must be at least 1, found " + rounds);
        out().println(new CommandComparison(first, second, rounds).run(err()));
        return 0;
    }
}
