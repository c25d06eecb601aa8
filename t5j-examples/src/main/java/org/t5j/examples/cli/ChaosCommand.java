package org.t5j.examples.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.t5j.examples.chaos.Campaign;
import org.t5j.examples.chaos.Finding;
import org.t5j.train.run.ForeignFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "chaos",
        description =
                "Kills, starves and damages a small pre-training in every way that is known, resumes it each time and"
                        + " compares its end with that of one that was left alone, bit by bit: a table, exit code 1 where a promise"
                        + " did not hold.",
        footer = {
            "",
            "Events: kill (SIGKILL at random instants), term (SIGTERM), disk-full, read-only, deleted (the run directory),"
                    + " truncated and flipped (a file of the newest checkpoint), two-processes (on one run directory), clock"
                    + " (set back), data-changed. What the machine does not let happen is skipped, with the reason."
        })
final class ChaosCommand extends Subcommand {
    private static final String ALL = "all";

    @Option(
            names = "--kills",
            paramLabel = "N",
            defaultValue = "10",
            description = "SIGKILLs on one run, each resumed; some 3 seconds each.")
    private int kills;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Decides when and where; the same seed draws the same moments.")
    private long seed;

    @Option(
            names = "--scenario",
            split = ",",
            paramLabel = "EVENT",
            defaultValue = ALL,
            description = "Which events, separated by commas.")
    private List<String> scenarios;

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description =
                    "Where the runs and what they said are kept; a temporary directory, deleted when all held, if not"
                            + " given.")
    private Path output;

    @Option(names = "--json", description = "Print one JSON object instead of the table.")
    private boolean json;

    @Mixin
    private Threads threads;

    @Override
    public Integer call() throws IOException, InterruptedException {
        require(kills >= 1, "--kills must be at least 1, found " + kills);
        List<String> events = scenarios.contains(ALL) ? Campaign.events() : scenarios;
        for (String event : events) {
            require(
                    Campaign.events().contains(event),
                    "--scenario: there is no event \"" + event + "\". There are " + ALL + ", "
                            + String.join(", ", Campaign.events()));
        }
        threads.apply(this);
        if (output != null) {
            ForeignFiles.refuse(output, "a campaign");
        }
        Path directory = output == null ? Files.createTempDirectory("t5j-chaos") : output.toAbsolutePath();
        List<Finding> findings = new Campaign(directory, T5jCommand.class, kills, seed).run(events, this::tell);
        boolean held = findings.stream().noneMatch(finding -> finding.outcome() == Finding.Outcome.BROKEN);
        print(findings, held);
        if (output == null && held) {
            Campaign.delete(directory);
        } else {
            err().println("The runs are in " + directory);
        }
        return held ? 0 : ErrorReport.FAILED;
    }

    private void tell(Finding finding) {
        err().printf(Locale.ROOT, "%s: %s (%.0f s)%n", finding.event(), word(finding), finding.seconds());
        err().flush();
    }

    private void print(List<Finding> findings, boolean held) {
        if (json) {
            ObjectNode tree = JsonNodeFactory.instance.objectNode();
            tree.put("seed", seed).put("kills", kills).put("held", held);
            ArrayNode events = tree.putArray("events");
            findings.forEach(finding -> events.addObject()
                    .put("event", finding.event())
                    .put("outcome", word(finding))
                    .put("seen", finding.seen())
                    .put("seconds", Math.round(10 * finding.seconds()) / 10.0));
            out().println(tree);
            return;
        }
        findings.forEach(finding -> out().printf("%-14s %-8s %s%n", finding.event(), word(finding), finding.seen()));
    }

    private static String word(Finding finding) {
        return finding.outcome().name().toLowerCase(Locale.ROOT);
    }
}
