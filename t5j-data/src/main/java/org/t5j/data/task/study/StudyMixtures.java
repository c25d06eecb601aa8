package org.t5j.data.task.study;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.DoubleFunction;
import org.t5j.data.DataException;
import org.t5j.data.Registry;
import org.t5j.data.task.Corpus;
import org.t5j.data.task.Mixture;
import org.t5j.data.task.MixtureConfig;
import org.t5j.data.task.TaskRegistry;

/**
 * The mixtures of the study under the names that upstream registers them by. C4 is the part {@link Corpus#NAME}. Tasks that
 * upstream gives rate 0 only evaluate and are no parts: {@link #evaluated} names them.
 */
public final class StudyMixtures {

    /** The rate that upstream gives the corpus by default where it does not mix by size. */
    public static final double CORPUS_RATE = 1e6;

    private static final String SQUAD = "squad_v010_allanswers";
    private static final String GLUE_RTE = "glue_rte_v002";
    private static final String SUPER_GLUE_RTE = "super_glue_rte_v102";
    private static final List<String> TRANSLATION = List.of("wmt_t2t_ende_v003", "wmt15_enfr_v003");
    private static final List<String> LARGE = List.of("wmt_t2t_ende_v003", "wmt15_enfr_v003", "cnn_dailymail_v002");
    private static final List<String> OTHERS =
            List.of("cnn_dailymail_v002", SQUAD, "wmt_t2t_ende_v003", "wmt15_enfr_v003", "wmt16_enro_v003");
    private static final List<String> CLOSED_BOOK =
            List.of("trivia_qa_open", "natural_questions_open", "web_questions_open");

    private static final StudyParts GLUE = StudyParts.counted(StudySizes.GLUE);
    private static final StudyParts SUPER_GLUE = StudyParts.counted(StudySizes.SUPER_GLUE);
    private static final StudyParts UNSCALED =
            GLUE.and(SUPER_GLUE).and(StudyParts.bySize(OTHERS)).and(StudyParts.bySize(List.of(Corpus.NAME)));

    /** Everything; the two RTEs are one data set and count half each. */
    private static final StudyParts ALL = UNSCALED.with(GLUE_RTE, 0.5 * StudySizes.GLUE.get(GLUE_RTE))
            .with(SUPER_GLUE_RTE, 0.5 * StudySizes.SUPER_GLUE.get(SUPER_GLUE_RTE));

    /** Task that is learnt → tasks that evaluate what was learnt. */
    private static final Map<String, List<String>> EVALUATED = Map.of(
            "glue_mnli_v002",
            List.of("glue_mnli_mismatched_v002", "glue_mnli_matched_v002", "glue_ax_v002"),
            "super_glue_wsc_v102_simple_train",
            List.of("super_glue_wsc_v102_simple_eval"),
            SUPER_GLUE_RTE,
            List.of("super_glue_axb_v102", "super_glue_axg_v102"));

    /** The parts of each mixture, given the rate of the corpus where upstream sets it apart. */
    private static final Registry<DoubleFunction<StudyParts>> REGISTRY = registry();

    private StudyMixtures() {}

    private static Registry<DoubleFunction<StudyParts>> registry() {
        StudyParts english =
                StudyParts.bySize(GLUE.and(SUPER_GLUE).with(SQUAD, 1).names());
        Registry<DoubleFunction<StudyParts>> registry = new Registry<DoubleFunction<StudyParts>>("mixture of the study")
                .add("glue_v002_proportional", corpus -> GLUE)
                .add("super_glue_v102_proportional", corpus -> SUPER_GLUE)
                .add("glue_mnli_and_dev_v002", corpus -> StudyParts.equal(List.of("glue_mnli_v002")))
                .add("wsc_dpr_simple_proportional", corpus -> StudyParts.counted(StudySizes.WSC_DPR))
                .add("en_mix", corpus -> english.with(Corpus.NAME, corpus))
                .add("all_equal", corpus -> StudyParts.equal(ALL.names()))
                .add("all_proportional", corpus -> ALL)
                .add("all_mix", corpus -> ALL.with(Corpus.NAME, corpus))
                .add("large_supervised_equal", corpus -> StudyParts.equal(LARGE))
                .add("large_supervised_proportional", corpus -> StudyParts.bySize(LARGE))
                .add("large_translation_equal", corpus -> StudyParts.equal(TRANSLATION))
                .add("closed_book_qa", corpus -> StudyParts.bySize(CLOSED_BOOK))
                .add("leave_one_out_glue_v002_proportional", corpus -> UNSCALED.without(GLUE.names()))
                .add("leave_one_out_super_glue_v102_proportional", corpus -> UNSCALED.without(SUPER_GLUE.names()));
        OTHERS.forEach(left -> registry.add("leave_one_out_" + left, corpus -> ALL.without(Set.of(left))));
        return registry;
    }

    /** All names. */
    public static Set<String> names() {
        return REGISTRY.names();
    }

    /**
     * A mixture as a configuration file would say it.
     *
     * @param maximum the artificial limit K on the sizes of tasks that are mixed by size; infinity, upstream's default,
     *     for none
     * @param corpus the rate of the corpus in {@code en_mix} and {@code all_mix}, upstream's {@code rate_unsupervised};
     *     its default is {@link #CORPUS_RATE}
     * @throws DataException if there is no such mixture; the message names the nearest
     */
    public static MixtureConfig config(String name, double maximum, double corpus) {
        StudyParts parts = REGISTRY.get(name).apply(corpus);
        return new MixtureConfig(name, parts.rates(), List.copyOf(parts.bySize()), maximum, null, null, null, null);
    }

    /**
     * A mixture of declared tasks; see {@link #config}.
     *
     * @param tasks has every task of it
     * @throws DataException if there is no such mixture, or tasks are missing; the message names them
     */
    public static Mixture mixture(String name, double maximum, double corpus, TaskRegistry tasks) {
        Set<String> missing = new TreeSet<>(REGISTRY.get(name).apply(corpus).names());
        missing.removeAll(tasks.taskNames());
        missing.remove(Corpus.NAME);
        DataException.check(
                missing.isEmpty(),
                "Mixture '%s' also needs the tasks %s. Declare them, or make a mixture of the tasks that you have.",
                name,
                missing);
        return config(name, maximum, corpus).toMixture(tasks);
    }

    /** Names of the tasks that evaluate what a mixture learns without being learnt, such as MNLI's matched part. */
    public static List<String> evaluated(String name) {
        return REGISTRY.get(name).apply(1).names().stream()
                .flatMap(part -> EVALUATED.getOrDefault(part, List.of()).stream())
                .toList();
    }
}
