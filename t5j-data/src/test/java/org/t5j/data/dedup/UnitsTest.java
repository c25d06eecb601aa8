package org.t5j.data.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UnitsTest {
    private static String remove(Units units, Set<Long> seen, String text) {
        long[] hashes = units.hashes(text);
        boolean[] repeated = new boolean[hashes.length];
        for (int i = 0; i < hashes.length; i++) {
            repeated[i] = !seen.add(hashes[i]);
        }
        return units.remove(text, repeated).text();
    }

    /** {@code test_remove_duplicate_text} of C4's code, before it drops pages with few sentences. */
    @Test
    void removesLinesAsC4() {
        Set<Long> seen = new HashSet<>();
        assertThat(remove(Units.LINES, seen, """
                This is a duplicated line.
                This is a unique line.
                This one comes first and so it stays.
                This one is duplicate within the page so the others are removed.
                Here is a sentence between the duplicates.
                This one is duplicate within the page so the others are removed.
                this One is Duplicate WITHIN the page so the others are removed.\s""")).isEqualTo("""
                This is a duplicated line.
                This is a unique line.
                This one comes first and so it stays.
                This one is duplicate within the page so the others are removed.
                Here is a sentence between the duplicates.""");
        assertThat(remove(Units.LINES, seen, "This is 2nd unique line.\nthis is a Duplicated line. "))
                .isEqualTo("This is 2nd unique line.");
    }

    @Test
    void removesAllButOneOfThreeSentences() {
        Set<Long> seen = new HashSet<>();
        String first = "One is here. Two is here.\nThree is here. Four is here.";
        assertThat(remove(Units.SPANS, seen, first)).isEqualTo(first);
        assertThat(remove(
                        Units.SPANS, seen, "New begins. One is here. Two is here. Three is here. New ends.\nAnd more."))
                .isEqualTo("New begins. New ends.\nAnd more.");
        assertThat(remove(Units.SPANS, seen, "One is here. Two is here. Other."))
                .isEqualTo("One is here. Two is here. Other.");
        assertThat(remove(Units.SPANS, seen, "ONE is  here. Two is here. Three is here. Four is here."))
                .isEmpty();
    }

    @Test
    void keepsTheFirstOfOverlappingSpans() {
        assertThat(remove(Units.SPANS, new HashSet<>(), "Ha ha. Ha ha. Ha ha. Ha ha. Ha ha. End."))
                .isEqualTo("Ha ha. Ha ha. Ha ha. End.");
        assertThat(remove(Units.SPANS, new HashSet<>(), "Tick. Tock. Tick. Tock. Tick. Tock."))
                .isEqualTo("Tick. Tock. Tick. Tock.");
    }

    @Test
    void hashesSeeTextOnly() {
        assertThat(TextHash.of("  The\u00a0 QUICK\nfox ")).isEqualTo(TextHash.of("the quick fox"));
        Set<Long> hashes = new HashSet<>();
        String text = "abcdefgh ijkl";
        for (int from = 0; from <= text.length(); from++) {
            for (int to = from; to <= text.length(); to++) {
                hashes.add(TextHash.of(text.substring(from, to)));
            }
        }
        assertThat(hashes).hasSize(1 + 13 * 14 / 2 - distinctLost());
        assertThat(TextHash.of("ab")).isNotEqualTo(TextHash.of("a b"));
        assertThat(Units.DOCUMENTS.remove("x", new boolean[] {true})).isEqualTo(new Units.Rest("", List.of("x")));
    }

    /** Substrings of the text that differ only in blanks at their ends: with the space first or last, or alone. */
    private static int distinctLost() {
        return 8 + 4 + 1;
    }
}
