package org.t5j.examples.chaos;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.t5j.train.run.RunDirectory;

/** A JVM that trains, seen from outside. Killed when it is closed, if it is alive then. */
final class TrainingProcess implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 300;
    private static final long POLL_NANOS = 200_000;
    private static final int TAIL = 1 << 12;
    private static final Pattern STEP = Pattern.compile("\"step\":(\\d+)");

    private final Process process;
    private final RunDirectory run;
    private final Path output;
    private final Object logBefore;

    /**
     * Starts it.
     *
     * @param output the file that it is to write to
     */
    TrainingProcess(List<String> line, Path run, Path output) throws IOException {
        this.run = RunDirectory.of(run);
        this.output = output;
        this.logBefore = log();
        this.process = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    /** Tells the file from that of an earlier process, which each replaces; null where there is none. */
    private Object log() throws IOException {
        return Files.exists(run.log())
                ? Files.readAttributes(run.log(), BasicFileAttributes.class).fileKey()
                : null;
    }

    /** All that it wrote to standard output and error. */
    String said() throws IOException {
        return Files.readString(output, StandardCharsets.UTF_8);
    }

    /** The step that it logged last, or that it resumed at; 0 before. */
    long loggedStep() {
        try (RandomAccessFile log = new RandomAccessFile(run.log().toFile(), "r")) {
            if (Objects.equals(logBefore, log())) {
                return 0;
            }
            long from = Math.max(0, log.length() - TAIL);
            byte[] tail = new byte[(int) (log.length() - from)];
            log.seek(from);
            log.readFully(tail);
            Matcher found = STEP.matcher(new String(tail, StandardCharsets.UTF_8));
            long newest = 0;
            while (found.find()) {
                newest = Long.parseLong(found.group(1));
            }
            return newest;
        } catch (IOException notThereYet) {
            return 0;
        }
    }

    /** Whether a checkpoint is being written or removed. */
    boolean isSaving() {
        try (Stream<Path> files = Files.list(run.checkpoints())) {
            return files.anyMatch(file -> file.getFileName().toString().startsWith("."));
        } catch (IOException notThereYet) {
            return false;
        }
    }

    /** Waits for the moment; a process that ends before it comes is a broken promise. */
    void awaitMoment(BooleanSupplier moment) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!moment.getAsBoolean()) {
            BrokenPromise.unless(
                    process.isAlive(), "the run ended before its moment came, with this: %s", ErrorLines.last(said()));
            BrokenPromise.unless(
                    System.nanoTime() < deadline, "the moment did not come within %d seconds", PATIENCE_SECONDS);
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    void awaitStep(long step) throws IOException {
        awaitMoment(() -> loggedStep() >= step);
    }

    /** SIGKILL; whether it was alive until then. */
    boolean kill() throws InterruptedException {
        boolean alive = process.isAlive();
        process.destroyForcibly().waitFor();
        return alive && process.exitValue() != 0;
    }

    /** Sends a signal of that name by kill(1). */
    void signal(String name) throws IOException, InterruptedException {
        int code = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
        BrokenPromise.unless(code == 0, "kill -%s ended with code %d", name, code);
    }

    /** SIGTERM. */
    void terminate() {
        process.destroy();
    }

    /** The exit code, when it has ended. */
    int exitCode() throws InterruptedException {
        boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        BrokenPromise.unless(ended, "the run did not end within %d seconds", PATIENCE_SECONDS);
        return process.exitValue();
    }

    /** Waits for the end, which must be a good one. */
    void awaitSuccess() throws IOException, InterruptedException {
        int code = exitCode();
        BrokenPromise.unless(code == 0, "the run ended with code %d: %s", code, ErrorLines.last(said()));
    }

    /** Waits for the end, which must be a failure that is told in words, among them {@code words}. */
    String awaitFailure(String words) throws IOException, InterruptedException {
        int code = exitCode();
        String said = said();
        BrokenPromise.unless(code == 1, "the exit code is %d, not 1: %s", code, ErrorLines.last(said));
        BrokenPromise.unless(!said.contains("\tat ") && !said.contains("java."), "the error shows Java: %s", said);
        BrokenPromise.unless(said.contains(words), "the error does not say \"%s\": %s", words, ErrorLines.last(said));
        return ErrorLines.last(said);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
