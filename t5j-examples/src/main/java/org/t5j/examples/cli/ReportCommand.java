package org.t5j.examples.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.t5j.core.T5Exception;
import org.t5j.train.run.RunDirectory;
import org.t5j.train.run.RunReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "report",
        description =
                "Writes the page about a training run, going on, ended or killed, from its log: curves, data seen,"
                        + " predictions, configuration; and its TensorBoard file where there is none.")
final class ReportCommand extends Subcommand {
    @Parameters(paramLabel = "RUN", description = "A run directory.")
    private Path run;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "File to write; report.html in the run directory if not given.")
    private Path output;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        if (!Files.isDirectory(run)) {
            throw new T5Exception("There is no run directory " + run);
        }
        if (output != null) {
            OutputOption.checkPlace(this, "--output", output);
        }
        ObjectNode facts = JsonNodeFactory.instance.objectNode();
        facts.put("report", RunReport.write(run, output).toString());
        facts.put("tensorboard", RunDirectory.of(run).events().toString());
        Facts.print(out(), facts, json);
        return 0;
    }
}
