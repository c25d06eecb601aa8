package org.t5j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs {@code bin/t5j} in processes of its own, with the JDK of the tests. */
final class Script {
    /** The script of this repository. */
    static final Path HERE = Path.of("..", "bin", "t5j").toAbsolutePath().normalize();

    private Script() {}

    record Output(int code, String out, String err) {}

    static void assumeRunnable() {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "there is no /bin/bash to run bin/t5j with");
        assumeTrue(Files.exists(Path.of("target/classpath")), "t5j is not built: there is no target/classpath");
    }

    /** A process that runs {@code line} in {@code directory}, where $1 is {@code script}, and writes to the files out and err. */
    static Process start(Path directory, Path script, String line, String... environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(List.of("/bin/bash", "-c", line, "bash", script.toString()))
                .directory(directory.toFile())
                .redirectOutput(directory.resolve("out.txt").toFile())
                .redirectError(directory.resolve("err.txt").toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        for (int i = 0; i < environment.length; i += 2) {
            builder.environment().put(environment[i], environment[i + 1]);
        }
        return builder.start();
    }

    /** What {@code line} wrote after it has ended. */
    static Output run(Path directory, Path script, String line, String... environment)
            throws IOException, InterruptedException {
        Process process = start(directory, script, line, environment);
        assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
        return new Output(
                process.exitValue(),
                Files.readString(directory.resolve("out.txt"), StandardCharsets.UTF_8),
                Files.readString(directory.resolve("err.txt"), StandardCharsets.UTF_8));
    }
}
