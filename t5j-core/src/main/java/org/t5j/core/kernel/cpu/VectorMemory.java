package org.t5j.core.kernel.cpu;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.t5j.core.tensor.HostMemory;

/**
 * Loads and stores of vectors and floats. From Java 22 on they go to absolute addresses through one memory segment that
 * spans everything; as this class is compiled for Java 17, which cannot name segments, it calls them by constant method
 * handles, which the JIT compiler inlines. On Java 17 they go through {@link HostMemory#bytes}. In between there are
 * versions that have neither; initialising the class fails there. Indices are in floats and not checked.
 */
final class VectorMemory {
    /** The widest vectors of the processor, up to 16 floats. */
    static final VectorSpecies<Float> FLOATS =
            FloatVector.SPECIES_PREFERRED.length() > 16 ? FloatVector.SPECIES_512 : FloatVector.SPECIES_PREFERRED;

    /** Floats in a vector. */
    static final int STEP = FLOATS.length();

    /** Whether memory without a buffer can be reached. */
    private static final boolean SEGMENTS = Runtime.version().feature() >= 22;

    private static final ByteOrder ORDER = ByteOrder.nativeOrder();
    private static final MethodHandle LOAD;
    private static final MethodHandle STORE;
    private static final MethodHandle GET;
    private static final MethodHandle SET;

    static {
        try {
            LOAD = SEGMENTS ? load() : null;
            STORE = SEGMENTS ? store() : null;
            GET = SEGMENTS ? get() : null;
            SET = SEGMENTS ? set() : null;
            checkRoundTrip();
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private VectorMemory() {}

    /** The vector at {@code index}. */
    static FloatVector load(HostMemory memory, long index) {
        if (SEGMENTS) {
            try {
                return (FloatVector) LOAD.invokeExact(memory.address() + (index << 2));
            } catch (Throwable e) {
                throw new AssertionError(e);
            }
        }
        return FloatVector.fromByteBuffer(FLOATS, memory.bytes(), (int) index << 2, ORDER);
    }

    /** Writes a vector to {@code index}. */
    static void store(FloatVector vector, HostMemory memory, long index) {
        if (SEGMENTS) {
            try {
                STORE.invokeExact(vector, memory.address() + (index << 2));
            } catch (Throwable e) {
                throw new AssertionError(e);
            }
        } else {
            vector.intoByteBuffer(memory.bytes(), (int) index << 2, ORDER);
        }
    }

    /** The float at {@code index}. */
    static float get(HostMemory memory, long index) {
        if (SEGMENTS) {
            try {
                return (float) GET.invokeExact(memory.address() + (index << 2));
            } catch (Throwable e) {
                throw new AssertionError(e);
            }
        }
        return memory.bytes().getFloat((int) index << 2);
    }

    /** Writes a float to {@code index}. */
    static void set(HostMemory memory, long index, float value) {
        if (SEGMENTS) {
            try {
                SET.invokeExact(memory.address() + (index << 2), value);
            } catch (Throwable e) {
                throw new AssertionError(e);
            }
        } else {
            memory.bytes().putFloat((int) index << 2, value);
        }
    }

    private static MethodHandle load() throws ReflectiveOperationException {
        MethodType type = MethodType.methodType(
                FloatVector.class, VectorSpecies.class, segmentClass(), long.class, ByteOrder.class);
        MethodHandle handle = MethodHandles.lookup().findStatic(FloatVector.class, "fromMemorySegment", type);
        return MethodHandles.insertArguments(MethodHandles.insertArguments(handle, 3, ORDER), 0, FLOATS, everything());
    }

    private static MethodHandle store() throws ReflectiveOperationException {
        MethodType type = MethodType.methodType(void.class, segmentClass(), long.class, ByteOrder.class);
        MethodHandle handle = MethodHandles.lookup().findVirtual(FloatVector.class, "intoMemorySegment", type);
        return MethodHandles.insertArguments(MethodHandles.insertArguments(handle, 3, ORDER), 1, everything());
    }

    private static MethodHandle get() throws ReflectiveOperationException {
        MethodType type = MethodType.methodType(float.class, floatLayoutClass(), long.class);
        MethodHandle handle = MethodHandles.lookup().findVirtual(segmentClass(), "get", type);
        return MethodHandles.insertArguments(handle, 0, everything(), floatLayout());
    }

    private static MethodHandle set() throws ReflectiveOperationException {
        MethodType type = MethodType.methodType(void.class, floatLayoutClass(), long.class, float.class);
        MethodHandle handle = MethodHandles.lookup().findVirtual(segmentClass(), "set", type);
        return MethodHandles.insertArguments(handle, 0, everything(), floatLayout());
    }

    /** {@code MemorySegment.NULL.reinterpret(Long.MAX_VALUE)}. */
    private static Object everything() throws ReflectiveOperationException {
        Object nothing = segmentClass().getField("NULL").get(null);
        return segmentClass().getMethod("reinterpret", long.class).invoke(nothing, Long.MAX_VALUE);
    }

    private static Object floatLayout() throws ReflectiveOperationException {
        return Class.forName("java.lang.foreign.ValueLayout")
                .getField("JAVA_FLOAT_UNALIGNED")
                .get(null);
    }

    private static Class<?> segmentClass() throws ClassNotFoundException {
        return Class.forName("java.lang.foreign.MemorySegment");
    }

    private static Class<?> floatLayoutClass() throws ClassNotFoundException {
        return Class.forName("java.lang.foreign.ValueLayout$OfFloat");
    }

    private static void checkRoundTrip() {
        VectorTail tail = new VectorTail(1);
        HostMemory memory = tail.slot(0);
        store(FloatVector.broadcast(FLOATS, 3f), memory, 0);
        set(memory, STEP - 1, 4f);
        float last = load(memory, 0).lane(STEP - 1);
        if (last != 4f || get(memory, 0) != 3f) {
            throw new LinkageError("Vectors written to memory read back differently: " + load(memory, 0));
        }
    }
}
