package org.t5j.data.preprocess;

import java.util.regex.Pattern;

/** T5's treatment of white space in texts for question answering. */
public final class Spacing {
    private static final Pattern PUNCTUATION = Pattern.compile("\\p{Punct}");

    /** RE2's {@code \s}: no vertical tab and nothing outside ASCII. */
    private static final Pattern BLANKS = Pattern.compile("[\\t\\n\\f\\r ]+");

    private Spacing() {}

    /**
     * Upstream's {@code _pad_punctuation}: a space on both sides of every ASCII punctuation mark, then runs of white space
     * become one space. {@code "don't."} becomes {@code "don ' t . "}, trailing space included. (Upstream's code of
     * 2021 padded everything but ASCII letters, digits and underscores, and so tore words such as {@code café} apart.)
     */
    public static String padPunctuation(String text) {
        return collapse(PUNCTUATION.matcher(text).replaceAll(" $0 "));
    }

    /** Every run of white space becomes one space; those at the ends stay. */
    public static String collapse(String text) {
        return BLANKS.matcher(text).replaceAll(" ");
    }

    /** Upstream's {@code _string_join}: the texts joined by a space, then runs of white space become one space. */
    public static String join(String... texts) {
        return collapse(String.join(" ", texts));
    }
}
