package org.t5j.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What somebody who mistyped or shortened a name most likely meant. */
class NearestNameTest {
    private static final List<String> SCORES = List.of("average", "rating/accuracy", "rating/f1", "rating/loss");

    @Test
    void anAbbreviationGoesBeforeAMistypedName() {
        assertThat(NearestName.among(SCORES, "rating/acc")).contains("rating/accuracy");
        assertThat(NearestName.quotedQuestion(SCORES, "rating/acuracy"))
                .isEqualTo("; did you mean \"rating/accuracy\"?");
        assertThat(NearestName.among(SCORES, "rating/lass")).contains("rating/loss");
    }

    @Test
    void whatIsFarFromAllNamesIsNoneOfThem() {
        assertThat(NearestName.question(SCORES, "bleu")).isEqualTo(".");
        assertThat(NearestName.among(SCORES, "a")).isEmpty();
    }
}
