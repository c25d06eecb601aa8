package org.t5j.examples.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * Goes once through what the commands do, on a toy, so that their classes are loaded: {@code bin/t5j} runs it to make the
 * archive of classes with which the JVM starts faster.
 */
final class Rehearsal {
    private static final String SHAPE = "model={preset: tiny, dModel: 16, dKv: 8, dFf: 32, numHeads: 2, numLayers: 1}";
    private static final int WORDS = 2000;
    private static final int WORDS_OF_A_DOCUMENT = 40;

    private final Path directory;

    private Rehearsal(Path directory) {
        this.directory = directory;
    }

    /** @param args an empty directory to work in */
    public static void main(String[] args) throws IOException {
        Locale.setDefault(Locale.ROOT);
        new Rehearsal(Path.of(args[0])).run();
    }

    private void run() throws IOException {
        Path corpus = Files.writeString(directory.resolve("corpus.txt"), corpus());
        Path pairs = Files.writeString(directory.resolve("pairs.tsv"), "one\t1\ntwo\t2\nthree\t3\n");
        Path vocabulary = directory.resolve("spiece.model");
        Path base = directory.resolve("base");
        Path tuned = directory.resolve("tuned");
        execute("--help");
        execute("tokenizer", "train", "--input", corpus, "--output", vocabulary, "--vocab-size", 60);
        execute("tokenizer", "encode", "--model", vocabulary);
        execute(training("pretrain", base, "--tokenizer", vocabulary, "--train", corpus, "--set", SHAPE));
        execute(training("finetune", tuned, "--init", base, "--train", pairs));
        execute("evaluate", "--checkpoint", tuned, "--test", pairs);
        execute("generate", "--checkpoint", tuned, "--max-length", 4);
        execute("generate", "--checkpoint", tuned, "--max-length", 4, "--beams", 2, "--json");
        execute("inspect", tuned);
    }

    private static String corpus() {
        return IntStream.range(0, WORDS)
                .mapToObj(i ->
                        Integer.toString(i * i, Character.MAX_RADIX) + (i % WORDS_OF_A_DOCUMENT == 0 ? "\n\n" : " "))
                .collect(Collectors.joining());
    }

    private static Object[] training(String command, Path run, Object... more) {
        Object[] common = {command, "--output", run, "--set", "optim.totalSteps=2", "--set", "data.batchSize=2"};
        return Stream.concat(Arrays.stream(common), Arrays.stream(more)).toArray();
    }

    private static void execute(Object... arguments) {
        String[] args = List.of(arguments).stream().map(Object::toString).toArray(String[]::new);
        ByteArrayInputStream line = new ByteArrayInputStream("one\n".getBytes(StandardCharsets.UTF_8));
        CommandLine commandLine = T5jCommand.commandLine(line, args);
        commandLine.setOut(
                new PrintWriter(new ResultStream(OutputStream.nullOutputStream()), false, StandardCharsets.UTF_8));
        int code = commandLine.execute(args);
        if (code != 0) {
            throw new IllegalStateException("The rehearsal of " + List.of(args) + " ended with code " + code);
        }
    }
}
