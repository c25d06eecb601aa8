package org.t5j.data.task.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.t5j.data.Example;
import org.t5j.data.preprocess.ClassLabels;
import org.t5j.data.preprocess.KeyedText;
import org.t5j.data.preprocess.Spacing;
import org.t5j.data.source.Source;
import org.t5j.data.task.Task;

/**
 * The examples of upstream's own unit tests: {@code t5/data/preprocessors_test.py}, {@code postprocessors_test.py} and
 * {@code t5_cbqa/preprocessors_test.py}.
 */
class PublishedExamplesTest {
    private static final ClassLabels BOOLEAN = ClassLabels.of("False", "True");

    private static Example example(String... namesAndValues) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return new Example(fields, "upstream's test");
    }

    private static List<String> run(String task, Example example) {
        return MadeData.texts(StudyTasks.named(task).task(Map.of(Task.TRAIN, Source.of(List.of(example)))), Task.TRAIN);
    }

    @Test
    void glue() {
        Example questions = example("q1", "How so?", "q3", "Who?", "q2", "Why not?", "idx", "10", "label", "0");
        ClassLabels labels = ClassLabels.of("not_duplicate", "duplicate");
        assertThat(KeyedText.sorted("qqp", "q3", "q2", "q1").apply(questions))
                .extracting(Example::inputs)
                .containsExactly("qqp q1: How so? q2: Why not? q3: Who?");
        assertThat(new KeyedText("qqp", List.of("q3", "q1")).apply(questions))
                .extracting(Example::inputs)
                .containsExactly("qqp q3: Who? q1: How so?");
        assertThat(labels.target(questions)).isEqualTo("not_duplicate");
        assertThat(labels.target(questions.with("label", "-1"))).isEqualTo("<unk>");
    }

    @Test
    void multiRc() {
        Example answer = example(
                "paragraph",
                "<b>Sent 1: </b>Once upon a time, there was a squirrel named Joey.<br><b>Sent 2: </b>Joey loved to go "
                        + "outside and play with his cousin Jimmy.",
                "question",
                "Why was Joey surprised the morning he woke up for breakfast?",
                "answer",
                "There was only pie to eat",
                "label",
                "1");
        assertThat(run("super_glue_multirc_v102", answer))
                .containsExactly(
                        "multirc question: Why was Joey surprised the morning he woke up for breakfast? answer: "
                                + "There was only pie to eat paragraph: Sent 1: Once upon a time, there was a squirrel named "
                                + "Joey. Sent 2: Joey loved to go outside and play with his cousin Jimmy. → True");
    }

    @ParameterizedTest
    @CsvSource({
        "2.8, 2.8",
        "1.66, 1.6",
        "2.5, 2.4",
        "0.1, 0.0",
        "0.3, 0.4",
        "5, 5.0",
        "4.75, 4.8",
        "3.799999952316284, 3.8"
    })
    void similarityIsRoundedToTheNearestFifthTiesToEven(String score, String target) {
        assertThat(run("glue_stsb_v002", example("sentence1", "Big news.", "sentence2", "No idea.", "label", score)))
                .containsExactly("stsb sentence1: Big news. sentence2: No idea. → " + target);
    }

    @Test
    void record() {
        Example query = example(
                        "query",
                        "It was @placeholder.",
                        "passage",
                        "This is the passage\n@highlight\nAnother sentence.\n@highlight\nThird sentence.")
                .with("entities", List.of("A", "B", "C"));
        String inputs = "record query: It was @placeholder. entities: A, B, C passage: This is the passage. "
                + "Another sentence. Third sentence.";
        assertThat(run("super_glue_record_v102", query.with("answers", List.of("A", "C"))))
                .containsExactly(inputs + " → A", inputs + " → C");
        assertThat(run("super_glue_record_v102", query.with("answers", List.of())))
                .containsExactly(inputs + " → <unk>");
    }

    @Test
    void winogradSchemas() {
        String text = "Mitchell asked Tom if he could lend some money.";
        Example tom = example("text", text, "span1_text", "Tom", "span2_text", "he", "span2_index", "4", "label", "1");
        String inputs = "wsc: Mitchell asked Tom if *he* could lend some money.";
        assertThat(run("super_glue_wsc_v102_simple_train", tom)).containsExactly(inputs + " → Tom");
        assertThat(run(
                        "super_glue_wsc_v102_simple_eval",
                        tom.with("span1_text", "Mitchell").with("label", "0")))
                .containsExactly(inputs + " → Mitchell");
    }

    @Test
    void winogradSchemasWithMisplacedPronouns() {
        Example pony = example(
                "text",
                "The boy continued to whip the pony , and eventually the pony threw him over. John laughed out quite "
                        + "loud. \"Good for him,\" he said. ",
                "span1_text",
                "John",
                "span2_text",
                "him",
                "span2_index",
                "2");
        assertThat(run("super_glue_wsc_v102_simple_eval", pony))
                .containsExactly("wsc: The boy continued to whip the pony , and eventually the pony threw him over. "
                        + "John laughed out quite loud. \"Good for *him* ,\" he said. → John");
        Example pebble = example(
                "text",
                "When they had eventually calmed down a bit , and had gotten home, Mr. Farley put the magic pebble in an "
                        + "iron safe . Some day they might want to use it , but really for now, what more could they "
                        + "wish for?",
                "span1_text",
                "the safe",
                "span2_text",
                "it",
                "span2_index",
                "28");
        assertThat(run("super_glue_wsc_v102_simple_eval", pebble))
                .containsExactly(
                        "wsc: When they had eventually calmed down a bit , and had gotten home, Mr. Farley put "
                                + "the magic pebble in an iron safe . Some day they might want to use *it* , but really for now, "
                                + "what more could they wish for? → the safe");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Mitchell asked Tom if he could lend some money.|he|Mitchell|Tom|1"
                        + "|Mitchell asked Tom if *he* could lend some money.",
                "Bill beat Tom at Scrabble because that newbie had all the luck.|that newbie|Bill|Tom|0"
                        + "|Bill beat Tom at Scrabble because *that newbie* had all the luck.",
                "Carl borrowed a book from Richard, but the book was unreadable to him.|him|Carl|Richard|0"
                        + "|Carl borrowed a book from Richard, but the book was unreadable to *him*."
            })
    void definitePronouns(String sentence, String pronoun, String first, String second, int label, String marked) {
        Example example = example("sentence", sentence, "pronoun", pronoun, "label", Integer.toString(label))
                .with("candidates", List.of(first, second));
        assertThat(run("dpr_v001_simple", example))
                .containsExactly("wsc: " + marked + " → " + (label == 0 ? first : second));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Lily spoke to Donna breaking her silence.|Lily spoke to Donna breaking Donna's silence."
                        + "|Lily spoke to Donna breaking *her* silence.|Donna",
                "The fish ate the worm. It was tasty.|The worm was tasty."
                        + "|The fish ate the worm. *It* was tasty.|The worm",
                "Edward dropped adhesive tape onto his window sill, and when he pulled the tape off, some of the glue was "
                        + "stuck on it.|Some of the glue was stuck on the window sill."
                        + "|Edward dropped adhesive tape onto his window sill, and when he pulled the tape off, some of "
                        + "the glue was stuck on *it* .|the window sill",
                "Al stole Bob's wallet and car, and then he was driving it really fast to get away."
                        + "|He was driving the car really fast to get away."
                        + "|Al stole Bob's wallet and car, and then he was driving *it* really fast to get away.|the car"
            })
    void winogradInference(String premise, String hypothesis, String marked, String referent) {
        assertThat(run("glue_wnli_v002_simple_eval", example("sentence1", premise, "sentence2", hypothesis)))
                .containsExactly("wsc: " + marked + " → " + referent);
    }

    @Test
    void squad() {
        assertThat(Spacing.padPunctuation("\"This  is a string with \"punctuation (1845-1986) \"."))
                .isEqualTo(" \" This is a string with \" punctuation ( 1845 - 1986 ) \" . ");
        Example question = example("id", "testid", "context", "Some context.", "question", "A question?")
                .with("answers", List.of("The answer.", "Another answer."));
        Task task = StudyTasks.named("squad_v010_allanswers").task(Map.of(Task.TRAIN, Source.of(List.of(question))));
        Example asked = task.examples(Task.TRAIN).get(0);
        assertThat(asked.inputs()).isEqualTo("question: A question ? context: Some context . ");
        assertThat(asked.targets()).isEqualTo("The answer . ");
        assertThat(asked.get("context")).isEqualTo("Some context . ");
        assertThat(asked.get("question")).isEqualTo("A question ? ");
        assertThat(asked.list("answers")).containsExactly("The answer . ", "Another answer . ");
        assertThat(task.score(List.of(asked), List.of("Another answer.")))
                .as("any answer counts")
                .containsEntry("em", 100.0);
    }

    @Test
    void translationAndSummaries() {
        assertThat(run("wmt14_ende_v003", example("en", "That is good.", "de", "Das ist gut.")))
                .containsExactly("translate English to German: That is good. → Das ist gut.");
        assertThat(run("cnn_dailymail_v002", example("article", "An article.", "highlights", "A summary.")))
                .containsExactly("summarize: An article. → A summary.");
    }

    @Test
    void labelsBecomeNumbers() {
        StringLabelToClass numbers = new StringLabelToClass(ClassLabels.of("one", "two"));
        Example any = Example.of("", "two");
        assertThat(numbers.prediction("one", any)).isEqualTo("0");
        assertThat(numbers.prediction("two", any)).isEqualTo("1");
        assertThat(numbers.prediction("foo", any)).isEqualTo("-1");
        assertThat(numbers.prediction("Two", any)).as("exact match only").isEqualTo("-1");
        assertThat(numbers.targets(any)).containsExactly("1");
    }

    @ParameterizedTest
    @CsvSource({"10, 10.0", "10., 10.0", "asdf, -1.0", "3.4f, -1.0", "'', -1.0"})
    void textsBecomeNumbers(String text, String number) {
        assertThat(Similarity.number(text)).isEqualTo(number);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "potato, turnip, 0",
                "turnip, turnip, 1",
                "the cat, cat, 1",
                "Bob's hat, Bob, 0",
                "Bob's hat, Bob's hat, 1",
                "potato, Potato, 1",
                "a potato, my potato, 1",
                "fuzzy bunny, fuzzy hungry bunny, 1",
                "the, the bunny, -1"
            })
    void referentsAreCompared(String prediction, String referent, String result) {
        Example example = Example.of("", referent).with("label", "1");
        assertThat(new WinogradReferent(BOOLEAN).prediction(prediction, example))
                .isEqualTo(result);
        assertThat(new WinogradReferent(BOOLEAN).targets(example)).containsExactly("1");
        assertThat(new WinogradReferent(BOOLEAN).targets(example.with("label", "-1")))
                .containsExactly("-1");
    }

    @Test
    void closedBook() {
        String question = "What are the names of the Olsen Twins?";
        List<String> answers = List.of("Mary-Kate and Ashley", "Ashley and Mary-Kate");
        Example example =
                example("question", question, "answer", answers.get(0)).with("answers", answers);
        assertThat(run("natural_questions_open", example))
                .containsExactly("nq question: " + question + " → Mary-Kate and Ashley");
        assertThat(run("trivia_qa_open", example))
                .containsExactly("trivia_qa question: " + question + " → Mary-Kate and Ashley");
        assertThat(run("web_questions_open", example))
                .containsExactly("wq question: " + question + " → Mary-Kate and Ashley");
    }
}
