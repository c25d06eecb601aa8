package org.t5j.examples.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.t5j.tokenizer.bytes.Bytes;
import picocli.CommandLine.Option;

/** The option {@code --output} of commands that otherwise write to standard output. */
final class OutputOption {
    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "File to write; it appears when all is done. Standard output if not given.")
    private Path output;

    void check(Subcommand command) {
        if (output != null) {
            checkPlace(command, "--output", output);
        }
    }

    /** Checks that {@code file}, which {@code option} names, can be made where it is to be. */
    static void checkPlace(Subcommand command, String option, Path file) {
        Path directory = file.toAbsolutePath().getParent();
        command.require(!Files.isDirectory(file), option + " " + file + " is a directory; name a file in it");
        command.require(
                Files.isDirectory(directory), option + " is to be in " + directory + ", which is not a directory");
    }

    ResultFile open(Subcommand command) throws IOException {
        return output == null ? ResultFile.ofStandardOutput(command) : ResultFile.of(output);
    }

    void write(Subcommand command, Bytes content) throws IOException {
        try (ResultFile file = open(command)) {
            file.stream().write(content.array(), 0, content.length());
            file.finish();
        }
    }
}
