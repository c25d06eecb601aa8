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

/** Runs the C++ programs of SentencePiece; a test is skipped where they are not installed. */
public final class SpmTools {

    private SpmTools() {}

    /**
     * The bytes that {@code program} makes of {@code input}.
     *
     * @param folder where its input, output and messages are left
     */
    public static byte[] run(Path folder, byte[] input, String program, String... options)
            throws IOException, InterruptedException {
        assumeTrue(onPath(program), "skipped: no " + program + " on the PATH (Debian's package sentencepiece has it)");
        Path in = Files.write(folder.resolve("spm.in"), input);
        Path out = folder.resolve("spm.out");
        Path messages = folder.resolve("spm.err");
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(Arrays.asList(options));
        Process process = new ProcessBuilder(command)
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(messages.toFile())
                .start();
        assertThat(process.waitFor())
                .as("exit status of %s, which writes to %s", command, messages)
                .isZero();
        return Files.readAllBytes(out);
    }

    /** As {@link #run(Path, byte[], String, String...)}, of text in UTF-8. */
    public static String run(Path folder, String input, String program, String... options)
            throws IOException, InterruptedException {
        return new String(
                run(folder, input.getBytes(StandardCharsets.UTF_8), program, options), StandardCharsets.UTF_8);
    }

    /**
     * What {@code spm_encode} makes of {@code lines} with {@code model}, line by line.
     *
     * @param options its options; none for ids separated by spaces
     */
    public static List<String> encode(Path folder, ModelProto model, List<String> lines, String... options)
            throws IOException, InterruptedException {
        Path file = folder.resolve("encode.model");
        model.write(file);
        List<String> all = new ArrayList<>(List.of("--model=" + file));
        all.addAll(options.length == 0 ? List.of("--output_format=id") : Arrays.asList(options));
        String output = run(folder, String.join("\n", lines) + "\n", "spm_encode", all.toArray(String[]::new));
        return output.lines().toList();
    }

    private static boolean onPath(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
