package org.t5j.examples.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What {@code spm_encode --output_format} names. */
enum EncodeFormat {
    PIECE(false),
    ID(true),
    SAMPLE_PIECE(false),
    SAMPLE_ID(true),
    NBEST_PIECE(false),
    NBEST_ID(true);

    private final boolean ids;

    EncodeFormat(boolean ids) {
        this.ids = ids;
    }

    /** Whether ids are written, not pieces. */
    boolean isIds() {
        return ids;
    }

    static EncodeFormat named(Subcommand command, String name) {
        command.require(
                !name.endsWith("proto"),
                "--output_format " + name + " prints nothing in spm_encode either and is not supported; there are "
                        + names());
        for (EncodeFormat format : values()) {
            if (format.toString().equals(name.toLowerCase(Locale.ROOT))) {
                return format;
            }
        }
        command.require(false, "There is no --output_format " + name + "; there are " + names());
        throw new IllegalStateException(name);
    }

    private static String names() {
        return Arrays.stream(values()).map(EncodeFormat::toString).collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
