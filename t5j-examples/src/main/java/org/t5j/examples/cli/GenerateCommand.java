package org.t5j.examples.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.t5j.core.decode.Generated;
import org.t5j.core.decode.GenerationConfig;
import org.t5j.train.run.BatchGeneration;
import org.t5j.train.run.OutputFormat;
import org.t5j.train.run.TextGenerator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "generate",
        description =
                "Writes an output for every input: one line for each --input, or for each line of a file or of standard input.")
final class GenerateCommand extends Subcommand {
    @Mixin
    private CheckpointOptions checkpoint;

    @Option(names = "--input", paramLabel = "TEXT", description = "A text with its task prefix; may be repeated.")
    private List<String> inputs = List.of();

    @Option(names = "--input-file", paramLabel = "FILE", description = "A text a line, instead of standard input.")
    private Path inputFile;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description =
                    "With --input-file: write a line for each of its lines to this file, which appears when all is"
                            + " done. Where the command was killed, the same command goes on.")
    private Path output;

    @Option(
            names = "--task",
            paramLabel = "NAME",
            description =
                    "A task of the checkpoint's run, or one that its config.json has in task_specific_params, such as"
                            + " summarization: its prefix is put in front of every input, and its values are the defaults.")
    private String task;

    @Mixin
    private DecodingOptions decoding;

    @Option(
            names = "--batch",
            paramLabel = "N",
            description = "Lines decoded side by side, where so many are waiting.",
            defaultValue = "16")
    private int batchSize;

    @Option(
            names = "--max-input-length",
            paramLabel = "N",
            description = "Longer inputs are cut to so many tokens, with a warning.",
            defaultValue = "512")
    private int maxInputLength;

    @Option(
            names = "--stream",
            description =
                    "Print outputs token by token as they are written, one input after the other; needs --beams 1.")
    private boolean stream;

    @Option(names = "--json", description = "Print a JSON object a line: input, output, score, finished, ids.")
    private boolean json;

    @Mixin
    private Threads threads;

    private TextGenerator generator;
    private GenerationConfig config;
    private long batches;

    @Override
    public Integer call() throws IOException {
        require(batchSize >= 1, "--batch must be at least 1, found " + batchSize);
        require(maxInputLength >= 1, "--max-input-length must be at least 1, found " + maxInputLength);
        require(!(stream && json), "--stream and --json exclude each other: an object is printed when it is whole");
        requireFiles();
        require(decoding.contradiction().isEmpty(), decoding.contradiction());
        threads.apply(this);
        try (TextGenerator loaded = load()) {
            generator = loaded.maxInputLength(maxInputLength);
            if (task != null) {
                generator.task(task);
            }
            config = decoding.over(generator.defaults(), this);
            require(
                    !stream || config.numBeams() == 1,
                    "--stream needs --beams 1, found " + config.numBeams()
                            + " beams: a beam search knows its tokens only when it ends");
            if (inputFile != null) {
                readFile();
            } else if (inputs.isEmpty()) {
                readLines(lines());
            } else {
                for (int at = 0; at < inputs.size(); at += batchSize) {
                    write(inputs.subList(at, Math.min(inputs.size(), at + batchSize)));
                }
            }
        }
        return 0;
    }

    private void requireFiles() {
        require(inputFile == null || inputs.isEmpty(), "--input-file and --input exclude each other");
        require(inputFile == null || Files.isRegularFile(inputFile), "--input-file: there is no file " + inputFile);
        require(output == null || inputFile != null, "--output needs --input-file; redirect standard output instead");
        require(
                output == null || !stream,
                "--stream and --output exclude each other: the file appears when it is whole");
        if (output != null) {
            OutputOption.checkPlace(this, "--output", output);
        }
    }

    private TextGenerator load() {
        return TextGenerator.load(checkpoint.models(), checkpoint::tokenizer);
    }

    private void readFile() throws IOException {
        try (InputStream in = Files.newInputStream(inputFile)) {
            LineInput lines = new LineInput(in);
            if (output == null) {
                readLines(lines);
            } else {
                new BatchGeneration(generator, config, batchSize, format()).write(inputFile, lines::next, output);
            }
        }
    }

    private OutputFormat format() {
        return json ? OutputFormat.JSON : OutputFormat.TEXT;
    }

    /** Batches the lines that are waiting; a line that comes alone is answered at once. */
    private void readLines(LineInput lines) {
        List<String> waiting = new ArrayList<>();
        for (String line = lines.next(); line != null; line = lines.next()) {
            waiting.add(line);
            if (waiting.size() == batchSize || !lines.ready()) {
                write(waiting);
                waiting.clear();
            }
        }
        write(waiting);
    }

    private void write(List<String> texts) {
        if (texts.isEmpty()) {
            return;
        }
        if (stream) {
            texts.forEach(this::stream);
            return;
        }
        List<List<Generated>> outputs = generator.outputs(texts, config.ofBatch(batches++));
        for (int i = 0; i < texts.size(); i++) {
            Generated best = outputs.get(i).get(0);
            out().println(format().of(texts.get(i), generator.text(best), best));
        }
        out().flush();
    }

    private void stream(String input) {
        generator.stream(input, config.ofBatch(batches++), piece -> {
            out().print(piece);
            out().flush();
        });
        out().println();
        out().flush();
    }
}
