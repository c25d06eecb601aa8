package org.t5j.examples.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.t5j.examples.bench.SpmCommands;
import org.t5j.examples.bench.TokenizerBenchmark;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "tokenizer",
        description = "Times encoding and decoding of a text with a vocabulary, in turn with the C++ library where"
                + " Python has it (Debian's package python3-sentencepiece), and prints one JSON line; ratios above 1 say"
                + " that t5j is faster. With --commands and --train it compares whole commands too, a line each; there"
                + " ratios of milliseconds below 1 say so.")
final class BenchTokenizerCommand extends Subcommand {
    @Option(names = "--model", paramLabel = "FILE", description = "The .model file; needed but for --train alone.")
    private Path model;

    @Option(names = "--text", required = true, paramLabel = "FILE", description = "Text in UTF-8.")
    private Path text;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads, where several encode; all cores if not given.")
    private Integer threads;

    @Option(names = "--rounds", paramLabel = "R", description = "Timed passes, or runs, of each.", defaultValue = "5")
    private int rounds;

    @Option(
            names = "--warm-up",
            paramLabel = "S",
            description = "Seconds before those, for each task.",
            defaultValue = "3")
    private double warmUp;

    @Option(
            names = "--commands",
            description = "Also compare the command encode with spm_encode, start-up included.",
            defaultValue = "false")
    private boolean commands;

    @Option(
            names = "--train",
            paramLabel = "FLAGS",
            description = "Also compare the command train with spm_train, both with these flags, as one argument.")
    private String trainFlags;

    @Option(
            names = "--t5j",
            paramLabel = "FILE",
            description = "The script whose commands are compared.",
            defaultValue = "bin/t5j")
    private Path script;

    @Option(
            names = "--python",
            paramLabel = "PROGRAM",
            description = "Python to measure the C++ library with.",
            defaultValue = "/usr/bin/python3")
    private String python;

    @Override
    public Integer call() throws IOException {
        require(model != null || trainFlags != null, "Say what to measure: give --model or --train");
        require(model != null || !commands, "--commands needs --model");
        require(rounds >= 1 && warmUp >= 0, "--rounds must be at least 1 and --warm-up at least 0");
        require(threads == null || threads >= 1, "--threads must be at least 1, found " + threads);
        require(Files.isReadable(text), "--text " + text + " is not a file that can be read");
        require(
                Files.isExecutable(script) || !commands && trainFlags == null,
                "--t5j " + script + " is not a script that can be run; give the path of bin/t5j");
        int count = threads != null ? threads : Runtime.getRuntime().availableProcessors();
        SpmCommands programs = new SpmCommands(script.toAbsolutePath(), rounds, count);
        if (model != null) {
            out().println(new TokenizerBenchmark(model, text, count, rounds, warmUp, python).run(err()));
        }
        if (commands) {
            programs.encode(model, text, err()).ifPresent(this::print);
        }
        if (trainFlags != null) {
            compareTraining(programs);
        }
        return 0;
    }

    private void compareTraining(SpmCommands programs) throws IOException {
        Path directory = Files.createTempDirectory("t5j-bench");
        try {
            programs.train(text, trainFlags, directory, err()).ifPresent(this::print);
        } finally {
            try (Stream<Path> files = Files.walk(directory)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        }
    }

    private void print(ObjectNode result) {
        out().println(result);
    }
}
