package org.t5j.core.tensor;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.t5j.core.T5Exception;

/**
 * Counts what tensors take of the machine's memory and refuses what it does not have. The system itself gives out any
 * amount and ends the process when it is used.
 */
final class NativeMemory {
    /** Blocks below this size, in bytes, are not looked at: reading the system's numbers would cost more than it helps. */
    static final long LARGE = 64L << 20;

    private static final Path MEMINFO = Path.of("/proc/meminfo");
    private static final Pattern AVAILABLE = Pattern.compile("(?m)^MemAvailable:\\s+(\\d+) kB");
    private static final double GIB = 1L << 30;

    private final LongSupplier total;
    private final LongSupplier available;
    private final AtomicLong held = new AtomicLong();

    /**
     * @param total bytes of memory that this process may have
     * @param available bytes that nobody uses, {@link Long#MAX_VALUE} where that is not known
     */
    NativeMemory(LongSupplier total, LongSupplier available) {
        this.total = total;
        this.available = available;
    }

    /** The memory of this machine, or of the container that the JVM runs in. */
    static NativeMemory ofThisMachine() {
        return new NativeMemory(NativeMemory::totalBytes, NativeMemory::availableBytes);
    }

    /**
     * Counts a block that is about to be allocated.
     *
     * @throws T5Exception where there is not so much memory
     */
    void take(long bytes) {
        if (bytes >= LARGE) {
            long free = freeBytes();
            if (bytes > free) {
                throw new T5Exception(
                        ("Tensors need another block of %.1f GiB, but only %.1f of the %.1f GiB of memory are"
                                        + " free (tensors hold %.1f). Take smaller batches, shorter sequences or a smaller model")
                                .formatted(
                                        bytes / GIB,
                                        Math.max(0, free) / GIB,
                                        total.getAsLong() / GIB,
                                        held.get() / GIB));
            }
        }
        held.addAndGet(bytes);
    }

    /** Bytes that tensors could still take. */
    long freeBytes() {
        return Math.min(total.getAsLong() - held.get(), available.getAsLong());
    }

    /** Counts a block that was freed. */
    void giveBack(long bytes) {
        held.addAndGet(-bytes);
    }

    private static long totalBytes() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    }

    /** On Linux, with the file cache that the system gives up when asked; a container's cache cannot be told apart. */
    private static long availableBytes() {
        try {
            Matcher line = AVAILABLE.matcher(Files.readString(MEMINFO));
            return line.find() ? Long.parseLong(line.group(1)) * 1024 : Long.MAX_VALUE;
        } catch (IOException e) {
            return Long.MAX_VALUE;
        }
    }
}
