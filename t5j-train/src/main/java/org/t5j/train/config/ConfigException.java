package org.t5j.train.config;

import org.t5j.core.T5Exception;

/** A setting or a configuration file that is not as it must be, as opposed to something that fails while it is obeyed. */
public class ConfigException extends T5Exception {
    private static final long serialVersionUID = 1L;

    public ConfigException(String message) {
        super(message);
    }

    public ConfigException(String message, Throwable cause) {
        super(message, cause);
    }
}
