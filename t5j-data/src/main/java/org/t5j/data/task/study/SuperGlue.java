package org.t5j.data.task.study;

import java.util.List;
import org.t5j.data.preprocess.ClassLabels;
import org.t5j.data.preprocess.KeyedText;
import org.t5j.data.preprocess.Preprocessor;
import org.t5j.data.preprocess.Preprocessors;
import org.t5j.data.source.LineSource;

/**
 * SuperGLUE with its diagnostic sets, and definite pronoun resolution, which is learnt with WSC. Format {@code jsonl} is the
 * files of the official download; {@code parquet} has the columns of the Hugging Face data set {@code super_glue}.
 */
final class SuperGlue {
    private static final int TARGET_LENGTH = 62;
    private static final String JSONL = "jsonl";
    private static final String PARQUET = "parquet";

    private static final ClassLabels BOOLEAN = ClassLabels.of("False", "True");
    private static final ClassLabels CB = ClassLabels.of("entailment", "contradiction", "neutral");
    private static final ClassLabels COPA = ClassLabels.of("choice1", "choice2");
    private static final ClassLabels ENTAILMENT = ClassLabels.of("entailment", "not_entailment");

    private SuperGlue() {}

    /** All tasks. */
    static List<StudyTask> tasks() {
        return List.of(
                task("boolq", "boolq", BOOLEAN, List.of("passage", "question"), "accuracy"),
                task("cb", "cb", CB, List.of("hypothesis", "premise"), "mean_3class_f1", "accuracy"),
                task("copa", "copa", COPA, List.of("choice1", "choice2", "premise", "question"), "accuracy"),
                multiRc(),
                record(),
                task("rte", "rte", ENTAILMENT, List.of("hypothesis", "premise"), "accuracy"),
                task("wic", "wic", BOOLEAN, List.of("sentence1", "sentence2", "word"), "accuracy"),
                winograd("super_glue_wsc_v102_simple_train", true),
                winograd("super_glue_wsc_v102_simple_eval", false),
                axb(),
                task("axg", "rte", ENTAILMENT, List.of("hypothesis", "premise")),
                pronouns());
    }

    private static String name(String dataSet) {
        return "super_glue_" + dataSet + "_v102";
    }

    /** A task of flat rows, which both distributions have alike. */
    private static StudyTask task(
            String dataSet, String benchmark, ClassLabels labels, List<String> fields, String... metrics) {
        return flat(classification(dataSet, new KeyedText(benchmark, fields), labels, metrics));
    }

    private static StudyTask classification(String dataSet, Preprocessor text, ClassLabels labels, String... metrics) {
        return StudyTask.classification(name(dataSet), text, labels, TARGET_LENGTH, metrics);
    }

    private static StudyTask flat(StudyTask task) {
        return task.layout(JSONL, Layout.of(JSONL)).layout(PARQUET, Layout.of(PARQUET));
    }

    /** The broad diagnostic set, whose sentences are asked as premise and hypothesis. */
    private static StudyTask axb() {
        Preprocessor rekey = Preprocessors.map(example ->
                example.with("premise", example.get("sentence1")).with("hypothesis", example.get("sentence2")));
        return flat(classification("axb", rekey.then(KeyedText.sorted("rte", "hypothesis", "premise")), ENTAILMENT));
    }

    private static StudyTask multiRc() {
        return classification("multirc", MultiRc.text(), BOOLEAN, "multirc")
                .layout(JSONL, Layout.of(JSONL, List.of(), MultiRc::answers))
                .layout(
                        PARQUET,
                        Layout.of(
                                PARQUET,
                                "paragraph",
                                "question",
                                "answer",
                                "label",
                                "idx.paragraph",
                                MultiRc.QUESTION,
                                "idx.answer"));
    }

    private static StudyTask record() {
        return new StudyTask(name("record"), task -> task.preprocess(RecordQueries::text)
                        .postprocess(new AllAnswers())
                        .metric("record")
                        .targetLength(TARGET_LENGTH))
                .ranking(example -> example.list(RecordQueries.ENTITIES))
                .layout(JSONL, Layout.of(JSONL, List.of(), RecordQueries::queries))
                .layout(
                        PARQUET,
                        Layout.of(
                                PARQUET,
                                List.of("passage", "query", "entities", "answers", "idx.passage", "idx.query"),
                                Preprocessors.map(RecordQueries::sorted)));
    }

    /** WSC, where training learns the referents that are right and evaluation asks about every one. */
    private static StudyTask winograd(String name, boolean rightOnly) {
        return new StudyTask(name, task -> task.preprocess(
                                Preprocessors.filter(example -> !rightOnly || BOOLEAN.number(example) == 1))
                        .preprocess(new WinogradText())
                        .postprocess(new WinogradReferent(BOOLEAN))
                        .metric("accuracy"))
                .layout(
                        JSONL,
                        Layout.of(
                                JSONL,
                                List.of(),
                                Preprocessors.map(WinogradSpans::flat).then(new WinogradSpans())))
                .layout(PARQUET, Layout.of(PARQUET, List.of(), new WinogradSpans()));
    }

    /** Definite pronoun resolution; format {@code documents} is the original one. */
    private static StudyTask pronouns() {
        Preprocessor parse =
                Preprocessors.map(example -> PronounText.parse(example.get(LineSource.TEXT), example.origin()));
        return new StudyTask("dpr_v001_simple", task -> task.preprocess(new PronounText())
                        .metric("accuracy"))
                .ranking(example -> example.list("candidates"))
                .layout("documents", Layout.of("documents", List.of(), parse))
                .layout(PARQUET, Layout.of(PARQUET))
                .layout(JSONL, Layout.of(JSONL));
    }
}
