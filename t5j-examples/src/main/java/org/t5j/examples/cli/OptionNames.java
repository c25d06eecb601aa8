package org.t5j.examples.cli;

import java.util.Map;

/**
 * Says {@code --vocab-size} where a message of the library, which knows no command line, says {@code vocabSize}.
 *
 * @param options each setting's option; no setting's name is part of another's
 */
record OptionNames(Map<String, String> options) {

    /** The message with options instead of settings. */
    String in(String message) {
        String named = message;
        for (Map.Entry<String, String> option : options.entrySet()) {
            named = named.replace(option.getKey(), option.getValue());
        }
        return named;
    }
}
