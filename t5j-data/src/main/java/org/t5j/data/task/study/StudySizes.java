package org.t5j.data.task.study;

import java.util.Map;

/** Numbers of training examples as upstream wrote them down, to mix GLUE's and SuperGLUE's tasks by. */
final class StudySizes {

    /** Without WNLI, in whose place the study learns WSC and DPR. */
    static final Map<String, Integer> GLUE = Map.of(
            "glue_cola_v002", 8551,
            "glue_sst2_v002", 67_349,
            "glue_mrpc_v002", 3668,
            "glue_qqp_v002", 363_849,
            "glue_stsb_v002", 5749,
            "glue_mnli_v002", 392_702,
            "glue_qnli_v002", 104_743,
            "glue_rte_v002", 2490);

    static final Map<String, Integer> SUPER_GLUE = Map.of(
            "dpr_v001_simple", 1322,
            "super_glue_wsc_v102_simple_train", 259,
            "super_glue_boolq_v102", 9427,
            "super_glue_cb_v102", 250,
            "super_glue_copa_v102", 400,
            "super_glue_multirc_v102", 27_243,
            "super_glue_record_v102", 138_854,
            "super_glue_rte_v102", 2490,
            "super_glue_wic_v102", 5428);

    static final Map<String, Integer> WSC_DPR =
            Map.of("dpr_v001_simple", 1322, "super_glue_wsc_v102_simple_train", 259);

    private StudySizes() {}
}
