package org.t5j.core;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.t5j.core.kernel.Kernels;
import org.t5j.core.tensor.Backend;
import org.t5j.core.tensor.Storage;
import org.t5j.core.tensor.Tensor;

/** Kernels that fail where a test wants them to, on memory that ends where it wants that. */
final class FragileKernels {
    private final Kernels kernels;
    private final Kernels fragile;
    private final Limited backend;
    private String broken = "";
    private int closed;

    FragileKernels() {
        this.kernels = DefaultKernels.create(1);
        this.backend = new Limited(kernels.backend());
        this.fragile = (Kernels) Proxy.newProxyInstance(
                Kernels.class.getClassLoader(),
                new Class<?>[] {Kernels.class},
                (proxy, method, arguments) -> invoke(method, arguments));
    }

    private Object invoke(java.lang.reflect.Method method, Object[] arguments) throws Throwable {
        if (method.getName().equals(broken)) {
            throw new T5Exception(broken + " fails");
        } else if (method.getName().equals("backend")) {
            return backend;
        } else if (method.getName().equals("close")) {
            closed++;
        }
        try {
            return method.invoke(kernels, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    Kernels kernels() {
        return fragile;
    }

    Backend backend() {
        return backend;
    }

    /** From now on {@code operation} throws; none where that is empty. */
    void breakDown(String operation) {
        broken = operation;
    }

    /** From now on no more than {@code bytes} can be held together. */
    void limitMemory(long bytes) {
        backend.limit = bytes;
    }

    boolean closed() {
        return closed > 0;
    }

    private static final class Limited implements Backend {
        private final Backend backend;
        private long limit = Long.MAX_VALUE;

        Limited(Backend backend) {
            this.backend = backend;
        }

        @Override
        public String describe() {
            return backend.describe();
        }

        @Override
        public Storage allocate(long floats) {
            if (backend.allocatedBytes() + floats * Float.BYTES > limit) {
                throw new T5Exception("no memory is left");
            }
            return backend.allocate(floats);
        }

        @Override
        public void free(Storage storage) {
            backend.free(storage);
        }

        @Override
        public long allocatedBytes() {
            return backend.allocatedBytes();
        }

        @Override
        public long peakBytes() {
            return backend.peakBytes();
        }

        @Override
        public void write(Tensor tensor, float[] source, int sourceOffset) {
            backend.write(tensor, source, sourceOffset);
        }

        @Override
        public void read(Tensor tensor, float[] target, int targetOffset) {
            backend.read(tensor, target, targetOffset);
        }
    }
}
