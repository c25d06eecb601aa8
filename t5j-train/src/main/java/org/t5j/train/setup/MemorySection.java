package org.t5j.train.setup;

import org.t5j.train.config.Doc;
import org.t5j.train.config.Require;

/** What a run does to need less memory, and where it has too little. */
public record MemorySection(
        @Doc(
                "whether the activations of every block are computed again in the backward pass instead of being kept: the same"
                        + " training bit by bit, in a fraction of the memory, for one more forward pass in every step")
        boolean recompute,

        @Doc("what happens before the first step where the run may need more tensor memory than is free")
        Check check) {

    /** What to do about too little memory. */
    public enum Check {
        /** End, and say what would fit. */
        REFUSE,
        /** Say it and go on. */
        WARN,
        /** Go on. */
        IGNORE
    }

    public MemorySection {
        Require.that(check != null, "check", "must be REFUSE, WARN or IGNORE", check);
    }

    /** Activations are kept; a run that cannot fit is refused. */
    public static MemorySection defaults() {
        return new MemorySection(false, Check.REFUSE);
    }
}
