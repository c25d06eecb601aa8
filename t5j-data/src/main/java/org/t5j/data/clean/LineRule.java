package org.t5j.data.clean;

import java.util.Locale;

/** What a cleaning rule says of one line of a document. A pure function. */
@FunctionalInterface
interface LineRule {

    /** A stripped line, with its small letters made once for all rules. */
    final class Line {
        private final String text;
        private String lower;

        Line(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }

        String lower() {
            if (lower == null) {
                lower = text.toLowerCase(Locale.ROOT);
            }
            return lower;
        }
    }

    /** What becomes of a line. */
    enum Verdict {
        KEEP,
        DROP_LINE,
        DROP_DOCUMENT
    }

    Verdict judge(Line line);

    /** The line as later rules see it. */
    default Line edit(Line line) {
        return line;
    }
}
