package org.t5j.train.run;

import org.t5j.core.T5Exception;

/** The process was asked to end while it trained. What was learnt is saved in the run directory. */
public final class TrainingInterruptedException extends T5Exception {
    private static final long serialVersionUID = 1L;

    /** @param message what was interrupted, and how to go on */
    public TrainingInterruptedException(String message) {
        super(message);
    }
}
