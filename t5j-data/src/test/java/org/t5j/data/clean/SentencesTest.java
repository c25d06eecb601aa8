package org.t5j.data.clean;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SentencesTest {
    @Test
    void cutsAtMarks() {
        assertThat(Sentences.of("He came. She went!  \"Why?\" they asked. No one knew"))
                .containsExactly("He came.", "She went!", "\"Why?\"", "they asked.", "No one knew");
        assertThat(Sentences.of("one\n\ntwo. Three")).containsExactly("one", "two.", "Three");
        assertThat(Sentences.of("これは文です。これも。")).hasSize(2);
        assertThat(Sentences.of(" \n ")).isEmpty();
    }

    @Test
    void passesAbbreviationsAndInitials() {
        assertThat(Sentences.of("Dr. Roberts met Mr. J. Smith at 5 p.m. in St. Albans."))
                .hasSize(1);
        assertThat(Sentences.of("It costs 3.50 dollars, e.g. in shops... and more of it. So do I. Indeed."))
                .hasSize(3);
    }
}
