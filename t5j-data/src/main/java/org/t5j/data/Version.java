package org.t5j.data;

/** Which t5j this is: the version of its build, which a test holds equal to this. */
public final class Version {
    /** Number of the release that this is, or is to become. */
    public static final String NUMBER = "0.1.0";

    /** Name and number, as {@code bin/t5j --version} and the files that t5j makes tell them. */
    public static final String T5J = "t5j " + NUMBER;

    private Version() {}
}
