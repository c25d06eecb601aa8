package org.t5j.core.kernel.cpu;

import java.lang.reflect.Proxy;

/** {@link Lanes} for tests of what does not use them. */
final class NoLanes {
    private NoLanes() {}

    static Lanes create() {
        return (Lanes) Proxy.newProxyInstance(
                Lanes.class.getClassLoader(), new Class<?>[] {Lanes.class}, (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException(method.getName());
                });
    }
}
