package org.t5j.tokenizer.word;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Words as SentencePiece's {@code SplitIntoWords} cuts them; the expectations follow its model_interface_test.cc. */
class WordSplitterTest {

    @ParameterizedTest
    @CsvSource({
        "false, false, _this_is_a_pen, _this|_is|_a|_pen",
        "false, false, this_is, this|_is",
        "false, false, __a__b_, _|_a|_|_b|_",
        "false, true, __a__b_, __a|__b|_",
        "false, true, a___b, a|___b",
        "true, false, this_is_a_pen_, this_|is_|a_|pen_",
        "true, false, __a__b_, _|_|a_|_|b_",
        "true, true, __a__b, __|a__|b",
        "true, true, a_b__, a_|b__",
        "false, false, \u65e5_\u672c, \u65e5|_\u672c"
    })
    void everyWordEndsWhereTheRuleSays(boolean suffix, boolean joined, String text, String words) {
        byte[] bytes = text.replace('_', '\u2581').getBytes(StandardCharsets.UTF_8);
        WordSplitter splitter = new WordSplitter(suffix, joined);
        List<String> found = new ArrayList<>();
        for (int at = 0; at < bytes.length; ) {
            int end = splitter.end(bytes, at, bytes.length);
            found.add(new String(bytes, at, end - at, StandardCharsets.UTF_8).replace('\u2581', '_'));
            at = end;
        }
        assertThat(found).containsExactly(words.split("\\|"));
    }
}
