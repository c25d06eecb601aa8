package org.t5j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code bin/t5j} as users call it: streams, exit codes, other directories, names with spaces. */
class ScriptTest {
    private static final Path SCRIPT =
            Path.of("..", "bin", "t5j").toAbsolutePath().normalize();
    private static final Path MODEL = Path.of("..", "t5j-core/src/test/resources/golden/t5/v10_tiny")
            .toAbsolutePath()
            .normalize();

    @TempDir
    Path directory;

    @BeforeEach
    void requireBashAndBuild() {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "there is no /bin/bash to run bin/t5j with");
        assumeTrue(Files.exists(Path.of("target/classpath")), "t5j is not built: there is no target/classpath");
    }

    private record Output(int code, String out, String err) {}

    private Output bash(String line, String... environment) throws IOException, InterruptedException {
        Path out = directory.resolve("out.txt");
        Path err = directory.resolve("err.txt");
        List<String> command = new ArrayList<>(List.of("/bin/bash", "-c", line, "bash", SCRIPT.toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        for (int i = 0; i < environment.length; i += 2) {
            builder.environment().put(environment[i], environment[i + 1]);
        }
        Process process = builder.start();
        assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
        return new Output(
                process.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }

    @Test
    void standardOutputHoldsResultsOnlyAlsoWhenNativeLibrariesLoad() throws Exception {
        Output verified = bash("\"$1\" verify --checkpoint " + MODEL + " --reference " + MODEL
                + "/forward.safetensors --threads 1 >> all.txt; echo $?; cat all.txt");
        assertThat(verified.out().lines().findFirst()).hasValue("0");
        assertThat(verified.out().lines().skip(1)).first().asString().startsWith("logits ");
        assertThat(verified.out()).contains("ok: all 11 groups").doesNotContain("HAVE_");
    }

    @Test
    void aPipeThatCloses_aLinkAndSpacesInNames() throws Exception {
        Files.createDirectories(directory.resolve("a b"));
        Files.createSymbolicLink(directory.resolve("a b/t5j link"), SCRIPT);
        Output head = bash("set -o pipefail; cd 'a b'; './t5j link' inspect " + MODEL + " --tensors | head -1");
        assertThat(head.err()).isEmpty();
        assertThat(head.code()).isZero();
        assertThat(head.out()).isEqualTo("decoder.block.0.layer.0.SelfAttention.k.weight\tF32\t[32, 32]\n");
    }

    @Test
    void textIsUtf8WhateverTheLocale() throws Exception {
        Path model = SmallModel.vocabulary(directory);
        Output pieces = bash(
                "printf 'thé\\n' | \"$1\" tokenizer encode --output-format piece --model " + model, "LC_ALL", "POSIX");
        assertThat(pieces.out()).contains("é");
        Output name = bash("\"$1\" inspect 'Ä.safetensors'", "LC_ALL", "POSIX");
        assertThat(name.err()).contains("Ä.safetensors");
    }

    @Test
    void exitCodesAndErrorsReachTheShell() throws Exception {
        Output usage = bash("\"$1\" verfy");
        assertThat(usage.code()).isEqualTo(2);
        assertThat(usage.out()).isEmpty();
        assertThat(usage.err()).contains("did you mean verify?").hasLineCount(1);
        Output failed = bash("\"$1\" inspect nothing");
        assertThat(failed.code()).isEqualTo(1);
        assertThat(failed.err()).contains("There is no directory nothing").hasLineCount(1);
    }

    @Test
    void aWrongJavaHomeIsExplained() throws Exception {
        Output result = bash("\"$1\" --help", "JAVA_HOME", "/no/such/jdk");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("JAVA_HOME is /no/such/jdk", "JDK 17").hasLineCount(1);
    }
}
