package org.t5j.examples.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.openblas.global.openblas_nolapack;

/** The machine and the JVM that a benchmark ran on, as far as Linux tells of them in {@code /proc}. */
final class Machine {
    private static final Path CPUS = Path.of("/proc/cpuinfo");
    private static final Path PROCESS = Path.of("/proc/self/status");
    /** Makes OpenBLAS take code for another processor than the one it runs on. */
    private static final String OPENBLAS_CORE = "OPENBLAS_CORETYPE";

    private Machine() {}

    /** Adds what a reader must know to judge a figure: processor, cores, JDK, whether the Vector API is there. */
    static void describe(ObjectNode out) {
        out.put("machine", processor());
        out.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        out.put("cores", Runtime.getRuntime().availableProcessors());
        out.put("java", System.getProperty("java.version") + ", " + System.getProperty("java.vm.name"));
        out.put(
                "vector_module",
                ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent());
        String core = System.getenv(OPENBLAS_CORE);
        if (core != null && runsCodeFor(core)) {
            out.put(OPENBLAS_CORE, core);
        }
    }

    /**
     * Whether OpenBLAS runs its code for {@code core}, such as {@code Haswell}, written in any case. It passes over the
     * name of a core that it does not know or that the processor is not fit for. OpenBLAS keeps a table of functions for
     * each core, {@code gotoblas_HASWELL}, and in {@code gotoblas} the address of that in use.
     */
    static boolean runsCodeFor(String core) {
        Loader.load(openblas_nolapack.class);
        Pointer inUse = Loader.addressof("gotoblas");
        Pointer table = Loader.addressof("gotoblas_" + core.toUpperCase(Locale.ROOT));
        return inUse != null
                && table != null
                && new PointerPointer<>(inUse).get(0).address() == table.address();
    }

    /** The model of the processor; the architecture where the system does not tell. */
    static String processor() {
        return value(CPUS, "model name").orElse(System.getProperty("os.arch"));
    }

    /** The most memory that this process ever occupied, in MiB, or -1 where the system does not tell. */
    static long peakRssMb() {
        return mebibytes("VmHWM");
    }

    /** The memory that this process occupies, in MiB, or -1 where the system does not tell. */
    static long rssMb() {
        return mebibytes("VmRSS");
    }

    private static long mebibytes(String field) {
        return value(PROCESS, field)
                .map(kibibytes -> Long.parseLong(kibibytes.replaceAll("[^0-9]", "")) / 1024)
                .orElse(-1L);
    }

    private static Optional<String> value(Path file, String field) {
        return lines(file).stream()
                .filter(line -> line.startsWith(field))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            return List.of();
        }
    }
}
