package org.t5j.train.transfer;

/** Which parameters are trained, as a function of name and step alone, so that a resumed run needs nothing but its step. */
@FunctionalInterface
public interface Transfer {

    /**
     * Whether a parameter is trained.
     *
     * @param parameter its name
     * @param step updates made before
     */
    boolean trains(String parameter, long step);
}
