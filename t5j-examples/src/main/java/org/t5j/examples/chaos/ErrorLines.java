package org.t5j.examples.chaos;

import java.util.List;

/** What a command wrote to standard error. */
final class ErrorLines {
    private static final String ERROR = "t5j: ";

    private ErrorLines() {}

    /** The error that it ended with, else its last line. */
    static String last(String said) {
        List<String> lines = said.lines().toList();
        return lines.stream()
                .filter(line -> line.startsWith(ERROR))
                .reduce((first, second) -> second)
                .map(line -> line.substring(ERROR.length()))
                .orElse(lines.isEmpty() ? "(nothing)" : lines.get(lines.size() - 1));
    }
}
