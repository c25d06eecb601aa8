package org.t5j.examples.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.t5j.data.clean.LanguageDetector.Guess;

class OpenNlpLanguagesTest {
    private static final Path SHARED = Path.of(System.getProperty("t5j.shared"));
    private static final int LONG_ENOUGH = 60;

    private static OpenNlpLanguages languages;

    @BeforeAll
    static void load() {
        languages = OpenNlpLanguages.load();
    }

    private static boolean isSurely(String code, String text) {
        Guess guess = languages.detect(text);
        return guess.code().equals(code) && guess.probability() >= 0.99;
    }

    @Test
    void pagesOfEnglishPassTheLimitOfC4() throws IOException {
        List<String> lines = Files.readAllLines(SHARED.resolve("corpora/text/austen.train.txt"));
        for (int i = 0; i + 10 < lines.size(); i += 200) {
            assertThat(isSurely("en", String.join("\n", lines.subList(i, i + 10))))
                    .isTrue();
        }
    }

    /** Share of short texts that are told to be of the language; those in scripts of their own are easier. */
    @Test
    void tellsShortTexts() throws IOException {
        assertShare("en-", "en", 0.98);
        assertShare("ml-fortune_de", "de", 0.95);
        assertShare("ml-fortune_it", "it", 0.95);
        assertShare("ml-fortune_ru", "ru", 0.95);
        assertShare("ml-fortune_zh", "zh", 0.95);
        assertShare("ml-uk", "uk", 0.95);
        assertShare("ml-he", "he", 0.95);
        assertShare("ml-hi", "hi", 0.9);
    }

    private static void assertShare(String category, String code, double least) throws IOException {
        ObjectMapper json = new ObjectMapper();
        int count = 0;
        int right = 0;
        Path file = SHARED.resolve("golden/tokenizer/texts.jsonl.gz");
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode text = json.readTree(line);
                if (text.get("cat").asText().startsWith(category)
                        && text.get("text").asText().length() >= LONG_ENOUGH) {
                    count++;
                    right += languages.detect(text.get("text").asText()).code().equals(code) ? 1 : 0;
                }
            }
        }
        assertThat((double) right / count).as(category).isGreaterThanOrEqualTo(least);
    }
}
