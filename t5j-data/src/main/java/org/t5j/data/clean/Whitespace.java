package org.t5j.data.clean;

import java.util.ArrayList;
import java.util.List;

/**
 * Lines and words as Python's {@code splitlines}, {@code strip} and {@code split} find them, which C4's code is written
 * with. Unlike Java's, they count the no-break space as a blank and a form feed or U+2028 as the end of a line.
 */
public final class Whitespace {
    private Whitespace() {}

    /** Whether Python's {@code str.isspace} holds. */
    public static boolean isBlank(char c) {
        if (c < 0x80) {
            return c == ' ' || c >= 9 && c <= 13 || c >= 28 && c <= 31;
        }
        return c == 0x85 || c == 0xA0 || Character.isSpaceChar(c);
    }

    private static boolean endsLine(char c) {
        return c >= 10 && c <= 13 || c >= 28 && c <= 30 || c == 0x85 || c == 0x2028 || c == 0x2029;
    }

    /** The lines of a text without their ends, stripped of blanks on both sides. */
    static List<String> strippedLines(String text) {
        List<String> lines = new ArrayList<>();
        int start = 0;
        for (int at = 0; at < text.length(); at++) {
            if (endsLine(text.charAt(at))) {
                lines.add(strip(text, start, at));
                boolean pair = text.charAt(at) == '\r' && at + 1 < text.length() && text.charAt(at + 1) == '\n';
                at += pair ? 1 : 0;
                start = at + 1;
            }
        }
        if (start < text.length()) {
            lines.add(strip(text, start, text.length()));
        }
        return lines;
    }

    /** The text without blanks on both sides. */
    static String strip(String text) {
        return strip(text, 0, text.length());
    }

    /** {@code text[from, to)} without blanks on both sides. */
    static String strip(String text, int from, int to) {
        int start = from;
        int end = to;
        while (start < end && isBlank(text.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    /** Number of words: runs of what is not blank. */
    static int words(String text) {
        int words = 0;
        boolean inWord = false;
        for (int at = 0; at < text.length(); at++) {
            boolean blank = isBlank(text.charAt(at));
            words += !blank && !inWord ? 1 : 0;
            inWord = !blank;
        }
        return words;
    }

    /** Length of the longest word in characters (code points). */
    static int longestWord(String text) {
        int longest = 0;
        int length = 0;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            length = isBlank(c) ? 0 : length + (Character.isLowSurrogate(c) ? 0 : 1);
            longest = Math.max(longest, length);
        }
        return longest;
    }
}
