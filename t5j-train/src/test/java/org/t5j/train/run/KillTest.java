package org.t5j.train.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.t5j.train.Fixtures;

/**
 * What training JVMs leave behind. One is killed with SIGKILL, once between checkpoints and once in the middle of writing
 * one, and resumed; one is ended with SIGTERM; others compute with several threads. All end with the bytes of a JVM that was left
 * alone.
 */
class KillTest {
    @TempDir
    Path directory;

    @Test
    void aKilledProcessResumesToTheSameBytes() throws Exception {
        Path corpus = Fixtures.corpus(directory.resolve("corpus.txt"), 60);
        Path whole = directory.resolve("whole");
        Path killed = directory.resolve("killed");
        Process untouched = start(corpus, whole, 2);
        assertThat(untouched.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(untouched.exitValue()).as(output(whole)).isZero();

        killOnce(corpus, killed, () -> newestStep(killed) >= 10);
        long stepAtFirstKill = newestStep(killed);
        killOnce(corpus, killed, () -> newestStep(killed) > stepAtFirstKill + 6 && isWritingCheckpoint(killed));
        assertThat(newestStep(killed)).isBetween(stepAtFirstKill + 6, 58L);

        Process last = start(corpus, killed, 2);
        assertThat(last.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(last.exitValue()).as(output(killed)).isZero();
        for (String file : List.of("model.safetensors", "training/optimizer.safetensors")) {
            assertThat(killed.resolve("checkpoints/step-60").resolve(file))
                    .as(file)
                    .hasSameBinaryContentAs(whole.resolve("checkpoints/step-60").resolve(file));
        }
        assertThat(steps(killed)).isEqualTo(steps(whole)).hasSize(60).doesNotHaveDuplicates();
        assertThat(RunDirectory.of(killed).checkpoints().toFile().list())
                .containsExactlyInAnyOrder("step-58", "step-60");
    }

    @Test
    void aTerminatedProcessSavesTheStepItIsAt() throws Exception {
        Path corpus = Fixtures.corpus(directory.resolve("corpus.txt"), 60);
        Path run = directory.resolve("terminated");
        Process process = start(corpus, run, 1000);
        Path log = run.resolve("log.jsonl");
        while (process.isAlive() && !(Files.exists(log) && Files.size(log) > 0)) {
            Thread.onSpinWait();
        }
        process.destroy();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        long step = newestStep(run);
        assertThat(step).as(output(run)).isBetween(1L, 59L);
        assertThat(output(run)).contains("training stops after this step and saves a checkpoint");

        Process resumed = start(corpus, run, 1000);
        assertThat(resumed.waitFor(5, TimeUnit.MINUTES)).isTrue();
        Process untouched = start(corpus, directory.resolve("whole"), 1000);
        assertThat(untouched.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(run.resolve("checkpoints/step-60/model.safetensors"))
                .hasSameBinaryContentAs(directory.resolve("whole/checkpoints/step-60/model.safetensors"));
    }

    private void killOnce(Path corpus, Path run, BooleanSupplier moment) throws Exception {
        Process process = start(corpus, run, 2);
        while (process.isAlive() && !moment.getAsBoolean()) {
            Thread.onSpinWait();
        }
        assertThat(process.isAlive()).as("killed in time; " + output(run)).isTrue();
        process.destroyForcibly().waitFor();
    }

    @Test
    void processesWithAnyNumberOfThreadsEndWithTheSameBytes() throws Exception {
        Path corpus = Fixtures.corpus(directory.resolve("corpus.txt"), 60);
        List<Integer> threads = List.of(1, 2, 2, 3);
        for (int i = 0; i < threads.size(); i++) {
            Path run = directory.resolve("run" + i);
            Process process = start(corpus, run, 1000, threads.get(i));
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).as(output(run)).isZero();
            assertThat(run.resolve("checkpoints/step-60/model.safetensors"))
                    .hasSameBinaryContentAs(directory.resolve("run0/checkpoints/step-60/model.safetensors"));
        }
    }

    private Process start(Path corpus, Path run, int checkpointSteps) throws IOException {
        return start(corpus, run, checkpointSteps, 1);
    }

    private Process start(Path corpus, Path run, int checkpointSteps, int threads) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> !argument.startsWith("-javaagent"))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(TrainingProcess.class.getName(), corpus.toString(), run.toString()));
        command.add(Integer.toString(checkpointSteps));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(new File(run + ".out")));
        builder.environment().put("OMP_NUM_THREADS", Integer.toString(threads));
        builder.environment().put("OMP_WAIT_POLICY", "PASSIVE");
        return builder.start();
    }

    private static String output(Path run) throws IOException {
        return Files.readString(Path.of(run + ".out"));
    }

    private static long newestStep(Path run) {
        List<Long> steps = RunDirectory.of(run).steps();
        return steps.isEmpty() ? 0 : steps.get(steps.size() - 1);
    }

    private static boolean isWritingCheckpoint(Path run) {
        try (Stream<Path> files = Files.list(run.resolve("checkpoints"))) {
            return files.anyMatch(file -> file.getFileName().toString().endsWith(".incomplete"));
        } catch (IOException e) {
            return false;
        }
    }

    /** The start of every line of the log, which is its type and step. */
    private static List<String> steps(Path run) throws IOException {
        return Files.readAllLines(run.resolve("log.jsonl")).stream()
                .map(line -> line.substring(0, line.indexOf(",\"loss\"")))
                .toList();
    }
}
