package org.t5j.core;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.TreeMap;
import org.t5j.core.kernel.Kernels;

/** Kernels that count how often each operation is asked for. */
final class CountingKernels {
    private final Map<String, Integer> calls = new TreeMap<>();
    private final Kernels counted;

    CountingKernels(Kernels kernels) {
        this.counted = (Kernels) Proxy.newProxyInstance(
                Kernels.class.getClassLoader(), new Class<?>[] {Kernels.class}, (proxy, method, arguments) -> {
                    calls.merge(method.getName(), 1, Integer::sum);
                    try {
                        return method.invoke(kernels, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    Kernels kernels() {
        return counted;
    }

    void reset() {
        calls.clear();
    }

    int calls(String operation) {
        return calls.getOrDefault(operation, 0);
    }
}
