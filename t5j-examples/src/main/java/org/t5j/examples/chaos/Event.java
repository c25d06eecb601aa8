package org.t5j.examples.chaos;

import java.io.IOException;
import java.util.SplittableRandom;

/** Something that befalls a run. */
interface Event {

    /** What it is called on the command line. */
    String name();

    /**
     * Brings it upon a run and checks what becomes of it.
     *
     * @return what was done and seen
     * @throws BrokenPromise where that is not as it must be
     * @throws Impossible where the machine does not let it happen
     */
    String befall(Pretraining pretraining, SplittableRandom random) throws IOException, InterruptedException;

    /** The machine does not let an event happen; the message says why. */
    final class Impossible extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Impossible(String why) {
            super(why);
        }
    }
}
