package org.t5j.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.t5j.core.T5Config;
import org.t5j.core.T5Exception;
import org.t5j.core.T5Model;
import org.t5j.core.decode.GenerationConfig;
import org.t5j.core.decode.Sampling;
import org.t5j.train.Fixtures;

/** Files of outputs: whole or not there, and the same bytes wherever the writing was cut off and taken up again. */
class BatchGenerationTest {
    private static final int BATCH = 4;
    private static final GenerationConfig SAMPLING = GenerationConfig.builder()
            .maxLength(8)
            .sampling(Sampling.withSeed(5))
            .build();

    @TempDir
    Path directory;

    private Path model;
    private Path inputs;
    private Path output;

    @BeforeEach
    void makeFiles() throws IOException {
        model = directory.resolve("model");
        T5Config config = T5Config.builder()
                .vocabSize(1152)
                .dModel(16)
                .dKv(8)
                .dFf(32)
                .layers(1, 1)
                .numHeads(2)
                .build();
        try (T5Model made = T5Model.create(config, 3)) {
            made.save(model);
        }
        Files.copy(Fixtures.vocabulary(), model.resolve("spiece.model"));
        inputs = directory.resolve("inputs.txt");
        Files.write(
                inputs,
                IntStream.range(0, 18).mapToObj(i -> "house ".repeat(i % 6)).toList());
        output = Files.createDirectory(directory.resolve("out")).resolve("outputs.txt");
    }

    private static BatchGeneration generation(TextGenerator generator) {
        return new BatchGeneration(generator, SAMPLING, BATCH, OutputFormat.JSON);
    }

    /** @param most lines after which the reading fails */
    private Supplier<String> lines(int most) throws IOException {
        Iterator<String> lines = Files.readAllLines(inputs).iterator();
        int[] read = new int[1];
        return () -> {
            if (read[0]++ == most) {
                throw new IllegalStateException("killed");
            }
            return lines.hasNext() ? lines.next() : null;
        };
    }

    private Path partial() throws IOException {
        try (Stream<Path> files = Files.list(output.getParent())) {
            return files.filter(file -> file.toString().endsWith(".partial"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void whereverItIsCutOffItGoesOnToTheSameBytes() throws IOException {
        try (TextGenerator generator = TextGenerator.load(model)) {
            assertThat(generation(generator).write(inputs, lines(99), output)).isEqualTo(18);
            byte[] whole = Files.readAllBytes(output);
            assertThat(Files.readAllLines(output)).hasSize(18).doesNotHaveDuplicates();
            assertThat(output.getParent()).isDirectoryNotContaining(file -> !file.equals(output));
            Files.delete(output);
            for (int length = 0; length <= whole.length; length += length % 3 == 0 ? 1 : 40) {
                assertThatThrownBy(() -> generation(generator).write(inputs, lines(9), output))
                        .hasMessage("killed");
                assertThat(output).doesNotExist();
                Files.write(partial(), Arrays.copyOf(whole, length));
                assertThat(generation(generator).write(inputs, lines(99), output))
                        .isEqualTo(18);
                assertThat(Files.readAllBytes(output)).as("cut at %d", length).isEqualTo(whole);
                Files.delete(output);
            }
        }
    }

    @Test
    void aKilledProcessGoesOnToTheSameBytes() throws Exception {
        Files.write(
                inputs,
                IntStream.range(0, 4000).mapToObj(i -> "house of king " + i).toList());
        Process process = start();
        while (process.isAlive() && !(hasPartial() && Files.size(partial()) > 20_000)) {
            Thread.onSpinWait();
        }
        process.destroyForcibly().waitFor();
        assertThat(output).doesNotExist();
        assertThat(Files.size(partial())).isPositive();
        Process resumed = start();
        assertThat(resumed.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(resumed.exitValue()).as(log()).isZero();
        assertThat(log()).contains("Going on after the");
        Path untouched = output.resolveSibling("untouched.txt");
        try (TextGenerator generator = TextGenerator.load(model)) {
            generation(generator).write(inputs, lines(9999), untouched);
        }
        assertThat(output).hasSameBinaryContentAs(untouched);
    }

    private boolean hasPartial() throws IOException {
        try (Stream<Path> files = Files.list(output.getParent())) {
            return files.anyMatch(file -> file.toString().endsWith(".partial"));
        }
    }

    private String log() throws IOException {
        return Files.readString(directory.resolve("log.txt"));
    }

    private Process start() throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-modules=jdk.incubator.vector",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BatchGenerationTest.class.getName(),
                        model.toString(),
                        inputs.toString(),
                        output.toString()))
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log.txt").toFile())
                .start();
    }

    /** A process to be killed: {@code model inputs output}. */
    public static void main(String[] arguments) throws IOException {
        Iterator<String> lines = Files.readAllLines(Path.of(arguments[1])).iterator();
        try (TextGenerator generator = TextGenerator.load(Path.of(arguments[0]))) {
            generation(generator)
                    .write(Path.of(arguments[1]), () -> lines.hasNext() ? lines.next() : null, Path.of(arguments[2]));
        }
    }

    @Test
    void anotherModelOtherInputsOrOptionsDoNotGoOn() throws IOException {
        try (TextGenerator generator = TextGenerator.load(model)) {
            assertThatThrownBy(() -> generation(generator).write(inputs, lines(9), output))
                    .hasMessage("killed");
            Path begun = partial();
            assertRefused(
                    new BatchGeneration(generator, SAMPLING, BATCH + 1, OutputFormat.JSON), "options or another model");
            assertRefused(new BatchGeneration(generator, SAMPLING, BATCH, OutputFormat.TEXT), "delete " + begun);
            Files.writeString(inputs, "other inputs\n");
            assertRefused(generation(generator), "was begun with other inputs");
            Files.delete(begun);
            assertThat(generation(generator).write(inputs, lines(99), output)).isEqualTo(1);
        }
    }

    private void assertRefused(BatchGeneration generation, String why) {
        assertThatThrownBy(() -> generation.write(inputs, lines(99), output))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining(why);
        assertThat(output).doesNotExist();
    }

    @Test
    void twoWritersOfOneFileExcludeEachOther() {
        String fingerprint = "0123456789abcdef";
        try (ResumableLines first = ResumableLines.open(output, fingerprint, 1)) {
            first.append(List.of("a"));
            assertThatThrownBy(() -> ResumableLines.open(output, fingerprint, 1))
                    .isInstanceOf(T5Exception.class)
                    .hasMessageContaining("Another process is writing");
        }
        try (ResumableLines second = ResumableLines.open(output, fingerprint, 1)) {
            assertThat(second.lines()).isEqualTo(1);
        }
    }
}
