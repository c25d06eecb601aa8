package org.t5j.examples.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.t5j.data.Version;

/**
 * Times whole commands of {@code bin/t5j tokenizer} and SentencePiece's C++ programs in turn, start-up included.
 *
 * @param t5j the script {@code bin/t5j}
 * @param rounds runs of each
 * @param threads of {@code bin/t5j tokenizer encode}, for the record; C++ encodes with one
 */
public record SpmCommands(Path t5j, int rounds, int threads) {

    /** Compares {@code encode} on a text, both writing pieces to nowhere; empty where there is no {@code spm_encode}. */
    public Optional<ObjectNode> encode(Path model, Path text, PrintWriter log) {
        String arguments = " --model=" + quoted(model) + " " + quoted(text);
        String ours = quoted(t5j) + " tokenizer encode --threads=" + threads + arguments;
        return compare("encode", ours, "spm_encode" + arguments, log);
    }

    /**
     * Compares {@code train} on a text; empty where there is no {@code spm_train}.
     *
     * @param flags further flags for both, as for the shell
     * @param directory where the models go
     */
    public Optional<ObjectNode> train(Path text, String flags, Path directory, PrintWriter log) {
        String arguments = " --input=" + quoted(text) + " " + flags + " --model_prefix=";
        return compare(
                "train",
                quoted(t5j) + " tokenizer train" + arguments + quoted(directory.resolve("t5j")),
                "spm_train" + arguments + quoted(directory.resolve("spm")),
                log);
    }

    private Optional<ObjectNode> compare(String what, String ours, String theirs, PrintWriter log) {
        if (!isInstalled("spm_" + what)) {
            log.println(
                    "There is no spm_" + what + " on the PATH (Debian's package sentencepiece has it): not compared");
            return Optional.empty();
        }
        String first = timed(what, Version.T5J, ours);
        String second = timed(what, "spm_" + what, theirs);
        return Optional.of(new CommandComparison(first, second, rounds).run(log));
    }

    private static boolean isInstalled(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    /** A command line that runs {@code command} and prints its milliseconds as a benchmark does. */
    private static String timed(String what, String program, String command) {
        return "start=$(date +%s%N); " + command
                + " >/dev/null 2>&1 || exit; ms=$((($(date +%s%N) - start) / 1000000)); "
                + "printf '{\"peer\":\"" + program + "\",\"what\":\"tokenizer " + what
                + "\",\"ms_best\":%d,\"ms_median\":%d}\\n' $ms $ms";
    }

    private static String quoted(Path file) {
        return "'" + file.toString().replace("'", "'\\''") + "'";
    }
}
