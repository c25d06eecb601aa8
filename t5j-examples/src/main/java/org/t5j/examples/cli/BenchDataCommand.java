package org.t5j.examples.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.t5j.examples.bench.DataBenchmark;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "data",
        description = "Times how fast one thread makes batches of span corruption, of ids at hand in turn with the"
                + " published algorithm in numpy where Python has it, and from raw text beside the tokenizer alone, and"
                + " prints one JSON line; ratios above 1 say that t5j is faster.")
final class BenchDataCommand extends Subcommand {
    @Option(names = "--model", required = true, paramLabel = "FILE", description = "The .model file of the vocabulary.")
    private Path model;

    @Option(
            names = "--text",
            required = true,
            paramLabel = "FILE",
            description = "Text in UTF-8, documents separated by blank lines.")
    private Path text;

    @Option(names = "--source", paramLabel = "TOKENS", description = "Length of the inputs.", defaultValue = "512")
    private int inputLength;

    @Option(names = "--batch", paramLabel = "B", description = "Examples in a batch.", defaultValue = "32")
    private int batch;

    @Option(names = "--rounds", paramLabel = "R", description = "Timed passes over the text.", defaultValue = "5")
    private int rounds;

    @Option(
            names = "--warm-up",
            paramLabel = "S",
            description = "Seconds before those, for each task.",
            defaultValue = "3")
    private double warmUp;

    @Option(
            names = "--python",
            paramLabel = "PROGRAM",
            description = "Python to measure numpy with.",
            defaultValue = "/usr/bin/python3")
    private String python;

    @Override
    public Integer call() {
        require(rounds >= 1 && warmUp >= 0, "--rounds must be at least 1 and --warm-up at least 0");
        require(batch >= 1 && inputLength >= 2, "--batch must be at least 1 and --source at least 2");
        require(Files.isReadable(model), "--model " + model + " is not a file that can be read");
        require(Files.isReadable(text), "--text " + text + " is not a file that can be read");
        out().println(new DataBenchmark(model, text, inputLength, batch, rounds, warmUp, python).run(err()));
        return 0;
    }
}
