package org.t5j.data.task.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
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

    /** Task → its formats' files and the texts that all of them give. */
    private record Expected(List<Case> cases, List<String> texts) {}

    private static final Map<String, Expected> EXPECTED = new LinkedHashMap<>();

    private static void expect(String task, String format, String file, String... texts) {
        EXPECTED.put(task, new Expected(MadeData.cases(task, format, file), List.of(texts)));
    }

    private static void expect(List<Case> cases, String... texts) {
        EXPECTED.put(cases.get(0).task(), new Expected(cases, List.of(texts)));
    }

    static {
        expect(
                "glue_cola_v002",
                "tsv",
                "cola/train.tsv",
                "cola sentence: The cats sleeps soundly. → unacceptable",
                "cola sentence: She handed him the \"map. → acceptable");
        expect(
                "glue_sst2_v002",
                "tsv",
                "sst2/train.tsv",
                "sst2 sentence: a warm , clever little film  → positive",
                "sst2 sentence: tedious from start to finish  → negative");
        expect(
                "glue_mrpc_v002",
                "tsv",
                "mrpc/train.tsv",
                "mrpc sentence1: The firm said profits rose. sentence2: Profits went up, the firm said. → equivalent",
                "mrpc sentence1: \"Rain fell. sentence2: Snow is due. → not_equivalent");
        expect(
                "glue_qqp_v002",
                "tsv",
                "qqp/train.tsv",
                "qqp question1: How do I bake bread? question2: How is bread baked? → duplicate",
                "qqp question1: Why is the sea salty? question2: Is the sea deep? → not_duplicate");
        expect(
                "glue_stsb_v002",
                "tsv",
                "stsb/train.tsv",
                "stsb sentence1: A dog runs. sentence2: A dog is running. → 3.8",
                "stsb sentence1: Big news. sentence2: No idea. → 1.6",
                "stsb sentence1: One tie. sentence2: Even wins. → 2.4");
        for (String task : List.of("glue_mnli_v002", "glue_mnli_matched_v002", "glue_mnli_mismatched_v002")) {
            expect(
                    task,
                    "tsv",
                    "mnli/train.tsv",
                    "mnli hypothesis: Nobody could buy anything. premise: The shop was shut. → entailment",
                    "mnli hypothesis: He was paid. premise: He sang. → neutral",
                    "mnli hypothesis: It was dry. premise: It rained. → contradiction");
        }
        expect(
                "glue_qnli_v002",
                "tsv",
                "qnli/train.tsv",
                "qnli question: Who built the pier? sentence: The pier was built by Ann Lee. → entailment",
                "qnli question: When did it open? sentence: It is long. → not_entailment");
        expect(
                "glue_rte_v002",
                "tsv",
                "rte/train.tsv",
                "rte sentence1: Oslo is in Norway. sentence2: Norway has Oslo. → entailment",
                "rte sentence1: Tom is tall. sentence2: Tom is old. → not_entailment");
        expect(
                "glue_wnli_v002",
                "tsv",
                "wnli/train.tsv",
                "wnli sentence1: The drum beat the flute because it was loud. sentence2: The drum was loud. → entailment",
                "wnli sentence1: The drum beat the flute because it was loud. sentence2: The flute was loud. "
                        + "→ not_entailment");
        expect(
                "glue_wnli_v002_simple_eval",
                "tsv",
                "wnli/train.tsv",
                "wsc: The drum beat the flute because *it* was loud. → The drum",
                "wsc: The drum beat the flute because *it* was loud. → The flute");
        expect(
                List.of(
                        new Case("glue_ax_v002", "tsv", List.of("ax/test.tsv")),
                        new Case("glue_ax_v002", "parquet", List.of("ax/test.parquet"))),
                "mnli hypothesis: The cat did not sit. premise: The cat sat. → <unk>");
        expect(
                "super_glue_boolq_v102",
                "jsonl",
                "boolq/train.jsonl",
                "boolq passage: The pier is open all year. question: is the pier open → True",
                "boolq passage: It is a short pier. question: is it long → False");
        expect(
                "super_glue_cb_v102",
                "jsonl",
                "cb/train.jsonl",
                "cb hypothesis: he left premise: I think he left. → entailment",
                "cb hypothesis: he left premise: I doubt he left. → contradiction",
                "cb hypothesis: he left premise: Did he leave? → neutral");
        expect(
                "super_glue_copa_v102",
                "jsonl",
                "copa/train.jsonl",
                "copa choice1: It broke. choice2: It sang. premise: The cup fell. question: effect → choice1",
                "copa choice1: It was Monday. choice2: The bulb burnt out. premise: The lamp went out. "
                        + "question: cause → choice2");
        expect(
                "super_glue_multirc_v102",
                "jsonl",
                "multirc/train.jsonl",
                "multirc question: Who built the pier? answer: Ann paragraph: Sent 1: Ann built a pier. "
                        + "Sent 2: Bo painted it red. → True",
                "multirc question: Who built the pier? answer: Bo paragraph: Sent 1: Ann built a pier. "
                        + "Sent 2: Bo painted it red. → False",
                "multirc question: What colour is it? answer: Red paragraph: Sent 1: Ann built a pier. "
                        + "Sent 2: Bo painted it red. → True");
        expect(
                "super_glue_record_v102",
                "jsonl",
                "record/train.jsonl",
                "record query: @placeholder went away entities: Ann Lee, Bo, Oslo passage: "
                        + "🙂 Ann Lee met Bo in Oslo. They talked. Bo left → Ann Lee",
                "record query: @placeholder went away entities: Ann Lee, Bo, Oslo passage: "
                        + "🙂 Ann Lee met Bo in Oslo. They talked. Bo left → Bo");
        expect(
                "super_glue_rte_v102",
                "jsonl",
                "super_rte/train.jsonl",
                "rte hypothesis: Norway has Oslo. premise: Oslo is in Norway. → entailment",
                "rte hypothesis: Tom is old. premise: Tom is tall. → not_entailment");
        for (String set : List.of("axb", "axg")) {
            String task = "super_glue_" + set + "_v102";
            expect(
                    List.of(
                            new Case(task, "jsonl", List.of(set + "/test.jsonl")),
                            new Case(task, "parquet", List.of(set + "/test.parquet"))),
                    "rte hypothesis: Norway has Oslo. premise: Oslo is in Norway. → entailment",
                    "rte hypothesis: Tom is old. premise: Tom is tall. → not_entailment");
        }
        expect(
                "super_glue_wic_v102",
                "jsonl",
                "wic/train.jsonl",
                "wic sentence1: The bank was shut. sentence2: He sat on the bank. word: bank → False",
                "wic sentence1: We run daily. sentence2: They run at dawn. word: run → True");
        expect(
                "super_glue_wsc_v102_simple_train",
                "jsonl",
                "wsc/train.jsonl",
                "wsc: The fox chased the hen because *it* was hungry . → The fox",
                "wsc: My aunt met Ann when *she* was in Oslo . → My aunt");
        expect(
                "super_glue_wsc_v102_simple_eval",
                "jsonl",
                "wsc/train.jsonl",
                "wsc: The fox chased the hen because *it* was hungry . → The fox",
                "wsc: The fox chased the hen because *it* was hungry . → the hen",
                "wsc: My aunt met Ann when *she* was in Oslo . → My aunt");
        expect(
                "dpr_v001_simple",
                "documents",
                "dpr/train.c.txt",
                "wsc: The fox saw the hen before *he* ate. → The fox",
                "wsc: The hen saw the fox and the fox saw *him*. → the fox");
        expect(
                "squad_v010_allanswers",
                "json",
                "squad/train.json",
                "question: When is it open ? context: Ann ' s pier ( 1903 ) is red . It ' s open in June .  → in June",
                "question: What colour is Ann ' s pier ? context: Ann ' s pier ( 1903 ) is red . "
                        + "It ' s open in June .  → red");
        expect(
                "squad_v010_context_free",
                "json",
                "squad/train.json",
                "squad trivia question: When is it open ?  → in June",
                "squad trivia question: What colour is Ann ' s pier ?  → red");
        List<Case> news = new ArrayList<>(MadeData.cases("cnn_dailymail_v002", "csv", "cnn_dailymail/train.csv"));
        expect(news, "summarize: Ann Lee opened a pier , \"at last\". Crowds came . → Pier opens .\nCrowds come .");
        for (String pair : List.of("wmt14_ende_v003", "wmt19_ende_v003", "wmt_t2t_ende_v003", "translate_en_de")) {
            List<Case> cases = new ArrayList<>(MadeData.cases(pair, "tsv", "wmt/train.tsv"));
            cases.add(new Case(pair, "lines", List.of("wmt/train.en", "wmt/train.de.gz")));
            expect(
                    cases,
                    "translate English to German: That is good. → Das ist gut.",
                    "translate English to German: The pier is red. → Der Steg ist rot.");
        }
        expect("natural_questions_open", "jsonl", "nq/train.jsonl", "nq question: who built the pier → Ann Lee");
        expect("web_questions_open", "jsonl", "wq/train.jsonl", "wq question: where is the pier? → Oslo");
        expect("trivia_qa_open", "json", "trivia_qa/train.json", "trivia_qa question: Who built the pier? → Ann Lee");
    }

    static Stream<Case> cases() {
        return EXPECTED.values().stream().flatMap(expected -> expected.cases().stream());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyFormatGivesTheTextsOfTheStudy(Case each) {
        assertThat(MadeData.texts(each.toTask(Task.TRAIN), Task.TRAIN))
                .isEqualTo(EXPECTED.get(each.task()).texts());
    }

    /** English to French and Romanian have the code, and so the files, of English to German. */
    @Test
    void noTaskAndNoFormatIsLeftOut() {
        Set<String> missing = new TreeSet<>();
        for (String name : StudyTasks.names()) {
            for (String format : StudyTasks.named(name).formats()) {
                if (cases().noneMatch(each ->
                        each.task().equals(name) && each.format().equals(format))) {
                    missing.add(name + " " + format);
                }
            }
        }
        assertThat(missing).allMatch(each -> each.matches("wmt.*_en(fr|ro)_v003 .*|glue_ax_v002 jsonl"));
    }

    @ParameterizedTest
    @MethodSource("cases")
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
    void unlabelledTestSetsHaveNoTarget() {
        Map<String, String> targets = new LinkedHashMap<>();
        for (String set : List.of("cola", "sst2", "mrpc", "qqp", "stsb", "mnli")) {
            Task task = StudyTasks.task(
                    "glue_" + set + "_v002", "tsv", Map.of("test", List.of(set + "/test.tsv")), MadeData.DIRECTORY);
            targets.put(set, task.examples(Task.TEST).get(0).targets());
            assertUnscored(task);
        }
        for (String set : List.of("boolq", "multirc", "record")) {
            Task task = StudyTasks.task(
                    "super_glue_" + set + "_v102",
                    "jsonl",
                    Map.of("test", List.of(set + "/test.jsonl")),
                    MadeData.DIRECTORY);
            targets.put(set, task.examples(Task.TEST).get(0).targets());
            assertUnscored(task);
        }
        assertThat(targets.remove("stsb")).isEqualTo("-1.0");
        assertThat(targets.values()).containsOnly("<unk>");
    }

    private static void assertUnscored(Task task) {
        List<Example> examples = task.examples(Task.TEST);
        assertThat(examples).noneMatch(task::hasLabel);
        assertThatThrownBy(() -> task.score(examples, MadeData.targets(examples)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(examples.get(0).origin() + " has no label");
    }

    @Test
    void unlabelledExamplesCanBeRanked() {
        Task boolq = StudyTasks.named("super_glue_boolq_v102")
                .ranked()
                .task("jsonl", Map.of("test", List.of("boolq/test.jsonl")), MadeData.DIRECTORY);
        assertThat(boolq.choices(boolq.examples(Task.TEST).get(0))).containsExactly("False", "True");
    }

    @Test
    void winogradTestSetsAreAskedWithoutLabels() {
        Task task = StudyTasks.task(
                "super_glue_wsc_v102_simple_eval",
                "jsonl",
                Map.of("test", List.of("wsc/test.jsonl")),
                MadeData.DIRECTORY);
        assertThat(MadeData.texts(task, Task.TEST))
                .containsExactly("wsc: The fox chased the hen because *it* was hungry . → The fox");
        assertUnscored(task);
    }

    @Test
    void targetLengthsAreThoseOfTheStudy() {
        Map<String, Integer> lengths = new LinkedHashMap<>();
        EXPECTED.forEach((name, expected) ->
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
        assertThat(config.withFiles(names -> List.of()).validation()).isEmpty();
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
