package org.t5j.core.kernel.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WorkersTest {
    private static final int[][] SIZES_AND_GRAINS = {
        {0, 1}, {1, 1}, {1, 9}, {7, 7}, {8, 7}, {100, 1}, {1000, 33}, {5, Integer.MAX_VALUE}
    };

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8})
    void everyIndexIsDoneOnceInPiecesThatDoNotDependOnTheThreads(int count) {
        try (Workers workers = workers(count)) {
            assertThat(workers.count()).isEqualTo(count);
            for (int[] sizeAndGrain : SIZES_AND_GRAINS) {
                int size = sizeAndGrain[0];
                int grain = sizeAndGrain[1];
                AtomicIntegerArray done = new AtomicIntegerArray(size);
                Set<List<Integer>> pieces = ConcurrentHashMap.newKeySet();
                workers.run(size, grain, (worker, from, to) -> {
                    pieces.add(List.of(from, to));
                    for (int i = from; i < to; i++) {
                        done.incrementAndGet(i);
                    }
                });
                Set<List<Integer>> expected = ConcurrentHashMap.newKeySet();
                for (long from = 0; from < size; from += grain) {
                    expected.add(List.of((int) from, (int) Math.min(from + grain, size)));
                }
                assertThat(pieces).isEqualTo(expected);
                for (int i = 0; i < size; i++) {
                    assertThat(done.get(i)).isEqualTo(1);
                }
            }
        }
    }

    @Test
    void rangesUpToTheLargestIntegerAreCutWithoutOverflow() {
        try (Workers workers = workers(2)) {
            AtomicInteger last = new AtomicInteger();
            workers.run(Integer.MAX_VALUE, 1 << 30, (worker, from, to) -> {
                assertThat(to).isGreaterThan(from);
                last.accumulateAndGet(to, Math::max);
            });
            assertThat(last).hasValue(Integer.MAX_VALUE);
        }
    }

    @Test
    void manyRunsInARowSeeWhatTheCallerWroteAndTheCallerSeesWhatTheyWrote() {
        try (Workers workers = workers(3)) {
            int[] in = new int[64];
            int[] out = new int[64];
            for (int run = 0; run < 50_000; run++) {
                int size = 1 + run % 64;
                java.util.Arrays.fill(in, run);
                workers.run(size, 1 + run % 3, (worker, from, to) -> {
                    for (int i = from; i < to; i++) {
                        out[i] = in[i] + i;
                    }
                });
                for (int i = 0; i < size; i++) {
                    if (out[i] != run + i) {
                        assertThat(out[i]).as("run %d, element %d", run, i).isEqualTo(run + i);
                    }
                }
            }
        }
    }

    @Test
    void runsWorkWhenTheThreadsFellAsleepBetween() throws InterruptedException {
        try (Workers workers = workers(3)) {
            for (int run = 0; run < 20; run++) {
                Thread.sleep(5);
                requireAllThreadsTogether(workers);
            }
        }
    }

    @Test
    void aCallerThatSleepsIsWoken() {
        try (Workers workers = workers(2)) {
            CountDownLatch helperHasOne = new CountDownLatch(1);
            AtomicInteger ended = new AtomicInteger();
            workers.run(2, 1, (worker, from, to) -> {
                if (worker.index() == 1) {
                    helperHasOne.countDown();
                    pause(50);
                } else {
                    await(helperHasOne);
                }
                ended.incrementAndGet();
            });
            assertThat(ended).hasValue(2);
        }
    }

    @Test
    void piecesRunOnDaemonThreadsNamedAfterTheirWorkerAndOnTheCaller() {
        try (Workers workers = workers(3)) {
            Set<Thread> threads = requireAllThreadsTogether(workers);
            assertThat(threads).contains(Thread.currentThread());
            threads.remove(Thread.currentThread());
            assertThat(threads).allMatch(Thread::isDaemon);
            assertThat(threads).extracting(Thread::getName).containsExactlyInAnyOrder("t5j-1", "t5j-2");
        }
    }

    @Test
    void everyThreadHasLanesOfItsOwn() {
        List<Lanes> made = new ArrayList<>();
        Set<Lanes> used = java.util.Collections.synchronizedSet(
                java.util.Collections.newSetFromMap(new java.util.IdentityHashMap<>()));
        try (Workers workers = new Workers(3, () -> {
            made.add(NoLanes.create());
            return made.get(made.size() - 1);
        })) {
            CountDownLatch allHere = new CountDownLatch(3);
            workers.run(3, 1, (worker, from, to) -> {
                used.add(worker.lanes());
                allHere.countDown();
                await(allHere);
            });
        }
        assertThat(made).hasSize(3);
        assertThat(used).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void whatAPieceThrowsReachesTheCallerAndTheWorkersStayUsable(int count) {
        try (Workers workers = workers(count)) {
            for (int failing = 0; failing < 20; failing++) {
                int bad = failing;
                AtomicInteger inside = new AtomicInteger();
                assertThatThrownBy(() -> workers.run(20, 1, (worker, from, to) -> {
                            inside.incrementAndGet();
                            try {
                                if (from == bad) {
                                    throw new ArithmeticException("piece " + bad);
                                }
                                Thread.onSpinWait();
                            } finally {
                                inside.decrementAndGet();
                            }
                        }))
                        .isInstanceOf(ArithmeticException.class)
                        .hasMessage("piece " + bad);
                assertThat(inside).hasValue(0);
                assertThatThrownBy(() -> workers.run(2, 1, (worker, from, to) -> {
                            throw new AssertionError("an error");
                        }))
                        .isInstanceOf(AssertionError.class);
                AtomicInteger pieces = new AtomicInteger();
                workers.run(20, 1, (worker, from, to) -> pieces.incrementAndGet());
                assertThat(pieces).hasValue(20);
            }
        }
    }

    @Test
    void theCallerGetsAFailureOnlyAfterTheOtherPiecesEnded() {
        try (Workers workers = workers(2)) {
            CountDownLatch bothHere = new CountDownLatch(2);
            AtomicInteger ended = new AtomicInteger();
            assertThatThrownBy(() -> workers.run(2, 1, (worker, from, to) -> {
                        bothHere.countDown();
                        await(bothHere);
                        if (worker.index() == 0) {
                            throw new ArithmeticException();
                        }
                        pause(50);
                        ended.incrementAndGet();
                    }))
                    .isInstanceOf(ArithmeticException.class);
            assertThat(ended).hasValue(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aPieceMayNotRunOrCloseItsWorkers(int count) {
        Workers workers = workers(count);
        Task nested = (worker, from, to) -> workers.run(4, 1, (inner, innerFrom, innerTo) -> {});
        assertThatThrownBy(() -> workers.run(4, 1, nested))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("A piece of a run called its workers");
        assertThatThrownBy(() -> workers.run(4, 1, (worker, from, to) -> workers.close()))
                .isInstanceOf(IllegalStateException.class);
        workers.close();
    }

    @Test
    void closeEndsTheThreads() throws InterruptedException {
        Workers workers = workers(3);
        Set<Thread> threads = requireAllThreadsTogether(workers);
        threads.remove(Thread.currentThread());
        workers.close();
        workers.close();
        for (Thread thread : threads) {
            thread.join(30_000);
            assertThat(thread.isAlive()).isFalse();
        }
        assertThatThrownBy(() -> workers.run(1, 1, (worker, from, to) -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void aRunAllocatesNothingOnTheCallingThread() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Task task = (worker, from, to) -> {};
        try (Workers workers = workers(2)) {
            workers.run(4, 1, task);
            threads.getCurrentThreadAllocatedBytes();
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int run = 0; run < 10_000; run++) {
                workers.run(4, 1, task);
            }
            assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
        }
    }

    @Test
    void wrongArgumentsAreRefused() {
        assertThatThrownBy(() -> workers(0)).isInstanceOf(IllegalArgumentException.class);
        try (Workers workers = workers(1)) {
            assertThatThrownBy(() -> workers.run(-1, 1, (worker, from, to) -> {}))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> workers.run(1, 0, (worker, from, to) -> {}))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static Workers workers(int count) {
        return new Workers(count, NoLanes::create);
    }

    /** Each thread takes one piece: none ends before all have begun. */
    private static Set<Thread> requireAllThreadsTogether(Workers workers) {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        CountDownLatch allHere = new CountDownLatch(workers.count());
        workers.run(workers.count(), 1, (worker, from, to) -> {
            threads.add(Thread.currentThread());
            allHere.countDown();
            await(allHere);
        });
        assertThat(threads).hasSize(workers.count());
        return threads;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void pause(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
