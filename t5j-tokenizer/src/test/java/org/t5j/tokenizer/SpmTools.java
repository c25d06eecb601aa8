package org.t5j.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Runs the C++ programs of SentencePiece; a test is skipped where they are not installed. */
public final class SpmTools {

    private SpmTools() {}

    /** The bytes that {@code program} makes of {@code input}. */
    public static byte[] run(Path folder, byte[] input, String program, String... options)
            throws IOException, InterruptedException {
        assumeTrue(onPath(program), "skipped: no " + program + " on the PATH (Debian's package sentencepiece has it)");
        Path in = Files.write(folder.resolve("spm.in"), input);
        Path out = folder.resolve("spm.out");
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(Arrays.asList(options));
        Process process = new ProcessBuilder(command)
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor()).as("exit status of %s", command).isZero();
        return Files.readAllBytes(out);
    }

    private static boolean onPath(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
