package org.t5j.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.t5j.tokenizer.model.ModelProto;

/** The installed C++ {@code spm_encode}; tests that need it are skipped where it is absent. */
public final class Spm {

    private Spm() {}

    /** What {@code spm_encode} makes of {@code lines} with {@code model}: ids separated by spaces, line by line. */
    public static List<String> encode(ModelProto model, List<String> lines, Path folder, String... options)
            throws IOException, InterruptedException {
        assumeTrue(isInstalled(), "skipped: no spm_encode on the PATH (Debian's package sentencepiece has it)");
        Path file = folder.resolve("live.model");
        model.write(file);
        Path input = Files.write(folder.resolve("lines.txt"), lines, StandardCharsets.UTF_8);
        Path output = folder.resolve("ids.txt");
        List<String> command = new ArrayList<>(List.of("spm_encode", "--model=" + file));
        command.addAll(options.length == 0 ? List.of("--output_format=id") : Arrays.asList(options));
        Process process = new ProcessBuilder(command)
                .redirectInput(input.toFile())
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor()).isZero();
        return Files.readAllLines(output);
    }

    private static boolean isInstalled() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "spm_encode")));
    }
}
