package org.t5j.data;

import java.io.IOException;
import org.t5j.tokenizer.FileReason;

/**
 * Bad data or a bad request for data. The message is meant for the user: it names the file and line or the setting, the
 * rule, the value found and the remedy.
 */
public class DataException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DataException(String message) {
        super(message);
    }

    public DataException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * Checks a setting.
     *
     * @throws DataException with the formatted message unless {@code condition} holds
     */
    public static void check(boolean condition, String message, Object... arguments) {
        if (!condition) {
            throw new DataException(String.format(message, arguments));
        }
    }

    /** Why a file could not be read or written, in words and without a full stop, for a message. */
    public static String reason(IOException e) {
        return FileReason.of(e);
    }
}
