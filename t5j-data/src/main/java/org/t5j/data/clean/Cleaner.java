package org.t5j.data.clean;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.t5j.data.DataException;
import org.t5j.data.clean.LineRule.Line;
import org.t5j.data.clean.LineRule.Verdict;

/**
 * Cleans documents one by one, by the rules of C4 (Raffel et al. 2020, section 2.2) or some of them. A pure function of
 * the document; safe for use by many threads.
 *
 * <p>In C4's code languages are told after duplicate lines were removed; here before, for the sake of purity.
 */
public final class Cleaner {
    /** Under this name reports count blanks at the ends of lines and lines that are empty. */
    public static final String BLANKS = "blanks";

    private final CleaningConfig config;
    private final Map<String, LineRule> lineRules = new LinkedHashMap<>();
    private final LanguageDetector languages;

    /**
     * @param languages asked by the rule {@code language}; may be null where it is off
     * @throws DataException if the file of bad words cannot be read, or a detector is needed
     */
    public Cleaner(CleaningConfig config, LanguageDetector languages) {
        this.config = config;
        this.languages = languages;
        for (String name : config.rules()) {
            LineRule rule = CleaningRules.lineRule(name, config);
            if (rule != null) {
                lineRules.put(name, rule);
            }
        }
        DataException.check(
                languages != null || !config.has(CleaningRules.LANGUAGE),
                "The rule %s needs a LanguageDetector. Give one, or leave the rule out.",
                CleaningRules.LANGUAGE);
    }

    /** The cleaned document, or nothing where a rule drops it. */
    public Optional<Document> clean(Document document) {
        return clean(document, new Removals());
    }

    /** The same, counting what each rule removes. */
    public Optional<Document> clean(Document document, Removals removals) {
        if (config.rules().isEmpty()) {
            return Optional.of(document);
        }
        String text = document.text();
        if (config.has(CleaningRules.LONG_DOCUMENT)
                && text.codePointCount(0, text.length()) > config.maxDocumentCharacters()) {
            removals.document(CleaningRules.LONG_DOCUMENT, document, text);
            return Optional.empty();
        }
        String clean = cleanLines(document, removals);
        return clean != null && passes(document, clean, removals)
                ? Optional.of(new Document(clean, document.origin()))
                : Optional.empty();
    }

    /** The lines that stay, or null where the document does not. */
    private String cleanLines(Document document, Removals removals) {
        List<String> kept = new ArrayList<>();
        long removed = 0;
        for (String stripped : Whitespace.strippedLines(document.text())) {
            Line line = new Line(stripped);
            String keptLine = stripped;
            for (Map.Entry<String, LineRule> rule : lineRules.entrySet()) {
                Line edited = rule.getValue().edit(line);
                int cut = line.text().length() - edited.text().length();
                removals.characters(rule.getKey(), cut);
                removed += cut;
                line = edited;
                keptLine = edited.text();
                Verdict verdict = rule.getValue().judge(line);
                if (verdict == Verdict.DROP_DOCUMENT) {
                    dropRest(rule.getKey(), document, keptLine, removed, removals);
                    return null;
                } else if (verdict == Verdict.DROP_LINE) {
                    removals.line(rule.getKey(), document, keptLine);
                    removed += keptLine.length();
                    keptLine = null;
                    break;
                }
            }
            if (keptLine != null) {
                kept.add(keptLine);
            }
        }
        String text = Whitespace.strip(String.join("\n", kept));
        removals.characters(BLANKS, document.text().length() - removed - text.length());
        return text;
    }

    /** Drops a document for one of its lines; all of it counts that no rule has removed yet. */
    private static void dropRest(String rule, Document document, String line, long removed, Removals removals) {
        removals.document(rule, document, line);
        removals.characters(rule, document.text().length() - removed - line.length());
    }

    private boolean passes(Document document, String text, Removals removals) {
        String rule = text.isEmpty() && !config.has(CleaningRules.FEW_SENTENCES)
                ? BLANKS
                : config.has(CleaningRules.FEW_SENTENCES) && Sentences.of(text).size() < config.minSentences()
                        ? CleaningRules.FEW_SENTENCES
                        : config.has(CleaningRules.LANGUAGE) && !isInLanguage(text) ? CleaningRules.LANGUAGE : null;
        if (rule != null) {
            removals.document(rule, document, text);
        }
        return rule == null;
    }

    private boolean isInLanguage(String text) {
        LanguageDetector.Guess guess = languages.detect(text);
        return guess.probability() >= config.minLanguageProbability()
                && config.languages().contains(guess.code());
    }
}
