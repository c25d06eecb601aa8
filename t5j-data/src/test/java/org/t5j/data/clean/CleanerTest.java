package org.t5j.data.clean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.t5j.data.DataException;

/** The cases and counts of {@code tensorflow_datasets/text/c4_utils_test.py}, and what t5j adds. */
class CleanerTest {
    @TempDir
    Path directory;

    private final Removals removals = new Removals();

    private static CleaningConfig c4(Path badWords) {
        return new CleaningConfig(null, List.of("language"), null, null, null, null, null, badWords, null, null);
    }

    private String clean(String text) {
        return clean(text, c4(null));
    }

    private String clean(String text, CleaningConfig config) {
        return new Cleaner(config, null)
                .clean(new Document(text, "page:1"), removals)
                .map(Document::text)
                .orElse(null);
    }

    /** Rule → number of lines and of documents removed. */
    private Map<String, List<Long>> counts() {
        Map<String, List<Long>> counts = new TreeMap<>();
        removals.byRule().forEach((rule, removed) -> {
            if (removed.lines() + removed.documents() > 0) {
                counts.put(rule, List.of(removed.lines(), removed.documents()));
            }
        });
        return counts;
    }

    @Test
    void cleansPage() {
        String text = """
                This line has enough words and ends in punctuation, Dr. Roberts!
                Economic History | All Institutions | Open Access Articles | Digital Commons Network
                "Open Access. Powered by Scholars. Published by Universities."
                Digital Commons Network™/ Social and Behavioral Sciences...
                Too few words.
                You need to enable javascript in your browser in order to see this page.
                You have JavaScript disabled and that means you can't see this page.
                Adam Roberts has a cookie policy: always eat them.
                Colin has a privacy policy: don't share people's secrets.
                You'd better follow our terms of use!
                """;
        assertThat(clean(text)).isEqualTo("""
                This line has enough words and ends in punctuation, Dr. Roberts!
                "Open Access. Powered by Scholars. Published by Universities.\"""");
        assertThat(counts())
                .isEqualTo(Map.of(
                        "short_line", List.of(1L, 0L),
                        "end_mark", List.of(2L, 0L),
                        "javascript", List.of(2L, 0L),
                        "policy", List.of(3L, 0L)));
        assertThat(removals.byRule().get("short_line").examples()).containsExactly("page:1: Too few words.");
    }

    @Test
    void dropsPagesWithFewSentences() {
        assertThat(clean("""
                This first line has one sentence.
                This line looks like it has three sentences...but it's actually just 1.""")).isNull();
        assertThat(counts()).isEqualTo(Map.of("few_sentences", List.of(0L, 1L)));
    }

    @Test
    void dropsPagesOfCode() {
        assertThat(clean("""
                This page starts out with some text.
                Everything looks good at first, since these are sentences.
                But then, all of a sudden, there's a bunch of code like the next block.
                fn foo(a) { bar = a + 10; }.""")).isNull();
        assertThat(counts()).isEqualTo(Map.of("curly_bracket", List.of(0L, 1L)));
    }

    @Test
    void dropsLoremIpsum() {
        assertThat(clean("Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut"
                        + " labore et dolore magna aliqua.\nUt enim ad minim veniam, quis nostrud exercitation."))
                .isNull();
        assertThat(counts()).isEqualTo(Map.of("lorem_ipsum", List.of(0L, 1L)));
    }

    @Test
    void dropsPagesWithBadWords() throws IOException {
        Path list = Files.writeString(directory.resolve("list"), "ass\n");
        String padding = """
                This page starts out with some text.
                Everything looks good at first, since these are sentences.
                But then, all of a sudden, there's a badword... or not?
                """;
        String harmless = padding + "I asked my friend for assistance polishing my cutlass.";
        assertThat(clean(harmless, c4(list))).isEqualTo(harmless);
        assertThat(counts()).isEmpty();
        for (String bad : List.of(
                "He took the saddle and put it on his ass in preparation for travel.",
                "Ass is one of several species of small, horse-like animals."
                        + "Donkey is one synonym for the word \"ass\".")) {
            assertThat(clean(padding + bad, c4(list))).isNull();
        }
        assertThat(counts()).isEqualTo(Map.of("bad_words", List.of(0L, 2L)));
        assertThat(clean(padding + "He put it on his ass for travel.")).isNotNull();
    }

    @Test
    void removesCitations() {
        assertThat(clean("""
                This page has some text.
                Some lines don't end with punctuation
                And some of these lines end with citations.[3]
                Or have requested citations[citation needed]. Or the option to edit.[edit]
                """)).isEqualTo("""
                This page has some text.
                And some of these lines end with citations.
                Or have requested citations. Or the option to edit.""");
        assertThat(counts()).isEqualTo(Map.of("end_mark", List.of(1L, 0L)));
        assertThat(removals.byRule().get("citation").characters()).isEqualTo(3 + 17 + 6);
    }

    @Test
    void removesPolicies() {
        assertThat(clean("""
                This page has with some text. So, that's good!
                But at the end it has some polciy lines.
                This line mentions the Terms of Use.
                This line should be okay.
                The privacy policy is mentioned in this line.
                Let's talk about the Cookie Policy now.
                """)).isEqualTo("""
                This page has with some text. So, that's good!
                But at the end it has some polciy lines.
                This line should be okay.""");
        assertThat(counts()).isEqualTo(Map.of("policy", List.of(3L, 0L)));
    }

    @Test
    void dropsLongWordsAndLongDocuments() {
        String good = "One two three four five. Two is here. Three is here too.";
        assertThat(clean(good + "\nThis line has " + "a".repeat(1000) + " in it."))
                .contains("aaaa");
        assertThat(clean(good + "\nThis line has " + "a".repeat(1001) + " in it."))
                .isEqualTo(good);
        assertThat(clean("One two three four five. ".repeat(7600))).isNotNull();
        assertThat(clean("One two three four five. ".repeat(7601))).isNull();
        assertThat(counts()).isEqualTo(Map.of("long_word", List.of(1L, 0L), "long_document", List.of(0L, 1L)));
    }

    @Test
    void everyRuleCanBeSwitchedOff() {
        String text = "one {\ntwo javascript lorem ipsum terms of use[1]";
        assertThat(clean(text, CleaningConfig.ofRules(List.of()))).isEqualTo(text);
        for (String rule : CleaningRules.names()) {
            CleaningConfig without =
                    new CleaningConfig(null, List.of(rule), null, null, null, null, null, null, null, null);
            assertThat(without.has(rule)).isFalse();
            assertThat(without.rules()).hasSize(CleaningRules.names().size() - 1);
        }
        assertThatThrownBy(() -> CleaningConfig.ofRules(List.of("javascrpt")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("Did you mean 'javascript'?");
    }

    @Test
    void asksForTheLanguage() {
        LanguageDetector detector = text ->
                new LanguageDetector.Guess(text.contains("le chat") ? "fr" : "en", text.length() < 30 ? 0.5 : 1);
        Cleaner cleaner = new Cleaner(CleaningConfig.ofRules(List.of("language")), detector);
        assertThat(cleaner.clean(new Document("the cat sat on the mat, as cats do", "x")))
                .isPresent();
        assertThat(cleaner.clean(new Document("the cat", "x"))).isEmpty();
        assertThat(cleaner.clean(new Document("le chat est sur le tapis, comme toujours", "x")))
                .isEmpty();
        assertThatThrownBy(() -> new Cleaner(CleaningConfig.defaults(), null)).hasMessageContaining("LanguageDetector");
    }

    @Test
    void everyCharacterIsKeptOrCounted() {
        Random random = new Random(5);
        List<String> parts = new ArrayList<>(List.of(
                "A good sentence with enough words.",
                "\n",
                "\r\n",
                " ",
                "\u00a0",
                "\u2028",
                "no end",
                "[12]",
                "short.",
                "We use cookies on this site.",
                "Enable JavaScript to see this page."));
        long read = 0;
        long kept = 0;
        for (int i = 0; i < 500; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = random.nextInt(20); j >= 0; j--) {
                text.append(parts.get(random.nextInt(parts.size())));
            }
            text.append(random.nextInt(10) == 0 ? "\nThis line is { code, it seems." : "");
            read += text.length();
            String clean = clean(text.toString());
            kept += clean == null ? 0 : clean.length();
            assertThat(clean == null || clean.equals(clean(clean))).isTrue();
        }
        long again = kept;
        assertThat(removals.characters()).isEqualTo(read - again);
    }

    @Test
    void anAbsentFileOfBadWordsIsSaidInWords() {
        Path absent = Path.of("no", "words.txt");
        assertThatThrownBy(() -> clean("A line.", c4(absent)))
                .isInstanceOf(DataException.class)
                .hasMessage(
                        "Cannot read the badWords file " + absent + ": there is no " + absent + ". Check the path.");
    }
}
