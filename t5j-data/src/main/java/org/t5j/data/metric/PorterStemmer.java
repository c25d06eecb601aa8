package org.t5j.data.metric;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Porter's stemmer for English (Porter 1980) with the changes of Porter's own later versions and of NLTK, whose {@code
 * PorterStemmer} ROUGE uses: {@code caresses} → {@code caress}, {@code flies} → {@code fli}, {@code dying} → {@code die}.
 * Words are in lower case. Stateless.
 */
final class PorterStemmer {
    private static final Map<String, String> IRREGULAR = Map.ofEntries(
            Map.entry("sky", "sky"),
            Map.entry("skies", "sky"),
            Map.entry("dying", "die"),
            Map.entry("lying", "lie"),
            Map.entry("tying", "tie"),
            Map.entry("news", "news"),
            Map.entry("innings", "inning"),
            Map.entry("inning", "inning"),
            Map.entry("outings", "outing"),
            Map.entry("outing", "outing"),
            Map.entry("cannings", "canning"),
            Map.entry("canning", "canning"),
            Map.entry("howe", "howe"),
            Map.entry("proceed", "proceed"),
            Map.entry("exceed", "exceed"),
            Map.entry("succeed", "succeed"));

    private static final List<Rule> PLURALS = rules("sses>ss ies>i ss>ss s>");
    private static final List<Rule> LONG_SUFFIXES = rules("ational>ate tional>tion enci>ence anci>ance izer>ize bli>ble"
            + " alli>al entli>ent eli>e ousli>ous ization>ize ation>ate ator>ate alism>al iveness>ive fulness>ful"
            + " ousness>ous aliti>al iviti>ive biliti>ble fulli>ful");
    private static final List<Rule> MIDDLE_SUFFIXES = rules("icate>ic ative> alize>al iciti>ic ical>ic ful> ness>");
    private static final List<Rule> SHORT_SUFFIXES = rules(
            "al> ance> ence> er> ic> able> ible> ant> ement> ment> ent>" + " ion> ou> ism> ate> iti> ous> ive> ize>");

    private record Rule(String suffix, String replacement) {}

    private static List<Rule> rules(String text) {
        return Arrays.stream(text.split(" "))
                .map(rule -> rule.split(">", -1))
                .map(parts -> new Rule(parts[0], parts[1]))
                .toList();
    }

    String stem(String word) {
        if (IRREGULAR.containsKey(word)) {
            return IRREGULAR.get(word);
        }
        if (word.length() <= 2) {
            return word;
        }
        String stem = withoutPastOrParticiple(withoutPlural(word));
        stem = withI(stem);
        stem = withoutLongSuffix(stem);
        stem = apply(MIDDLE_SUFFIXES, stem, rest -> measure(rest) > 0);
        stem = apply(SHORT_SUFFIXES, stem, rest -> measure(rest) > 1);
        return withoutLastE(stem);
    }

    /** The first rule whose suffix is there decides, even if {@code condition} refuses what would be left. */
    private static String apply(List<Rule> rules, String word, Predicate<String> condition) {
        for (Rule rule : rules) {
            if (word.endsWith(rule.suffix)) {
                String rest = cut(word, rule.suffix.length());
                boolean ionAfterOther = rule.suffix.equals("ion") && !rest.endsWith("s") && !rest.endsWith("t");
                return condition.test(rest) && !ionAfterOther ? rest + rule.replacement : word;
            }
        }
        return word;
    }

    private static String cut(String word, int letters) {
        return word.substring(0, word.length() - letters);
    }

    private static String withoutPlural(String word) {
        return word.length() == 4 && word.endsWith("ies") ? cut(word, 1) : apply(PLURALS, word, rest -> true);
    }

    private static String withoutPastOrParticiple(String word) {
        if (word.endsWith("ied")) {
            return cut(word, word.length() == 4 ? 1 : 2);
        }
        if (word.endsWith("eed")) {
            return measure(cut(word, 3)) > 0 ? cut(word, 1) : word;
        }
        for (String suffix : List.of("ed", "ing")) {
            if (word.endsWith(suffix) && hasVowel(cut(word, suffix.length()))) {
                return repaired(cut(word, suffix.length()));
            }
        }
        return word;
    }

    /** {@code conflat} → {@code conflate}, {@code hopp} → {@code hop}, {@code fil} → {@code file}. */
    private static String repaired(String word) {
        if (word.endsWith("at") || word.endsWith("bl") || word.endsWith("iz")) {
            return word + "e";
        }
        int last = word.length() - 1;
        if (last >= 1 && word.charAt(last) == word.charAt(last - 1) && isConsonant(word, last)) {
            return "lsz".indexOf(word.charAt(last)) < 0 ? cut(word, 1) : word;
        }
        return measure(word) == 1 && endsShort(word) ? word + "e" : word;
    }

    private static String withI(String word) {
        return word.endsWith("y") && word.length() > 2 && isConsonant(word, word.length() - 2)
                ? cut(word, 1) + "i"
                : word;
    }

    private static String withoutLongSuffix(String word) {
        if (word.endsWith("alli") && measure(cut(word, 4)) > 0) {
            return withoutLongSuffix(cut(word, 2));
        }
        if (word.endsWith("logi")) {
            return measure(cut(word, 3)) > 0 ? cut(word, 1) : word;
        }
        return apply(LONG_SUFFIXES, word, rest -> measure(rest) > 0);
    }

    private static String withoutLastE(String word) {
        String stem = word;
        if (word.endsWith("e")) {
            String rest = cut(word, 1);
            int measure = measure(rest);
            stem = measure > 1 || measure == 1 && !endsShort(rest) ? rest : word;
        }
        return stem.endsWith("ll") && measure(cut(stem, 1)) > 1 ? cut(stem, 1) : stem;
    }

    /** Consonant, vowel, consonant other than w, x, y; or nothing but vowel, consonant. */
    private static boolean endsShort(String word) {
        int last = word.length() - 1;
        if (last == 1) {
            return !isConsonant(word, 0) && isConsonant(word, 1);
        }
        return last >= 2
                && isConsonant(word, last - 2)
                && !isConsonant(word, last - 1)
                && isConsonant(word, last)
                && "wxy".indexOf(word.charAt(last)) < 0;
    }

    /** How often a consonant follows a vowel. */
    private static int measure(String word) {
        int measure = 0;
        boolean vowel = false;
        for (int i = 0; i < word.length(); i++) {
            boolean consonant = isConsonant(word.charAt(i), i == 0 || vowel);
            measure += vowel && consonant ? 1 : 0;
            vowel = !consonant;
        }
        return measure;
    }

    private static boolean hasVowel(String word) {
        boolean vowel = false;
        for (int i = 0; i < word.length() && !vowel; i++) {
            vowel = !isConsonant(word.charAt(i), i == 0);
        }
        return vowel;
    }

    private static boolean isConsonant(String word, int at) {
        boolean consonant = true;
        // y depends on the letter before, so only a run of y matters
        int from = at;
        while (from > 0 && word.charAt(from) == 'y') {
            from--;
        }
        for (int i = from; i <= at; i++) {
            consonant = isConsonant(word.charAt(i), i == 0 || i > from && !consonant);
        }
        return consonant;
    }

    /** @param yIsConsonant whether y would be one: at the beginning, or after a vowel */
    private static boolean isConsonant(char letter, boolean yIsConsonant) {
        return letter == 'y' ? yIsConsonant : "aeiou".indexOf(letter) < 0;
    }
}
