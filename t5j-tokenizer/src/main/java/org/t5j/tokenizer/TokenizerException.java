package org.t5j.tokenizer;

/**
 * A vocabulary file, a token id or a training set-up that cannot be used. The message says which, what was found and
 * what to do about it.
 */
public final class TokenizerException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    public TokenizerException(String message) {
        super(message);
    }

    public TokenizerException(String message, Throwable cause) {
        super(message, cause);
    }
}
