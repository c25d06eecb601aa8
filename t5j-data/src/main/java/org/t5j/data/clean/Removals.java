package org.t5j.data.clean;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What each rule removed. Not safe for use by several threads: each counts for itself, then {@link #add} joins. */
public final class Removals {
    /** Examples that are kept for each rule. */
    public static final int EXAMPLES = 3;

    private static final int EXAMPLE_CHARACTERS = 200;

    private final Map<String, Removed> byRule = new LinkedHashMap<>();

    /**
     * What one rule removed.
     *
     * @param documents whole documents
     * @param lines single lines or sentences of documents that stayed
     * @param characters UTF-16 units of both
     * @param examples the first removals: place, colon, the beginning of the text
     */
    public record Removed(long documents, long lines, long characters, List<String> examples) {
        static final Removed NOTHING = new Removed(0, 0, 0, List.of());

        public Removed {
            examples = List.copyOf(examples);
        }

        private Removed plus(Removed next) {
            List<String> first = new ArrayList<>(examples);
            next.examples.stream().limit(EXAMPLES - first.size()).forEach(first::add);
            return new Removed(documents + next.documents, lines + next.lines, characters + next.characters, first);
        }
    }

    /** Starts with rules in the order of a report, each with nothing removed. */
    public Removals(Iterable<String> rules) {
        rules.forEach(rule -> byRule.put(rule, Removed.NOTHING));
    }

    /** Starts with no rules. */
    public Removals() {
        this(List.of());
    }

    void document(String rule, Document document, String text) {
        add(rule, new Removed(1, 0, text.length(), example(rule, document, text)));
    }

    void line(String rule, Document document, String line) {
        add(rule, new Removed(0, 1, line.length(), example(rule, document, line)));
    }

    void characters(String rule, long characters) {
        if (characters != 0) {
            add(rule, new Removed(0, 0, characters, List.of()));
        }
    }

    /** Counts repetition: what is left of {@code text} is {@code rest}, empty where the document is gone. */
    public void repeated(String rule, Document document, String text, String rest, List<String> parts) {
        boolean gone = rest.isEmpty();
        add(
                rule,
                new Removed(
                        gone ? 1 : 0,
                        gone ? 0 : parts.size(),
                        text.length() - rest.length(),
                        example(rule, document, parts.get(0))));
    }

    private List<String> example(String rule, Document document, String text) {
        if (byRule.getOrDefault(rule, Removed.NOTHING).examples().size() == EXAMPLES) {
            return List.of();
        }
        String beginning = text.length() <= EXAMPLE_CHARACTERS ? text : text.substring(0, EXAMPLE_CHARACTERS) + "…";
        return List.of(document.origin() + ": " + beginning.replace('\n', ' '));
    }

    /** Adds what a rule removed. */
    public void add(String rule, Removed removed) {
        byRule.merge(rule, removed, Removed::plus);
    }

    /** Adds what was removed from documents that come later. */
    public void add(Removals later) {
        later.byRule.forEach(this::add);
    }

    /** What each rule removed, in the order of the report. */
    public Map<String, Removed> byRule() {
        return Collections.unmodifiableMap(byRule);
    }

    /** Characters that all rules removed. */
    public long characters() {
        return byRule.values().stream().mapToLong(Removed::characters).sum();
    }
}
