package org.t5j.examples.chaos;

/**
 * What came of an event.
 *
 * @param event its name, such as {@code kill}
 * @param outcome whether the promise held
 * @param seen what was done and seen, or what was not as promised
 * @param seconds that it took
 */
public record Finding(String event, Outcome outcome, String seen, double seconds) {

    /** Whether a promise held. */
    public enum Outcome {
        HELD,
        BROKEN,
        /** The machine does not let the event happen. */
        SKIPPED
    }
}
