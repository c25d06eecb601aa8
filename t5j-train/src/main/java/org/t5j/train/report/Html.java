package org.t5j.train.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Texts and numbers as they may stand in a page. */
final class Html {
    private static final MathContext DIGITS = new MathContext(4);

    private Html() {}

    /** {@code text} as itself, in elements and in quoted attributes. */
    static String escaped(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.appendCodePoint(allowed(c) ? c : '\uFFFD');
            }
        });
        return safe.toString();
    }

    /** HTML allows no other control characters, and no halves of surrogate pairs. */
    private static boolean allowed(int c) {
        return c == '\n' || c == '\t' || c >= ' ' && !(c >= 0x7F && c < 0xA0) && !(c >= 0xD800 && c < 0xE000);
    }

    /** Four digits, without zeros at the end; whole numbers below ten million with all of theirs. */
    static String number(double value) {
        if (!Double.isFinite(value)) {
            return Double.toString(value);
        }
        if (value == Math.rint(value) && Math.abs(value) < 1e7) {
            return Long.toString((long) value);
        }
        if (Math.abs(value) >= 1e5 || Math.abs(value) < 1e-3) {
            return String.format(Locale.ROOT, "%.3e", value).replaceFirst("\\.?0*e", "e");
        }
        return new BigDecimal(value).round(DIGITS).stripTrailingZeros().toPlainString();
    }

    /** A table row of cells that are already safe. */
    static String row(String cell, Object... values) {
        StringBuilder row = new StringBuilder("<tr>");
        for (Object value : values) {
            row.append('<')
                    .append(cell)
                    .append('>')
                    .append(value)
                    .append("</")
                    .append(cell)
                    .append('>');
        }
        return row.append("</tr>\n").toString();
    }
}
