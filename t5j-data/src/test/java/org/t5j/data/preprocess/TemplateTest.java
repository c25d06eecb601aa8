package org.t5j.data.preprocess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.t5j.data.DataException;
import org.t5j.data.Example;

/** Templates over columns, steps by name and labels. */
class TemplateTest {
    private static final Example ROW = new Example(
                    Map.of("en", "A {dog}.", "de", "Ein Hund.", "answers.text", "x"), "train.tsv:3")
            .with("several", List.of("a", "b"));

    @Test
    void columnsAreFilledInAsTheyAre() {
        assertThat(Template.of("translate English to German: {en}").fill(ROW))
                .isEqualTo("translate English to German: A {dog}.");
        assertThat(Template.of("{de}{answers.text} {de}").fill(ROW)).isEqualTo("Ein Hund.x Ein Hund.");
        assertThat(Template.of("{en} {de} {en}").columns()).containsExactly("en", "de");
        assertThat(Template.ofColumn("odd {name}").columns()).containsExactly("odd {name}");
        assertThat(Template.ofColumn("en").fill(ROW)).isEqualTo("A {dog}.");
    }

    @Test
    void doubledBracesAreBraces() {
        assertThat(Template.of("{{en}} {{{de}}} }}{{").fill(ROW)).isEqualTo("{en} {Ein Hund.} }{");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a {en", "a en}", "a {}", "{en {de}", "{", "}"})
    void aBraceWithoutPartnerIsRefused(String text) {
        assertThatThrownBy(() -> Template.of(text))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("\"" + text + "\" has a brace without its partner")
                .hasMessageContaining("at character " + (text.matches("a.*") ? text.contains("en}") ? 5 : 3 : 1));
    }

    @Test
    void anUnknownColumnIsAnsweredWithThoseThereAre() {
        assertThatThrownBy(() -> Template.of("{fr}").fill(ROW))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("train.tsv:3 has no column 'fr' for \"{fr}\"; its columns are [")
                .hasMessageContaining("answers.text");
        assertThatThrownBy(() -> Template.ofColumn("several").fill(ROW))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("it is a list of several texts");
    }

    @Test
    void stepsRunInTheirOrder() {
        assertThat(TextSteps.all(List.of("lower", "collapse")).apply("  A  B\n"))
                .isEqualTo("a b");
        assertThat(TextSteps.all(List.of()).apply(" A ")).isEqualTo(" A ");
        assertThat(TextSteps.named("first_word").apply(" yes, it is")).isEqualTo("yes,");
        assertThat(TextSteps.named("first_line").apply("one\r\ntwo")).isEqualTo("one");
        assertThatThrownBy(() -> TextSteps.named("lowr"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("Did you mean 'lower'?");
    }

    @Test
    void labelsNameTheValuesOfAColumn() {
        Preprocessor labels = Preprocessors.labels("de", Map.of("Ein Hund.", "dog"));
        assertThat(labels.apply(ROW).get(0).get("de")).isEqualTo("dog");
        assertThatThrownBy(() -> labels.apply(ROW.with("de", "Katze")))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("train.tsv:3 has 'Katze' in column 'de', but only [Ein Hund.] have names");
    }
}
