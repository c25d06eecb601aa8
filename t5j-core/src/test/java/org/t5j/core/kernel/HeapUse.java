package org.t5j.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * What a call puts on the heap once the JIT compiler has done its work, on the calling thread and on those of {@link
 * org.t5j.core.kernel.cpu.CpuKernels}. Calls are measured in rounds; what counts is a number of rounds one after
 * the other that allocate the same, so that one which allocates now and then does not pass.
 */
public final class HeapUse {
    private static final int STEADY_ROUNDS = 10;
    /** What the JIT compiler may take on a machine that is busy. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final int calls;
    private final long[] threads;
    private final long measurement;

    /** Measures rounds of so many calls; the threads that compute exist by now. */
    public HeapUse(int calls) {
        this.calls = calls;
        this.threads = Thread.getAllStackTraces().keySet().stream()
                .filter(thread ->
                        thread == Thread.currentThread() || thread.getName().startsWith("t5j-"))
                .mapToLong(Thread::getId)
                .toArray();
        this.measurement = costOfMeasurement();
    }

    private long costOfMeasurement() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 100; i++) {
            least = Math.min(least, -total() + total());
        }
        return least;
    }

    private long total() {
        long sum = 0;
        for (long thread : threads) {
            sum += THREADS.getThreadAllocatedBytes(thread);
        }
        return sum;
    }

    /**
     * Requires that calls allocate exactly {@code bytes} each.
     *
     * @param beforeRound may allocate
     */
    public void requireBytes(long bytes, String name, Runnable beforeRound, Runnable call) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        long round = 0;
        for (int steady = 0; steady < STEADY_ROUNDS && System.nanoTime() < end; ) {
            beforeRound.run();
            round = ofRound(call);
            steady = round == bytes * calls ? steady + 1 : 0;
        }
        assertThat(round).as("bytes allocated by %d calls of %s", calls, name).isEqualTo(bytes * calls);
    }

    private long ofRound(Runnable call) {
        long before = total();
        for (int i = 0; i < calls; i++) {
            call.run();
        }
        return total() - before - measurement;
    }
}
