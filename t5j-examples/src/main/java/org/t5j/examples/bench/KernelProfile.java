package org.t5j.examples.bench;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.t5j.core.kernel.Kernels;

/** The time that each kernel took, of the kernels it was put around. Not thread-safe, as they are not. */
final class KernelProfile {
    private final Function<KernelCall, String> naming;
    private final Map<String, Cost> costs = new LinkedHashMap<>();

    /**
     * What calls of one name cost in all.
     *
     * @param calls number of calls
     * @param nanos time in them
     * @param flops of their matrix products, counted as if nothing were skipped
     * @param bytes of the tensors they were given, each counted once a call
     * @param elements of the largest tensor of each call
     */
    record Cost(long calls, long nanos, double flops, double bytes, double elements) {
        static final Cost NOTHING = new Cost(0, 0, 0, 0, 0);

        Cost plus(Cost other) {
            return new Cost(
                    calls + other.calls,
                    nanos + other.nanos,
                    flops + other.flops,
                    bytes + other.bytes,
                    elements + other.elements);
        }
    }

    /** A profile by kernel. */
    KernelProfile() {
        this(KernelCall::kernel);
    }

    /** A profile by the name that {@code naming} gives to a call. */
    KernelProfile(Function<KernelCall, String> naming) {
        this.naming = naming;
    }

    /** Kernels that compute as {@code kernels} do and are recorded here. */
    Kernels around(Kernels kernels) {
        return (Kernels) Proxy.newProxyInstance(
                Kernels.class.getClassLoader(),
                new Class<?>[] {Kernels.class},
                (proxy, method, arguments) -> invoke(kernels, method, arguments));
    }

    private Object invoke(Kernels kernels, Method method, Object[] arguments) throws Throwable {
        long started = System.nanoTime();
        try {
            return method.invoke(kernels, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        } finally {
            if (arguments != null) {
                record(new KernelCall(method.getName(), arguments), System.nanoTime() - started);
            }
        }
    }

    private void record(KernelCall call, long nanos) {
        costs.merge(naming.apply(call), new Cost(1, nanos, call.flops(), call.bytes(), call.elements()), Cost::plus);
    }

    /** Forgets what was recorded. */
    void clear() {
        costs.clear();
    }

    /** What was recorded since the last {@link #clear}, in order of the first calls. */
    Map<String, Cost> costs() {
        return new LinkedHashMap<>(costs);
    }

    /** The sum over all kernels. */
    Cost total() {
        return costs.values().stream().reduce(Cost.NOTHING, Cost::plus);
    }
}
