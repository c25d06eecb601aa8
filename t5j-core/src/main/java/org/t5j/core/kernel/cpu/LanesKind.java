package org.t5j.core.kernel.cpu;

import java.lang.reflect.InvocationTargetException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The implementations of {@link Lanes}, and which of them runs here. */
enum LanesKind {
    /** The JDK's Vector API: needs {@link #FLAG} on Java's command line and Java 17, 22 or newer. */
    VECTOR,
    /** Loops over arrays, on any JVM. */
    PLAIN;

    /** Makes the Vector API visible. */
    static final String FLAG = "--add-modules jdk.incubator.vector";

    /** The system property that forces a kind, {@code vector} or {@code plain}. */
    static final String PROPERTY = "t5j.lanes";

    /** The system property by which {@code bin/t5j} tells that the user turned vectors off. */
    static final String SWITCH = "t5j.vector";

    private static final Logger LOG = LoggerFactory.getLogger(LanesKind.class);
    private static final int FIRST_WITH_SEGMENTS = 22;

    /**
     * The fastest kind that runs here, or the one that {@link #PROPERTY} names.
     *
     * @throws IllegalStateException if that is no kind or does not run here
     */
    static LanesKind inUse() {
        String forced = System.getProperty(PROPERTY);
        if (forced == null) {
            return VectorProbe.FAILURE == null ? VECTOR : PLAIN;
        }
        LanesKind kind = named(forced);
        if (kind == VECTOR && VectorProbe.FAILURE != null) {
            throw new IllegalStateException("System property " + PROPERTY
                    + " is \"vector\", but the Vector API cannot be used: " + VectorProbe.FAILURE);
        }
        return kind;
    }

    private static LanesKind named(String name) {
        return switch (name) {
            case "vector" -> VECTOR;
            case "plain" -> PLAIN;
            default ->
                throw new IllegalStateException(
                        "System property " + PROPERTY + " must be \"vector\" or \"plain\": \"" + name + "\"");
        };
    }

    /** Lanes for one thread. */
    Lanes create() {
        return this == VECTOR ? VectorProbe.create() : new PlainLanes();
    }

    /** Whether lanes of this kind reach all of {@code floats} floats: on Java 17 vectors end at 2 GB. */
    boolean reaches(long floats) {
        return this == PLAIN
                || floats <= Integer.MAX_VALUE / Float.BYTES
                || Runtime.version().feature() >= FIRST_WITH_SEGMENTS;
    }

    /** One line for the log: this kind and, where it is the slower one, what would help. */
    String description() {
        if (this == VECTOR) {
            return "CPU kernels use the Vector API";
        }
        String cause = VectorProbe.FAILURE == null ? PROPERTY + "=plain" : VectorProbe.FAILURE;
        return "CPU kernels use plain loops, which are slower: " + cause;
    }

    /** Why the module is not there, or how it gets there. */
    static String remedy(String vectorSwitch) {
        return "off".equals(vectorSwitch) ? "T5J_VECTOR=off turned vectors off" : "start Java with " + FLAG;
    }

    /** Finds the vector class by name, as it cannot be loaded without the module. */
    private static final class VectorProbe {
        /** Why there are no vectors here and what to do; null if there are. */
        static final String FAILURE = probe();

        private static String probe() {
            if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
                return remedy(System.getProperty(SWITCH));
            }
            try {
                create();
                return null;
            } catch (LinkageError e) {
                LOG.debug("The Vector API cannot be used", e);
                return "use Java 17, 22 or newer instead of "
                        + Runtime.version().feature();
            }
        }

        static Lanes create() {
            try {
                return (Lanes) Class.forName("org.t5j.core.kernel.cpu.VectorLanes")
                        .getDeclaredConstructor()
                        .newInstance();
            } catch (InvocationTargetException e) {
                throw e.getCause() instanceof VirtualMachineError error
                        ? error
                        : new LinkageError("VectorLanes cannot be created", e);
            } catch (ReflectiveOperationException e) {
                throw new LinkageError("VectorLanes cannot be created", e);
            }
        }
    }
}
