package org.t5j.examples.corpus;

import java.io.PrintWriter;
import java.util.Locale;
import org.t5j.data.clean.Removals;
import org.t5j.data.prepare.PrepareReport;

/** A report of a preparation for people. */
public final class PrepareTable {
    private static final String ROW = "%-16s %14s %14s %18s %16s%n";

    private PrepareTable() {}

    /** Prints what was read, what each rule removed, and what was written. */
    public static void print(PrintWriter out, PrepareReport report) {
        out.printf(Locale.ROOT, ROW, "", "documents", "lines", "characters", "tokens");
        out.printf(Locale.ROOT, ROW, "read", number(report.documentsRead()), "", number(report.charactersRead()), "");
        report.removed().forEach((rule, removed) -> print(out, rule, removed));
        report.splits()
                .forEach((name, split) -> out.printf(
                        Locale.ROOT,
                        ROW,
                        name,
                        number(split.documents()),
                        "",
                        number(split.characters()),
                        split.tokens() == null ? "" : number(split.tokens())));
        if (report.badRows() > 0) {
            out.println(number(report.badRows()) + " bad rows of the source were skipped");
        }
    }

    private static void print(PrintWriter out, String rule, Removals.Removed removed) {
        if (removed.characters() != 0 || removed.documents() != 0 || removed.lines() != 0) {
            out.printf(
                    Locale.ROOT,
                    ROW,
                    "- " + rule,
                    number(removed.documents()),
                    number(removed.lines()),
                    number(removed.characters()),
                    "");
        }
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
