package org.t5j.data.metric;

import java.util.List;
import java.util.regex.Pattern;

/** Words of a text, as the metrics here mean them: what stands between white space, by Unicode and as Python splits. */
final class Words {
    private static final Pattern SPACE = Pattern.compile("(?U)[\\s\\x1c-\\x1f]+");
    private static final Pattern LEADING_SPACE = Pattern.compile("(?U)^[\\s\\x1c-\\x1f]+");
    private static final Pattern TRAILING_SPACE = Pattern.compile("(?U)[\\s\\x1c-\\x1f]+$");

    private Words() {}

    static List<String> of(String text) {
        return SPACE.splitAsStream(text).filter(word -> !word.isEmpty()).toList();
    }

    static String stripTrailing(String text) {
        return TRAILING_SPACE.matcher(text).replaceFirst("");
    }

    static String strip(String text) {
        return LEADING_SPACE.matcher(stripTrailing(text)).replaceFirst("");
    }
}
