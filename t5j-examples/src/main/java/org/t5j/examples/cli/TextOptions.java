package org.t5j.examples.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.t5j.examples.cli.LinePipeline.Results;
import org.t5j.tokenizer.bytes.Bytes;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of commands that turn lines of text into others: where they come from and go to, and the threads. */
final class TextOptions {
    @Option(names = "--input", paramLabel = "FILE", description = "File to read, in place of [FILE...].")
    private Path input;

    @Parameters(
            paramLabel = "FILE",
            description = "Files to read, one after the other; standard input if none is named.")
    private List<Path> files = List.of();

    @Mixin
    private OutputOption output;

    @Option(names = "--threads", paramLabel = "N", description = "Threads to work with; all cores if not given.")
    private Integer threads;

    @Option(
            names = "--minloglevel",
            paramLabel = "N",
            description = "Changes nothing: nothing is logged.",
            hidden = true)
    private int minLogLevel;

    /** Checks the options before there is work. */
    void check(Subcommand command) {
        command.require(input == null || files.isEmpty(), "Name the text by --input or by itself, not both");
        command.require(threads == null || threads >= 1, "--threads must be at least 1, found " + threads);
        for (Path file : inputs()) {
            command.require(Files.exists(file), "There is no input file " + file);
            command.require(!Files.isDirectory(file), "The input " + file + " is a directory; name files in it");
            command.require(Files.isReadable(file), "The input " + file + " cannot be read; change its permissions");
        }
        output.check(command);
    }

    private List<Path> inputs() {
        return input != null ? List.of(input) : files;
    }

    /** Writes what {@code work} makes of the lines, in their order. */
    void transform(Subcommand command, Function<LineBlock, Bytes> work) throws IOException {
        try (ResultFile file = output.open(command)) {
            forEachBlock(command, work, new Results<>() {
                @Override
                public void accept(Bytes result) throws IOException {
                    file.stream().write(result.array(), 0, result.length());
                }

                @Override
                public void flush() throws IOException {
                    file.stream().flush();
                }
            });
            file.finish();
        }
    }

    /** Gives {@code results} what {@code work} makes of the lines, in their order. */
    <R> void forEachBlock(Subcommand command, Function<LineBlock, R> work, Results<R> results) throws IOException {
        int count = threads != null ? threads : Runtime.getRuntime().availableProcessors();
        LinePipeline<R> pipeline = new LinePipeline<>(count, work);
        if (inputs().isEmpty()) {
            pipeline.run(command.in(), "the input", results);
        }
        for (Path file : inputs()) {
            try (InputStream in = Files.newInputStream(file)) {
                pipeline.run(in, file.toString(), results);
            }
        }
    }

    /** Writes {@code content} where results go. */
    void write(Subcommand command, Bytes content) throws IOException {
        output.write(command, content);
    }
}
