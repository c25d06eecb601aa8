package org.t5j.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.t5j.core.T5Exception;
import org.t5j.train.Fixtures;
import org.t5j.train.StepReport;
import org.t5j.train.TrainingListener;

/** Who may write to a run directory, and what happens when it goes away. */
@Timeout(120)
class RunLockTest {
    @TempDir
    Path directory;

    /** Holds the lock of the directory that it is given until its standard input ends. */
    public static final class Holder {
        public static void main(String[] arguments) throws IOException {
            try (RunLock lock = RunDirectory.of(Path.of(arguments[0])).lock()) {
                lock.requireHeld();
                System.out.println("held");
                System.in.read();
            } catch (T5Exception refused) {
                System.out.println(refused.getMessage());
            }
        }
    }

    private static Process holder(Path run) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        run.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static String firstLine(Process process) throws IOException {
        return process.inputReader()
                .lines()
                .filter(line -> !line.contains("WARN"))
                .findFirst()
                .orElse("");
    }

    @Test
    void aSecondTryInTheSameProcessDoesNotLetAnotherProcessIn() throws Exception {
        Path run = directory.resolve("run");
        try (RunLock lock = RunDirectory.of(run).lock()) {
            lock.writeConfig("");
            assertThatThrownBy(() -> RunDirectory.of(run).lock()).hasMessageContaining("Another process trains in");
            Process other = holder(run);
            assertThat(firstLine(other)).contains("Another process trains in");
            assertThat(other.waitFor(1, TimeUnit.MINUTES)).isTrue();
        }
        Process next = holder(run);
        assertThat(firstLine(next)).isEqualTo("held");
        assertThatThrownBy(() -> RunDirectory.of(run).lock()).hasMessageContaining("Another process trains in");
        next.getOutputStream().close();
        assertThat(next.waitFor(1, TimeUnit.MINUTES)).isTrue();
        RunDirectory.of(run).lock().close();
    }

    /** Runs that cannot begin remove the directory while others make it: at most one may hold it at any time. */
    @Test
    void ofManyThatComeAndGoOneHoldsTheDirectory() throws Exception {
        Path run = directory.resolve("run");
        int threads = 4;
        AtomicInteger holders = new AtomicInteger();
        AtomicInteger held = new AtomicInteger();
        CyclicBarrier start = new CyclicBarrier(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Object>> all = pool.invokeAll(IntStream.range(0, threads)
                    .mapToObj(i -> (Callable<Object>) () -> {
                        start.await();
                        for (int round = 0; round < 200; round++) {
                            try (RunLock lock = RunDirectory.of(run).lock()) {
                                assertThat(holders.incrementAndGet()).isEqualTo(1);
                                lock.requireHeld();
                                assertThat(run.resolve("checkpoints")).isDirectory();
                                held.incrementAndGet();
                                holders.decrementAndGet();
                            } catch (T5Exception refused) {
                                assertThat(refused).hasMessageContaining("Another process trains in");
                            }
                        }
                        return null;
                    })
                    .toList());
            for (Future<Object> each : all) {
                each.get();
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(held.get()).isPositive();
        assertThat(run).doesNotExist();
    }

    @Test
    void aLockWhoseFileWasDeletedWhileWaitingIsTakenAnew() throws Exception {
        Path run = directory.resolve("run");
        for (int i = 0; i < 3; i++) {
            Process first = holder(run);
            Process second = holder(run);
            first.getOutputStream().close();
            second.getOutputStream().close();
            List<String> said = List.of(firstLine(first), firstLine(second));
            assertThat(said).allMatch(line -> line.equals("held") || line.contains("Another process trains in"));
            assertThat(said).contains("held");
            first.waitFor();
            second.waitFor();
            assertThat(run).doesNotExist();
        }
    }

    private static TrainingListener after(long step, Runnable action) {
        return new TrainingListener() {
            @Override
            public void stepped(StepReport report) {
                if (report.step() == step) {
                    action.run();
                }
            }
        };
    }

    @Test
    void aRunWhoseDirectoryIsDeletedStopsAndDoesNotMakeItAgain() {
        Path run = directory.resolve("run");
        Path corpus = Fixtures.corpus(directory.resolve("corpus.txt"), 60);
        for (long step : new long[] {2, 3, 4}) {
            TrainingListener deletion = after(step, () -> delete(run));
            assertThatThrownBy(() -> Training.of(Fixtures.pretraining(corpus))
                            .listener(deletion)
                            .run(run, false))
                    .isInstanceOf(T5Exception.class)
                    .hasMessageContaining("The run directory " + run + " was deleted or moved away")
                    .hasMessageContaining("begin anew in another directory");
            assertThat(run).doesNotExist();
        }
    }

    @Test
    void aRunWhoseDirectoryIsMovedStopsAndIsResumedWhereItIs() throws IOException {
        Path run = directory.resolve("run");
        Path moved = directory.resolve("moved");
        Path corpus = Fixtures.corpus(directory.resolve("corpus.txt"), 60);
        TrainingListener move = after(6, () -> {
            try {
                Files.move(run, moved);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        assertThatThrownBy(() ->
                        Training.of(Fixtures.pretraining(corpus)).listener(move).run(run, false))
                .hasMessageContaining("was deleted or moved away");
        assertThat(run).doesNotExist();
        assertThat(Training.ofRun(moved, List.of()).run(moved, true).state().step())
                .isEqualTo(12);
    }

    private static void delete(Path tree) {
        try (var paths = Files.walk(tree)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
