package org.t5j.data.clean;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.t5j.data.DataException;

/**
 * Which cleaning rules apply and their numbers. Values that are left out (null) are those of C4's code ({@code
 * tensorflow_datasets/text/c4_utils.py}).
 *
 * @param rules names from {@link CleaningRules}; all by default, none for text as it is
 * @param without rules to leave out of these
 * @param maxDocumentCharacters {@code long_document}: longer documents are dropped; default 190,000
 * @param maxWordCharacters {@code long_word}: lines with a longer word are dropped; default 1,000
 * @param endMarks {@code end_mark}: lines that end otherwise are dropped; default {@code . ? ! "}
 * @param minWords {@code short_line}: lines with fewer words are dropped; default 5
 * @param minSentences {@code few_sentences}: documents with fewer are dropped; default 3
 * @param badWords {@code bad_words}: file with one word or phrase a line, in small letters; documents that hold one are
 *     dropped; without the file the rule does nothing
 * @param languages {@code language}: ISO 639 codes; documents in others are dropped; default {@code [en]}
 * @param minLanguageProbability {@code language}: documents whose language is less certain are dropped; default 0.99
 */
public record CleaningConfig(
        List<String> rules,
        List<String> without,
        Integer maxDocumentCharacters,
        Integer maxWordCharacters,
        List<String> endMarks,
        Integer minWords,
        Integer minSentences,
        Path badWords,
        List<String> languages,
        Double minLanguageProbability) {

    public CleaningConfig {
        without = without == null ? List.of() : List.copyOf(without);
        Set<String> chosen = new LinkedHashSet<>(rules == null ? CleaningRules.names() : rules);
        chosen.forEach(CleaningRules::requireKnown);
        without.forEach(CleaningRules::requireKnown);
        without.forEach(chosen::remove);
        rules = CleaningRules.names().stream().filter(chosen::contains).toList();
        without = List.of();
        maxDocumentCharacters = atLeast("maxDocumentCharacters", maxDocumentCharacters, 190_000, 1);
        maxWordCharacters = atLeast("maxWordCharacters", maxWordCharacters, 1000, 1);
        endMarks = endMarks == null ? List.of(".", "?", "!", "\"") : List.copyOf(endMarks);
        minWords = atLeast("minWords", minWords, 5, 0);
        minSentences = atLeast("minSentences", minSentences, 3, 0);
        languages = languages == null ? List.of("en") : List.copyOf(languages);
        minLanguageProbability = minLanguageProbability == null ? 0.99 : minLanguageProbability;
        DataException.check(
                minLanguageProbability >= 0 && minLanguageProbability <= 1,
                "minLanguageProbability is %s, but must be between 0 and 1.",
                minLanguageProbability);
        DataException.check(
                badWords == null || rules.contains(CleaningRules.BAD_WORDS),
                "badWords names %s, but the rule %s is off. Add it to the rules, or leave the file out.",
                badWords,
                CleaningRules.BAD_WORDS);
    }

    private static int atLeast(String name, Integer value, int byDefault, int least) {
        int chosen = value == null ? byDefault : value;
        DataException.check(chosen >= least, "%s is %d, but must be at least %d.", name, chosen, least);
        return chosen;
    }

    /** C4's rules and numbers. */
    public static CleaningConfig defaults() {
        return ofRules(null);
    }

    /** Some of the rules, with C4's numbers. */
    public static CleaningConfig ofRules(List<String> rules) {
        return new CleaningConfig(rules, null, null, null, null, null, null, null, null, null);
    }

    /** Whether a rule applies. */
    public boolean has(String rule) {
        return rules.contains(rule);
    }
}
