package org.t5j.examples.chaos;

/** Something was not as it must be after an event; the message says what. */
final class BrokenPromise extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private BrokenPromise(String message) {
        super(message);
    }

    static void unless(boolean kept, String message, Object... values) {
        if (!kept) {
            throw new BrokenPromise(message.formatted(values));
        }
    }
}
