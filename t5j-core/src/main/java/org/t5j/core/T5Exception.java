package org.t5j.core;

/**
 * Something that a user can mend: a file that is not what it should be, a configuration that contradicts itself, a
 * missing backend. The message names the object, the rule, the value found and the remedy.
 */
public class T5Exception extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public T5Exception(String message) {
        super(message);
    }

    public T5Exception(String message, Throwable cause) {
        super(message, cause);
    }
}
