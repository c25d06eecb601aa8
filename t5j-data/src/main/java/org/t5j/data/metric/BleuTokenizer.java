package org.t5j.data.metric;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** sacrebleu's ways to split words off their punctuation. */
public enum BleuTokenizer {
    /** The text is tokenized already. */
    NONE("none", UnaryOperator.identity()),
    /** {@code 13a}, of WMT's mteval-v13a; sacrebleu's default. */
    THIRTEEN_A("13a", BleuTokenizer::thirteenA),
    /** {@code intl}, by Unicode's classes; T5's translation tasks use it. */
    INTERNATIONAL("intl", line -> apply(Rule.INTERNATIONAL, line)),
    /** {@code char}: every code point is a word. */
    CHARACTERS("char", line -> line.codePoints().mapToObj(Character::toString).collect(Collectors.joining(" "))),
    /** {@code zh}: every Chinese character is a word, the rest is parted as by {@code 13a}. */
    CHINESE(
            "zh",
            line -> apply(Rule.WESTERN, Rule.CHINESE.matcher(Words.strip(line)).replaceAll(" $0 ")));

    private final String name;
    private final UnaryOperator<String> tokenize;

    BleuTokenizer(String name, UnaryOperator<String> tokenize) {
        this.name = name;
        this.tokenize = tokenize;
    }

    /** sacrebleu's name, as in {@code tok:13a}. */
    String label() {
        return name;
    }

    List<String> words(String text) {
        return Words.of(tokenize.apply(Words.stripTrailing(text)));
    }

    private static String thirteenA(String line) {
        String text = line.replace("<skipped>", "").replace("-\n", "").replace("\n", " ");
        if (text.contains("&")) {
            text = text.replace("&quot;", "\"")
                    .replace("&amp;", "&")
                    .replace("&lt;", "<")
                    .replace("&gt;", ">");
        }
        return apply(Rule.WESTERN, " " + text + " ");
    }

    private static String apply(List<Rule> rules, String text) {
        for (Rule rule : rules) {
            text = rule.pattern().matcher(text).replaceAll(rule.replacement());
        }
        return text;
    }

    private record Rule(Pattern pattern, String replacement) {
        static final List<Rule> WESTERN = List.of(
                of("([\\{-\\~\\[-\\` -\\&\\(-\\+\\:-\\@\\/])", " $1 "),
                of("([^0-9])([\\.,])", "$1 $2 "),
                of("([\\.,])([^0-9])", " $1 $2"),
                of("([0-9])(-)", "$1 $2 "));

        static final List<Rule> INTERNATIONAL =
                List.of(of("(\\P{N})(\\p{P})", "$1 $2 "), of("(\\p{P})(\\P{N})", " $1 $2"), of("(\\p{S})", " $1 "));

        /**
         * sacrebleu's ranges. Two of them, meant for U+20000-2A6D6 and U+2F800-2FA1D, are written there in a way that makes
         * them U+2001-2A6D and U+2F81-2FA1; they are kept so, for equal scores.
         */
        static final Pattern CHINESE = Pattern.compile(
                "[\\u3400-\\u4db5\\u4e00-\\u9fbb\\uf900-\\ufa2d\\ufa30-\\ufa6a\\ufa70-\\ufad9"
                        + "\\u2001-\\u2a6d\\u2f81-\\u2fa1\\uff00-\\uffef\\u2e80-\\u2eff\\u3000-\\u303f\\u31c0-\\u31ef\\u2f00-\\u2fdf\\u2ff0-\\u2fff"
                        + "\\u3100-\\u312f\\u31a0-\\u31bf\\ufe10-\\ufe1f\\ufe30-\\ufe4f\\u2600-\\u26ff\\u2700-\\u27bf\\u3200-\\u32ff\\u3300-\\u33ff]");

        private static Rule of(String regex, String replacement) {
            return new Rule(Pattern.compile(regex), replacement);
        }
    }
}
