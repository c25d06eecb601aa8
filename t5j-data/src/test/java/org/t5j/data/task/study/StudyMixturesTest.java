package org.t5j.data.task.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.t5j.data.DataException;
import org.t5j.data.Example;
import org.t5j.data.source.Source;
import org.t5j.data.task.Corpus;
import org.t5j.data.task.Ingredient;
import org.t5j.data.task.Mixture;
import org.t5j.data.task.Task;
import org.t5j.data.task.TaskRegistry;

/** The rates of the study's mixtures, against upstream's numbers. */
class StudyMixturesTest {
    /** The rate of each part if every task has 5000 examples, of which 1000 count at most. */
    private static Map<String, Double> rates(String mixture) {
        TaskRegistry known = new TaskRegistry().add(new Corpus());
        StudyTasks.names().forEach(name -> known.add(task(name)));
        Map<String, Double> rates = new TreeMap<>();
        StudyMixtures.mixture(mixture, 1000, 710_000, known)
                .rates(part -> 5000)
                .forEach((part, rate) -> rates.put(part.name(), rate));
        return rates;
    }

    @Test
    void glueAndSuperGlueHaveUpstreamsNumbers() {
        assertThat(rates("glue_v002_proportional"))
                .hasSize(8)
                .containsEntry("glue_cola_v002", 8551.0)
                .containsEntry("glue_mnli_v002", 392_702.0)
                .containsEntry("glue_rte_v002", 2490.0)
                .doesNotContainKeys("glue_wnli_v002", "glue_ax_v002");
        assertThat(rates("super_glue_v102_proportional"))
                .hasSize(9)
                .containsEntry("dpr_v001_simple", 1322.0)
                .containsEntry("super_glue_wsc_v102_simple_train", 259.0)
                .containsEntry("super_glue_record_v102", 138_854.0);
        assertThat(rates("glue_v002_proportional").values().stream()
                        .mapToDouble(v -> v)
                        .sum())
                .isEqualTo(8551 + 67_349 + 3668 + 363_849 + 5749 + 392_702 + 104_743 + 2490);
        assertThat(rates("super_glue_v102_proportional").values().stream()
                        .mapToDouble(v -> v)
                        .sum())
                .isEqualTo(1322 + 259 + 9427 + 250 + 400 + 27_243 + 138_854 + 2490 + 5428);
    }

    @Test
    void bothEntailmentsCountHalfWhereBothAreLearnt() {
        assertThat(rates("all_proportional"))
                .hasSize(23)
                .containsEntry("glue_rte_v002", 1245.0)
                .containsEntry("super_glue_rte_v102", 1245.0)
                .containsEntry("squad_v010_allanswers", 1000.0)
                .containsEntry("corpus", 1000.0);
        assertThat(rates("all_mix")).containsEntry("corpus", 710_000.0).containsEntry("glue_rte_v002", 1245.0);
        assertThat(rates("all_equal"))
                .hasSize(23)
                .allSatisfy((part, rate) -> assertThat(rate).as(part).isEqualTo(1));
    }

    @Test
    void leavingOutABenchmarkRestoresTheOther() {
        assertThat(rates("leave_one_out_glue_v002_proportional"))
                .hasSize(15)
                .containsEntry("super_glue_rte_v102", 2490.0)
                .doesNotContainKey("glue_rte_v002");
        assertThat(rates("leave_one_out_super_glue_v102_proportional"))
                .hasSize(14)
                .containsEntry("glue_rte_v002", 2490.0)
                .doesNotContainKey("dpr_v001_simple");
        assertThat(rates("leave_one_out_squad_v010_allanswers"))
                .hasSize(22)
                .containsEntry("glue_rte_v002", 1245.0)
                .doesNotContainKey("squad_v010_allanswers");
    }

    @Test
    void theEnglishMixtureGoesBySizeButForTheCorpus() {
        assertThat(rates("en_mix"))
                .hasSize(19)
                .containsEntry("corpus", 710_000.0)
                .containsEntry("glue_mnli_v002", 1000.0)
                .containsEntry("squad_v010_allanswers", 1000.0)
                .doesNotContainKey("cnn_dailymail_v002");
    }

    @Test
    void largeMixturesAreTranslationAndSummaries() {
        assertThat(rates("large_supervised_equal"))
                .containsOnlyKeys("cnn_dailymail_v002", "wmt15_enfr_v003", "wmt_t2t_ende_v003");
        assertThat(rates("large_supervised_proportional")).containsEntry("wmt15_enfr_v003", 1000.0);
        assertThat(rates("large_translation_equal")).containsOnlyKeys("wmt15_enfr_v003", "wmt_t2t_ende_v003");
        assertThat(rates("wsc_dpr_simple_proportional"))
                .isEqualTo(Map.of("dpr_v001_simple", 1322.0, "super_glue_wsc_v102_simple_train", 259.0));
    }

    @Test
    void tasksThatOnlyEvaluateAreNamed() {
        assertThat(StudyMixtures.evaluated("glue_v002_proportional"))
                .containsExactly("glue_mnli_mismatched_v002", "glue_mnli_matched_v002", "glue_ax_v002");
        assertThat(StudyMixtures.evaluated("wsc_dpr_simple_proportional"))
                .containsExactly("super_glue_wsc_v102_simple_eval");
        assertThat(StudyMixtures.evaluated("large_supervised_equal")).isEmpty();
    }

    @Test
    void everyPartIsATaskOfTheStudyOrTheCorpus() {
        assertThat(StudyMixtures.names()).hasSize(19).allSatisfy(name -> assertThat(rates(name))
                .isNotEmpty());
    }

    @Test
    void aMixtureIsMadeOfDeclaredTasks() {
        TaskRegistry tasks = new TaskRegistry().add(task("dpr_v001_simple"));
        assertThatThrownBy(() -> StudyMixtures.mixture("wsc_dpr_simple_proportional", 1000, 710_000, tasks))
                .isInstanceOf(DataException.class)
                .hasMessage("Mixture 'wsc_dpr_simple_proportional' also needs the tasks "
                        + "[super_glue_wsc_v102_simple_train]. Declare them, or make a mixture of the tasks that you "
                        + "have.");
        tasks.add(task("super_glue_wsc_v102_simple_train"));
        Mixture mixture = StudyMixtures.mixture("wsc_dpr_simple_proportional", 1000, 710_000, tasks);
        Map<Ingredient, Double> rates = mixture.rates(part -> 7);
        double sum = rates.values().stream().mapToDouble(v -> v).sum();
        assertThat(rates.get(tasks.task("dpr_v001_simple")) / sum).isCloseTo(1322.0 / 1581, within(1e-12));
    }

    private static Task task(String name) {
        return Task.builder(name)
                .source(Task.TRAIN, Source.of(List.of(Example.of("a", "b"))))
                .build();
    }
}
