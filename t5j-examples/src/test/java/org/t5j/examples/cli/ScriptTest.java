package org.t5j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code bin/t5j} as users call it: streams, exit codes, other directories, names with spaces. */
class ScriptTest {
    private static final Path SCRIPT = Script.HERE;
    private static final Path MODEL = Path.of("..", "t5j-core/src/test/resources/golden/t5/v10_tiny")
            .toAbsolutePath()
            .normalize();

    @TempDir
    Path directory;

    @BeforeEach
    void requireBashAndBuild() {
        Script.assumeRunnable();
    }

    private Script.Output bash(String line, String... environment) throws IOException, InterruptedException {
        return Script.run(directory, SCRIPT, line, environment);
    }

    @Test
    void standardOutputHoldsResultsOnlyAlsoWhenNativeLibrariesLoad() throws Exception {
        Script.Output verified = bash("\"$1\" verify --checkpoint " + MODEL + " --reference " + MODEL
                + "/forward.safetensors --threads 1 >> all.txt; echo $?; cat all.txt");
        assertThat(verified.out().lines().findFirst()).hasValue("0");
        assertThat(verified.out().lines().skip(1)).first().asString().startsWith("logits ");
        assertThat(verified.out()).contains("ok: all 11 groups").doesNotContain("HAVE_");
    }

    @Test
    void aPipeThatCloses_aLinkAndSpacesInNames() throws Exception {
        Files.createDirectories(directory.resolve("a b"));
        Files.createSymbolicLink(directory.resolve("a b/t5j link"), SCRIPT);
        Script.Output head = bash("set -o pipefail; cd 'a b'; './t5j link' inspect " + MODEL + " --tensors | head -1");
        assertThat(head.err()).isEmpty();
        assertThat(head.code()).isZero();
        assertThat(head.out())
                .isEqualTo("decoder.block.0.layer.0.SelfAttention.k.weight\tF32\t[32, 32]\t5.75348\t0.539325\t0\n");
    }

    @Test
    void textIsUtf8WhateverTheLocale() throws Exception {
        Path model = SmallModel.vocabulary(directory);
        Script.Output pieces = bash(
                "printf 'thé\\n' | \"$1\" tokenizer encode --output-format piece --model " + model, "LC_ALL", "POSIX");
        assertThat(pieces.out()).contains("é");
        Script.Output name = bash("\"$1\" inspect 'Ä.safetensors'", "LC_ALL", "POSIX");
        assertThat(name.err()).contains("Ä.safetensors");
    }

    @Test
    void exitCodesAndErrorsReachTheShell() throws Exception {
        Script.Output usage = bash("\"$1\" verfy");
        assertThat(usage.code()).isEqualTo(2);
        assertThat(usage.out()).isEmpty();
        assertThat(usage.err()).contains("did you mean verify?").hasLineCount(1);
        Script.Output failed = bash("\"$1\" inspect nothing");
        assertThat(failed.code()).isEqualTo(1);
        assertThat(failed.err()).contains("There is no directory nothing").hasLineCount(1);
    }

    @Test
    void aWrongJavaHomeIsExplained() throws Exception {
        Script.Output result = bash("\"$1\" --help", "JAVA_HOME", "/no/such/jdk");
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).contains("JAVA_HOME is /no/such/jdk", "JDK 17").hasLineCount(1);
    }
}
