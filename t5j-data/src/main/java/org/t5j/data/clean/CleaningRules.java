package org.t5j.data.clean;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.t5j.data.Registry;
import org.t5j.data.clean.LineRule.Line;
import org.t5j.data.clean.LineRule.Verdict;

/**
 * The rules by name, in the order in which they apply: that of {@code clean_page} in {@code
 * tensorflow_datasets/text/c4_utils.py}, so that each line or document is counted under the same rule as there. A rule
 * that drops documents for a line sees only lines that the rules before it left.
 */
public final class CleaningRules {
    /** The rule that drops long documents. */
    public static final String LONG_DOCUMENT = "long_document";

    static final String BAD_WORDS = "bad_words";
    /** The rule that drops documents with few sentences. */
    public static final String FEW_SENTENCES = "few_sentences";

    static final String LANGUAGE = "language";

    private static final Pattern CITATION = Pattern.compile("\\[\\p{Nd}*\\]|\\[edit\\]|\\[citation needed\\]");
    private static final List<String> POLICIES =
            List.of("terms of use", "privacy policy", "cookie policy", "uses cookies", "use of cookies", "use cookies");

    /** Makes the rule about lines; null for rules about whole documents. */
    private static final Registry<Function<CleaningConfig, LineRule>> RULES = new Registry<
                    Function<CleaningConfig, LineRule>>("cleaning rule")
            .add(LONG_DOCUMENT, config -> null)
            .add("long_word", config -> line(line -> Whitespace.longestWord(line.text()) > config.maxWordCharacters()))
            .add("citation", config -> new WithoutCitations())
            .add("end_mark", config -> line(line -> !ends(line.text(), config.endMarks())))
            .add("short_line", config -> line(line -> Whitespace.words(line.text()) < config.minWords()))
            .add("lorem_ipsum", config -> document(line -> line.lower().contains("lorem ipsum")))
            .add("javascript", config -> line(line -> line.lower().contains("javascript")))
            .add("curly_bracket", config -> document(line -> line.text().indexOf('{') >= 0))
            .add("policy", config -> line(line -> POLICIES.stream().anyMatch(line.lower()::contains)))
            .add(BAD_WORDS, config -> document(BadWords.read(config.badWords())))
            .add(FEW_SENTENCES, config -> null)
            .add(LANGUAGE, config -> null);

    private CleaningRules() {}

    /** All names, in the order in which the rules apply. */
    public static Set<String> names() {
        return RULES.names();
    }

    /** @throws org.t5j.data.DataException if there is no rule of that name */
    static void requireKnown(String name) {
        RULES.get(name);
    }

    static LineRule lineRule(String name, CleaningConfig config) {
        return RULES.get(name).apply(config);
    }

    private static LineRule line(Predicate<Line> drops) {
        return line -> drops.test(line) ? Verdict.DROP_LINE : Verdict.KEEP;
    }

    private static LineRule document(Predicate<Line> drops) {
        return line -> drops.test(line) ? Verdict.DROP_DOCUMENT : Verdict.KEEP;
    }

    private static boolean ends(String line, List<String> marks) {
        return !line.endsWith("...") && marks.stream().anyMatch(line::endsWith);
    }

    /** Removes Wikipedia's marks of citations, such as {@code [3]}. */
    private static final class WithoutCitations implements LineRule {
        @Override
        public Verdict judge(Line line) {
            return Verdict.KEEP;
        }

        @Override
        public Line edit(Line line) {
            return line.text().indexOf('[') < 0
                    ? line
                    : new Line(CITATION.matcher(line.text()).replaceAll(""));
        }
    }
}
