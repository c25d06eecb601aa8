package org.t5j.data.task.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.t5j.data.DataException;
import org.t5j.data.Example;
import org.t5j.data.preprocess.ClassLabels;
import org.t5j.data.preprocess.KeyedText;
import org.t5j.data.source.Source;
import org.t5j.data.task.Task;
import org.t5j.data.task.study.MadeData.Case;

/** Every task of the study, from a made example in every format that its data set is distributed in. */
class StudyTasksTest {

    @ParameterizedTest
    @MethodSource("org.t5j.data.task.study.MadeTexts#cases")
    void everyFormatGivesTheTextsOfTheStudy(Case each) {
        assertThat(MadeData.texts(each.toTask(Task.TRAIN), Task.TRAIN))
                .isEqualTo(MadeTexts.EXPECTED.get(each.task()).texts());
    }

    /** English to French and Romanian have the code, and so the files, of English to German. */
    @Test
    void noTaskAndNoFormatIsLeftOut() {
        Set<String> missing = new TreeSet<>();
        for (String name : StudyTasks.names()) {
            for (String format : StudyTasks.named(name).formats()) {
                if (MadeTexts.cases()
                        .noneMatch(each ->
                                each.task().equals(name) && each.format().equals(format))) {
                    missing.add(name + " " + format);
                }
            }
        }
        assertThat(missing).allMatch(each -> each.matches("wmt.*_en(fr|ro)_v003 .*|glue_ax_v002 jsonl"));
    }

    @ParameterizedTest
    @MethodSource("org.t5j.data.task.study.MadeTexts#cases")
    void theTargetsScoreFullAndNonsenseNothing(Case each) {
        Task task = each.toTask(Task.VALIDATION);
        List<Example> examples = task.examples(Task.VALIDATION);
        if (each.task().contains("_ax") || task.metrics().isEmpty()) {
            assertThat(task.metrics()).isEmpty();
            return;
        }
        Map<String, Double> perfect = task.score(examples, MadeData.targets(examples));
        Map<String, Double> wrong =
                task.score(examples, examples.stream().map(example -> "zzz").toList());
        if (each.task().contains("wsc_v102_simple_eval") || each.task().contains("wnli_v002_simple")) {
            // the targets are the referents asked about, of which one is not the right one
            assertThat(perfect.get("accuracy")).isBetween(1.0, 99.0);
            return;
        }
        assertThat(perfect)
                .allSatisfy((name, score) -> assertThat(score).as(name).isCloseTo(100, within(1e-9)));
        assertThat(wrong).allSatisfy((name, score) -> assertThat(score).as(name).isLessThanOrEqualTo(0.0));
    }

    @Test
    void targetLengthsAreThoseOfTheStudy() {
        Map<String, Integer> lengths = new LinkedHashMap<>();
        MadeTexts.EXPECTED.forEach((name, expected) ->
                lengths.put(name, expected.cases().get(0).toTask(Task.TRAIN).targetLength()));
        assertThat(lengths)
                .containsEntry("glue_mnli_v002", 84)
                .containsEntry("super_glue_record_v102", 62)
                .containsEntry("squad_v010_allanswers", 97)
                .containsEntry("cnn_dailymail_v002", 512)
                .containsEntry("wmt_t2t_ende_v003", 512);
    }

    @Test
    void closedSetsOfAnswersCanBeRanked() {
        Task copa = StudyTasks.named("super_glue_copa_v102")
                .ranked()
                .task("jsonl", Map.of("train", List.of("copa/train.jsonl")), MadeData.DIRECTORY);
        assertThat(copa.choices(copa.examples(Task.TRAIN).get(0))).containsExactly("choice1", "choice2");
        Task record = StudyTasks.named("super_glue_record_v102")
                .ranked()
                .task("jsonl", Map.of("train", List.of("record/train.jsonl")), MadeData.DIRECTORY);
        assertThat(record.choices(record.examples(Task.TRAIN).get(0))).containsExactly("Ann Lee", "Bo", "Oslo");
        assertThat(StudyTasks.named("super_glue_copa_v102")
                        .task("jsonl", Map.of("train", List.of("copa/train.jsonl")), MadeData.DIRECTORY)
                        .hasChoices())
                .isFalse();
        assertThatThrownBy(() -> StudyTasks.named("glue_stsb_v002").ranked())
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no closed set of answers");
    }

    @Test
    void anyTwoLanguagesAreATask() {
        Example example = new Example(Map.of("fi", "Hyvää päivää.", "zh-cn", "你好。"), "an example in memory");
        Task task = StudyTasks.named("translate_fi_zh-cn").task(Map.of(Task.TRAIN, Source.of(List.of(example))));
        assertThat(MadeData.texts(task, Task.TRAIN))
                .containsExactly("translate Finnish to Chinese: Hyvää päivää. → 你好。");
        assertThat(StudyTasks.named("wmt16_enro_v003")
                        .task(Map.of(
                                Task.TRAIN,
                                Source.of(List.of(new Example(Map.of("en", "Yes.", "ro", "Da."), "memory")))))
                        .examples(Task.TRAIN))
                .extracting(Example::inputs)
                .containsExactly("translate English to Romanian: Yes.");
        assertThatThrownBy(() -> StudyTasks.named("translate_en_xx"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("There is no language 'xx'");
    }

    @Test
    void wrongNamesFormatsAndLabelsAreExplained() {
        assertThatThrownBy(() -> StudyTasks.named("glue_cola"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("Did you mean 'glue_cola_v002'?");
        assertThatThrownBy(() -> StudyTasks.task("glue_cola_v002", "csv", Map.of(), Path.of(".")))
                .isInstanceOf(DataException.class)
                .hasMessage("Task 'glue_cola_v002' is not read from format 'csv'. Its data set is distributed as "
                        + "[tsv, parquet, jsonl].");
        Task cola = StudyTasks.named("glue_cola_v002")
                .task(Map.of(
                        Task.TRAIN,
                        Source.of(List.of(new Example(Map.of("sentence", "Yes.", "label", "2"), "train.tsv:7")))));
        assertThatThrownBy(() -> cola.examples(Task.TRAIN))
                .isInstanceOf(DataException.class)
                .hasMessage("train.tsv:7 has the label '2', but its classes are [unacceptable, acceptable]. "
                        + "Write a name, a number from 0 to 1, or -1 for none.");
    }

    @Test
    void damagedNestedRowsAreExplained() {
        assertThatThrownBy(() -> MultiRc.answers(new Example(Map.of("passage", "{\"text\": \"a\"}"), "train.jsonl:3")))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("train.jsonl:3, passage has no 'questions'.");
        assertThatThrownBy(() -> MultiRc.answers(new Example(Map.of("passage", "{"), "train.jsonl:3")))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("train.jsonl:3, passage is not JSON");
        String outside = "{\"text\": \"Bo\", \"entities\": [{\"start\": 1, \"end\": 2}]}";
        assertThatThrownBy(() -> RecordQueries.queries(
                        new Example(Map.of("passage", outside, "qas", "[]", "idx", "1"), "train.jsonl:4")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("passage.entities[0] goes from 1 to 2, but its passage has 2 characters");
        Map<String, String> pronoun =
                Map.of("text", "a b c", "span1_text", "a", "span2_text", "c", "span2_index", "1", "label", "1");
        Task wsc = StudyTasks.named("super_glue_wsc_v102_simple_eval")
                .task(Map.of(Task.TEST, Source.of(List.of(new Example(pronoun, "test.jsonl:9")))));
        assertThatThrownBy(() -> wsc.examples(Task.TEST))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("test.jsonl:9 says that word 1 of 'a b c' is the pronoun 'c', but it is not");
    }

    @Test
    void aConfigurationFileNamesATaskAndItsFiles() throws IOException {
        String json = """
                {"name": "super_glue_copa_v102", "format": "parquet", "validation": ["copa/*.parquet"],
                 "ranked": true, "targetLength": 16}""";
        StudyTaskConfig config = new ObjectMapper().readValue(json, StudyTaskConfig.class);
        Task task = config.toTask(MadeData.DIRECTORY);
        assertThat(task.splits()).containsExactly(Task.VALIDATION);
        assertThat(task.hasChoices()).isTrue();
        assertThat(task.targetLength()).isEqualTo(16);
        assertThat(task.inputLength()).isEqualTo(512);
        assertThatThrownBy(
                        () -> new ObjectMapper().readValue(json.replace("parquet\"", "tsv\""), StudyTaskConfig.class))
                .rootCause()
                .isInstanceOf(DataException.class)
                .hasMessage("Task 'super_glue_copa_v102' has the format 'tsv', but its data set is distributed as "
                        + "[jsonl, parquet]. Give one of those.");
    }

    @Test
    void thePageNamesEveryTaskFormatAndMixture() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "how-to", "tasks-of-the-study.md"));
        assertThat(StudyTasks.names()).allMatch(name -> page.contains("`" + name + "`"));
        assertThat(StudyMixtures.names()).allMatch(name -> page.contains("`" + name + "`"));
        assertThat(StudyTasks.names())
                .flatMap(name -> StudyTasks.named(name).formats())
                .allMatch(format -> page.contains("`" + format + "`"));
    }

    /** The example of {@link StudyTask}'s documentation. */
    @Test
    void aTaskOfOnesOwnTakesTenLines() {
        ClassLabels labels = ClassLabels.of("ham", "spam");
        StudyTask spam = new StudyTask("spam", task -> task.preprocess(KeyedText.sorted("spam", "subject", "body"))
                        .preprocess(labels.targets())
                        .metric("accuracy")
                        .targetLength(8))
                .ranking(example -> labels.names())
                .layout("jsonl", Layout.of("jsonl", "subject", "body", "label"));
        Example mail = new Example(Map.of("subject", "Hi", "body", "Buy now", "label", "1"), "memory");
        assertThat(MadeData.texts(spam.task(Map.of(Task.TRAIN, Source.of(List.of(mail)))), Task.TRAIN))
                .containsExactly("spam body: Buy now subject: Hi → spam");
    }
}
