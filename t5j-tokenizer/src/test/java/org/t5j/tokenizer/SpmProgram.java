package org.t5j.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Runs an installed program of C++ SentencePiece. */
public final class SpmProgram {

    private SpmProgram() {}

    /** What {@code command} writes when it reads {@code input}; the test is skipped where the program is absent. */
    public static String run(String input, String... command) throws IOException, InterruptedException {
        assumeTrue(
                onPath(command[0]),
                "skipped: no " + command[0] + " on the PATH (Debian's package sentencepiece has it)");
        Path in = Files.createTempFile("spm", ".in");
        Path out = Files.createTempFile("spm", ".out");
        try {
            Files.writeString(in, input);
            Process process = new ProcessBuilder(command)
                    .redirectInput(in.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            assertThat(process.waitFor()).isZero();
            return Files.readString(out);
        } finally {
            Files.delete(in);
            Files.delete(out);
        }
    }

    private static boolean onPath(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
