package org.t5j.core.tensor;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.t5j.core.T5Exception;

/** Tensors in ND4J arrays, on whichever ND4J backend the application brings. */
public final class Nd4jBackend implements Backend {
    /** The most threads that {@link #setThreads} takes. */
    public static final int MAX_THREADS = 1024;

    private static final Logger LOG = LoggerFactory.getLogger(Nd4jBackend.class);
    private static final String REMEDY = """
            Add to your pom.xml, for the CPU (classifier: linux-x86_64-avx2, macosx-arm64, windows-x86_64-avx2, …):
              <dependency><groupId>org.nd4j</groupId><artifactId>nd4j-native</artifactId><version>1.0.0-M2.1</version></dependency>
              <dependency><groupId>org.nd4j</groupId><artifactId>nd4j-native</artifactId><version>1.0.0-M2.1</version><classifier>linux-x86_64-avx2</classifier></dependency>
              <dependency><groupId>org.bytedeco</groupId><artifactId>openblas</artifactId><version>0.3.28-1.5.11</version></dependency>
              <dependency><groupId>org.bytedeco</groupId><artifactId>openblas</artifactId><version>0.3.28-1.5.11</version><classifier>linux-x86_64</classifier></dependency>
              <dependency><groupId>org.bytedeco</groupId><artifactId>javacpp</artifactId><version>1.5.11</version></dependency>
              <dependency><groupId>org.bytedeco</groupId><artifactId>javacpp</artifactId><version>1.5.11</version><classifier>linux-x86_64</classifier></dependency>""";

    /** Of all backends of this process; not that of a graphics card. */
    private static final NativeMemory MEMORY = NativeMemory.ofThisMachine();

    /** What {@link #setThreads} was told; 0 for nothing. */
    private static volatile int threads;

    private final boolean onHost;
    private long allocatedBytes;
    private long peakBytes;

    private Nd4jBackend() {
        this.onHost = Nd4j.getBackend().getClass().getSimpleName().contains("Cpu");
    }

    private record Array(INDArray flat) implements Storage {
        @Override
        public long length() {
            return flat.length();
        }
    }

    /**
     * The backend found on the class path.
     *
     * @throws T5Exception where there is none, more than one, or one whose native library does not load
     */
    public static Nd4jBackend create() {
        requireOneBackend();
        try {
            Nd4jBackend backend = new Nd4jBackend();
            Nd4j.getMemoryManager().togglePeriodicGc(false);
            LOG.debug("{}", backend.describe());
            return backend;
        } catch (ExceptionInInitializerError | NoClassDefFoundError | RuntimeException e) {
            throw loadFailure(e);
        }
    }

    /** @throws OutOfMemoryError where that is the cause */
    static T5Exception loadFailure(Throwable problem) {
        Throwable cause = problem;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof OutOfMemoryError outOfMemory) {
            throw outOfMemory;
        }
        return new T5Exception(
                "The native library of the ND4J backend did not load (" + cause + "). Usually the jar with the"
                        + " classifier of this machine is missing. " + REMEDY,
                problem);
    }

    private static void requireOneBackend() {
        List<String> found = new ArrayList<>();
        ServiceLoader.load(org.nd4j.linalg.factory.Nd4jBackend.class).stream()
                .forEach(provider -> found.add(provider.type().getSimpleName()));
        if (found.isEmpty()) {
            throw new T5Exception("There is no ND4J backend on the class path. " + REMEDY);
        }
        if (found.size() > 1) {
            throw new T5Exception("There are " + found.size() + " ND4J backends on the class path, " + found
                    + "; leave only one: nd4j-native for the CPU or nd4j-cuda-11.6 for a GPU.");
        }
    }

    /**
     * Number of threads that models created from now on compute with, that ND4J's operations run on and that its BLAS
     * does. Not set, it is that of the environment variable OMP_NUM_THREADS, else that of the processors.
     *
     * @throws T5Exception where it is not between 1 and {@link #MAX_THREADS}
     */
    public static void setThreads(int threads) {
        if (threads < 1 || threads > MAX_THREADS) {
            throw new T5Exception("The number of threads must be between 1 and " + MAX_THREADS + ", found " + threads);
        }
        Nd4jBackend.threads = threads;
        Nd4j.getEnvironment().setMaxThreads(threads);
        Nd4j.getEnvironment().setMaxMasterThreads(threads);
        Nd4j.factory().blas().setMaxThreads(threads);
    }

    /** Number of threads to compute with, see {@link #setThreads}. */
    public static int threads() {
        return threads > 0 ? threads : threadsOf(System.getenv("OMP_NUM_THREADS"));
    }

    /** The number of threads that {@code ompNumThreads} says, else that of the processors. */
    public static int threadsOf(String ompNumThreads) {
        boolean number = ompNumThreads != null && ompNumThreads.matches("[1-9][0-9]{0,3}");
        return number && Integer.parseInt(ompNumThreads) <= MAX_THREADS
                ? Integer.parseInt(ompNumThreads)
                : Runtime.getRuntime().availableProcessors();
    }

    @Override
    public String describe() {
        return "ND4J " + Nd4j.getBackend().getClass().getSimpleName() + ", BLAS "
                + Nd4j.factory().blas().getBlasVendor();
    }

    /** @throws T5Exception where the machine has not so much memory free */
    @Override
    public Storage allocate(long floats) {
        long length = Math.max(1, floats);
        if (onHost) {
            MEMORY.take(Float.BYTES * length);
        }
        allocatedBytes += Float.BYTES * length;
        peakBytes = Math.max(peakBytes, allocatedBytes);
        return new Array(Nd4j.create(DataType.FLOAT, length));
    }

    @Override
    public void free(Storage storage) {
        INDArray flat = ((Array) storage).flat();
        if (!flat.wasClosed()) {
            long bytes = Float.BYTES * flat.length();
            flat.close();
            allocatedBytes -= bytes;
            if (onHost) {
                MEMORY.giveBack(bytes);
            }
        }
    }

    @Override
    public long allocatedBytes() {
        return allocatedBytes;
    }

    @Override
    public long peakBytes() {
        return peakBytes;
    }

    @Override
    public long freeBytes() {
        return onHost ? MEMORY.freeBytes() : Long.MAX_VALUE;
    }

    @Override
    public void write(Tensor tensor, float[] source, int sourceOffset) {
        int length = Math.toIntExact(tensor.length());
        java.util.Objects.checkFromIndexSize(sourceOffset, length, source.length);
        if (onHost) {
            pointer(tensor).put(source, sourceOffset, length);
        } else {
            try (INDArray copy =
                    Nd4j.createFromArray(java.util.Arrays.copyOfRange(source, sourceOffset, sourceOffset + length))) {
                array(tensor).assign(copy.reshape(array(tensor).shape()));
            }
        }
    }

    @Override
    public void read(Tensor tensor, float[] target, int targetOffset) {
        int length = Math.toIntExact(tensor.length());
        java.util.Objects.checkFromIndexSize(targetOffset, length, target.length);
        if (onHost) {
            pointer(tensor).get(target, targetOffset, length);
        } else {
            try (INDArray copy = array(tensor).dup('c')) {
                System.arraycopy(copy.data().asFloat(), 0, target, targetOffset, length);
            }
        }
    }

    private static FloatPointer pointer(Tensor tensor) {
        FloatPointer base =
                new FloatPointer(((Array) tensor.storage()).flat().data().pointer());
        return base.position(tensor.offset());
    }

    /** Where a tensor of a backend that computes on the host stands in memory. */
    public static HostMemory hostMemory(Tensor tensor) {
        if (tensor.hostMemory == null) {
            Pointer base = ((Array) tensor.storage()).flat().data().pointer();
            long bytes = tensor.length() * Float.BYTES;
            long address = base.address() + tensor.offset() * Float.BYTES;
            if (bytes > Integer.MAX_VALUE && Runtime.version().feature() < 22) {
                throw new T5Exception("A tensor of " + tensor.length() + " numbers, " + HostMemory.size(tensor.length())
                        + ", is out of reach on Java "
                        + Runtime.version().feature() + "; take smaller batches, or Java 22 or newer");
            }
            ByteBuffer buffer = bytes > Integer.MAX_VALUE ? null : new Part(address, bytes).asByteBuffer();
            tensor.hostMemory = new HostMemory(address, tensor.length(), buffer);
        }
        return tensor.hostMemory;
    }

    /** A piece of memory owned by somebody else; JavaCPP's own positions end at 2 GB when they become buffers. */
    private static final class Part extends BytePointer {
        Part(long address, long bytes) {
            super((Pointer) null);
            this.address = address;
            this.limit = bytes;
            this.capacity = bytes;
        }
    }

    /** Whether tensors are in the memory of this process, where {@link #hostMemory} finds them. */
    public boolean onHost() {
        return onHost;
    }

    /** The ND4J array over a tensor's memory; it is a view and must not be closed. */
    public static INDArray array(Tensor tensor) {
        if (tensor.handle == null) {
            long[] shape = new long[tensor.rank()];
            long[] strides = new long[tensor.rank()];
            long stride = 1;
            for (int axis = tensor.rank() - 1; axis >= 0; axis--) {
                shape[axis] = tensor.size(axis);
                strides[axis] = stride;
                stride *= shape[axis];
            }
            tensor.handle = stridedView(tensor, shape, strides);
        }
        return (INDArray) tensor.handle;
    }

    /** The ND4J array over a tensor's memory with another shape and strides, in elements; not to be closed. */
    public static INDArray stridedView(Tensor tensor, long[] shape, long[] strides) {
        return Nd4j.create(((Array) tensor.storage()).flat().data(), shape, strides, tensor.offset(), 'c');
    }

    /** The values of {@code ints} as an INT32 array of shape {@code [length]}. */
    public static INDArray array(IntTensor ints) {
        if (ints.handle == null) {
            ints.handle = Nd4j.createFromArray(ints.valuesView());
        } else if (!ints.uploaded) {
            ((INDArray) ints.handle).data().setData(ints.valuesView());
        }
        ints.uploaded = true;
        return (INDArray) ints.handle;
    }
}
