package org.t5j.data.task.study;

import java.util.List;
import java.util.Map;
import org.t5j.data.Example;
import org.t5j.data.preprocess.ClassLabels;
import org.t5j.data.preprocess.KeyedText;
import org.t5j.data.preprocess.Preprocessors;
import org.t5j.data.task.Task;

/**
 * GLUE and its diagnostic set AX. Format {@code tsv} is the files of the official download, which are not quoted and, but for
 * CoLA's, begin with the names of their columns; {@code parquet} and {@code jsonl} have the columns of the Hugging Face
 * data set {@code glue}.
 */
final class Glue {
    private static final int TARGET_LENGTH = 84;

    private static final ClassLabels COLA = ClassLabels.of("unacceptable", "acceptable");
    private static final ClassLabels SST2 = ClassLabels.of("negative", "positive");
    private static final ClassLabels MRPC = ClassLabels.of("not_equivalent", "equivalent");
    private static final ClassLabels QQP = ClassLabels.of("not_duplicate", "duplicate");
    private static final ClassLabels MNLI = ClassLabels.of("entailment", "neutral", "contradiction");
    private static final ClassLabels ENTAILMENT = ClassLabels.of("entailment", "not_entailment");
    private static final ClassLabels WNLI = ClassLabels.of("not_entailment", "entailment");

    /** Field of the study → column of the TSV file. */
    private static final Map<String, String> SENTENCE = Map.of("sentence", "sentence", "label", "label");

    private static final Map<String, String> PAIR =
            Map.of("sentence1", "sentence1", "sentence2", "sentence2", "label", "label");
    private static final Map<String, String> PARAPHRASE =
            Map.of("sentence1", "#1 String", "sentence2", "#2 String", "label", "Quality");
    private static final Map<String, String> QUESTIONS =
            Map.of("question1", "question1", "question2", "question2", "label", "is_duplicate");
    private static final Map<String, String> SIMILARITY =
            Map.of("sentence1", "sentence1", "sentence2", "sentence2", "label", "score");
    private static final Map<String, String> INFERENCE =
            Map.of("premise", "sentence1", "hypothesis", "sentence2", "label", "gold_label");
    private static final Map<String, String> ANSWER =
            Map.of("question", "question", "sentence", "sentence", "label", "label");

    private Glue() {}

    /** All tasks. */
    static List<StudyTask> tasks() {
        return List.of(
                task("glue_cola_v002", "cola", COLA, SENTENCE, "matthews_corrcoef")
                        .layout("tsv", cola()),
                task("glue_sst2_v002", "sst2", SST2, SENTENCE, "accuracy"),
                task("glue_mrpc_v002", "mrpc", MRPC, PARAPHRASE, "f1_with_invalid", "accuracy"),
                task("glue_qqp_v002", "qqp", QQP, QUESTIONS, "f1_with_invalid", "accuracy")
                        .layout("tsv", questions()),
                similarity(),
                task("glue_mnli_v002", "mnli", MNLI, INFERENCE, "accuracy"),
                task("glue_mnli_matched_v002", "mnli", MNLI, INFERENCE, "accuracy"),
                task("glue_mnli_mismatched_v002", "mnli", MNLI, INFERENCE, "accuracy"),
                task("glue_qnli_v002", "qnli", ENTAILMENT, ANSWER, "accuracy"),
                task("glue_rte_v002", "rte", ENTAILMENT, PAIR, "accuracy"),
                task("glue_wnli_v002", "wnli", WNLI, PAIR, "accuracy"),
                winograd(),
                task("glue_ax_v002", "mnli", MNLI, INFERENCE));
    }

    private static StudyTask task(
            String name, String benchmark, ClassLabels labels, Map<String, String> columns, String... metrics) {
        String[] fields = columns.keySet().stream()
                .filter(field -> !field.equals(ClassLabels.LABEL))
                .toArray(String[]::new);
        return read(
                columns,
                StudyTask.classification(name, KeyedText.sorted(benchmark, fields), labels, TARGET_LENGTH, metrics));
    }

    private static StudyTask read(Map<String, String> columns, StudyTask task) {
        return task.layout("tsv", Layout.renamed("tsv", columns))
                .layout("parquet", Layout.of("parquet"))
                .layout("jsonl", Layout.of("jsonl"));
    }

    /** STS-B: a score instead of a class. */
    private static StudyTask similarity() {
        return read(SIMILARITY, new StudyTask("glue_stsb_v002", task -> task.preprocess(
                        KeyedText.sorted("stsb", "sentence1", "sentence2"))
                .preprocess(Preprocessors.map(example -> example.with(Example.TARGETS, Similarity.target(example))))
                .postprocess(new Similarity())
                .metric("pearson_corrcoef")
                .metric("spearman_corrcoef")
                .targetLength(TARGET_LENGTH)));
    }

    /** WNLI asked like WSC, to evaluate a model that has learnt WSC. */
    private static StudyTask winograd() {
        return read(PAIR, new StudyTask("glue_wnli_v002_simple_eval", task -> task.preprocess(new WinogradPair())
                .postprocess(new WinogradReferent(WNLI))
                .metric("accuracy")));
    }

    /** CoLA's own files: source, label, the author's mark and the sentence, without a header; its test set has one. */
    private static Layout cola() {
        return new Layout(
                files -> files.open(
                        "tsv",
                        files.split().equals(Task.TEST) ? List.of() : List.of("source", "label", "mark", "sentence")),
                List::of);
    }

    /** QQP's own training file has some rows that are cut short, which TFDS passes over too. */
    private static Layout questions() {
        Layout strict = Layout.renamed("tsv", QUESTIONS);
        return new Layout(files -> strict.reading().open(files.skippingBadRows()), strict.fields());
    }
}
