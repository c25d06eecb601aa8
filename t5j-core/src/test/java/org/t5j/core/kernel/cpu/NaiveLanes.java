package org.t5j.core.kernel.cpu;

import java.lang.reflect.Proxy;
import java.nio.FloatBuffer;
import org.t5j.core.tensor.HostMemory;

/** {@link Lanes} for tests of what stands on them: the product of few rows in plain loops, nothing else. */
final class NaiveLanes {
    private NaiveLanes() {}

    static Lanes create() {
        return (Lanes) Proxy.newProxyInstance(
                Lanes.class.getClassLoader(), new Class<?>[] {Lanes.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("matmulFewRows")) {
                        throw new UnsupportedOperationException(method.getName());
                    }
                    matmulFewRows(arguments);
                    return null;
                });
    }

    private static void matmulFewRows(Object[] given) {
        FloatBuffer x = floats(given[0]);
        FloatBuffer w = floats(given[3]);
        FloatBuffer out = floats(given[9]);
        int m = (int) given[2];
        int n = (int) given[5];
        int k = (int) given[6];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                double sum = 0;
                for (int l = 0; l < k; l++) {
                    sum += (double) x.get(at(given[1], i, k, l)) * w.get(at(given[4], j, k, l));
                }
                int to = at(given[10], i, (long) given[11], j);
                float beta = (float) given[8];
                out.put(to, (float) ((float) given[7] * sum + (beta == 0 ? 0 : beta * out.get(to))));
            }
        }
    }

    private static int at(Object start, int row, long stride, int column) {
        return Math.toIntExact((long) start + row * stride + column);
    }

    private static FloatBuffer floats(Object memory) {
        return ((HostMemory) memory)
                .bytes()
                .duplicate()
                .order(java.nio.ByteOrder.nativeOrder())
                .asFloatBuffer();
    }
}
