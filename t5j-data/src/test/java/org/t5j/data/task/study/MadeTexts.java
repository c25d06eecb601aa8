package org.t5j.data.task.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.t5j.data.task.study.MadeData.Case;

/** The texts that the made examples of every task of the study become, in every format that its data set is distributed in. */
final class MadeTexts {

    /** A task's files in its formats, and the texts that all of them give. */
    record Expected(List<Case> cases, List<String> texts) {}

    /** By task. */
    static final Map<String, Expected> EXPECTED = new LinkedHashMap<>();

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

    private MadeTexts() {}

    static Stream<Case> cases() {
        return EXPECTED.values().stream().flatMap(expected -> expected.cases().stream());
    }
}
