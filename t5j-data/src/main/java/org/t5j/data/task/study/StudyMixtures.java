package org.t5j.data.task.study;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.t5j.data.DataException;
import org.t5j.data.Registry;
import org.t5j.data.task.Corpus;
import org.t5j.data.task.MixingRate;
import org.t5j.data.task.Mixture;
import org.t5j.data.task.TaskRegistry;

/**
 * The mixtures of the study under the names that upstream registers them by. C4 is the part {@link Corpus#NAME}. Tasks that
 * upstream gives rate 0 only evaluate and are no parts: {@link #evaluated} names them.
 */
public final class StudyMixtures {
    private static final String GLUE = "glue_v002_proportional";
    private static final String SUPER_GLUE = "super_glue_v102_proportional";
    private static final List<String> OTHERS = List.of(
            "cnn_dailymail_v002", "squad_v010_allanswers", "wmt_t2t_ende_v003", "wmt15_enfr_v003", "wmt16_enro_v003");
    private static final List<String> TRANSLATION = List.of("wmt_t2t_ende_v003", "wmt15_enfr_v003");
    private static final List<String> LARGE = List.of("wmt_t2t_ende_v003", "wmt15_enfr_v003", "cnn_dailymail_v002");
    private static final List<String> CLOSED_BOOK =
            List.of("trivia_qa_open", "natural_questions_open", "web_questions_open");

    /** Task that is learnt → tasks that evaluate what was learnt. */
    private static final Map<String, List<String>> EVALUATED = Map.of(
            "glue_mnli_v002", List.of("glue_mnli_mismatched_v002", "glue_mnli_matched_v002", "glue_ax_v002"),
            "super_glue_wsc_v102_simple_train", List.of("super_glue_wsc_v102_simple_eval"),
            "super_glue_rte_v102", List.of("super_glue_axb_v102", "super_glue_axg_v102"));

    private static final Registry<Function<StudyRates, Map<String, MixingRate>>> REGISTRY = registry();

    private StudyMixtures() {}

    private static Registry<Function<StudyRates, Map<String, MixingRate>>> registry() {
        MixingRate equal = MixingRate.equal();
        Registry<Function<StudyRates, Map<String, MixingRate>>> registry = new Registry<
                        Function<StudyRates, Map<String, MixingRate>>>("mixture of the study")
                .add(GLUE, rates -> StudyRates.counted(StudySizes.GLUE))
                .add(SUPER_GLUE, rates -> StudyRates.counted(StudySizes.SUPER_GLUE))
                .add("glue_mnli_and_dev_v002", rates -> StudyRates.same(List.of("glue_mnli_v002"), equal))
                .add("wsc_dpr_simple_proportional", rates -> StudyRates.counted(StudySizes.WSC_DPR))
                .add("en_mix", StudyMixtures::english)
                .add("all_equal", rates -> StudyRates.same(supervised(Corpus.NAME), equal))
                .add("all_proportional", rates -> rates.deduplicated(OTHERS))
                .add("all_mix", StudyMixtures::mix)
                .add("large_supervised_equal", rates -> StudyRates.same(LARGE, equal))
                .add("large_supervised_proportional", rates -> StudyRates.same(LARGE, rates.bySize()))
                .add("large_translation_equal", rates -> StudyRates.same(TRANSLATION, equal))
                .add("closed_book_qa", rates -> StudyRates.same(CLOSED_BOOK, rates.bySize()))
                .add("leave_one_out_" + GLUE, rates -> without(StudySizes.GLUE, StudySizes.SUPER_GLUE, rates))
                .add("leave_one_out_" + SUPER_GLUE, rates -> without(StudySizes.SUPER_GLUE, StudySizes.GLUE, rates));
        OTHERS.forEach(left -> registry.add("leave_one_out_" + left, rates -> {
            Map<String, MixingRate> parts = rates.deduplicated(OTHERS);
            parts.remove(left);
            return parts;
        }));
        return registry;
    }

    /** GLUE, SuperGLUE and the others, and more. */
    private static Collection<String> supervised(String... more) {
        return Stream.of(StudySizes.GLUE.keySet(), StudySizes.SUPER_GLUE.keySet(), OTHERS, List.of(more))
                .flatMap(Collection::stream)
                .toList();
    }

    private static Map<String, MixingRate> english(StudyRates rates) {
        Map<String, MixingRate> parts = StudyRates.same(supervised(), rates.bySize());
        OTHERS.stream().filter(task -> !task.startsWith("squad")).forEach(parts::remove);
        parts.put(Corpus.NAME, rates.unsupervised());
        return parts;
    }

    private static Map<String, MixingRate> mix(StudyRates rates) {
        Map<String, MixingRate> parts = rates.deduplicated(OTHERS);
        parts.put(Corpus.NAME, rates.unsupervised());
        return parts;
    }

    /** All but one of the benchmarks, so that the other one's RTE counts whole. */
    private static Map<String, MixingRate> without(
            Map<String, Integer> left, Map<String, Integer> kept, StudyRates rates) {
        Map<String, MixingRate> parts = rates.deduplicated(OTHERS);
        parts.keySet().removeAll(left.keySet());
        parts.putAll(StudyRates.counted(kept));
        return parts;
    }

    /** All names. */
    public static Set<String> names() {
        return REGISTRY.names();
    }

    /**
     * What a mixture samples.
     *
     * @return name of a task or {@link Corpus#NAME} → rate, by name
     * @throws DataException if there is no such mixture; the message names the nearest
     */
    public static Map<String, MixingRate> rates(String name, StudyRates rates) {
        return REGISTRY.get(name).apply(rates);
    }

    /** Names of the tasks that evaluate what a mixture learns without being learnt, such as MNLI's matched part. */
    public static List<String> evaluated(String name) {
        Set<String> parts =
                rates(name, StudyRates.limited(Double.POSITIVE_INFINITY, 1)).keySet();
        return parts.stream()
                .flatMap(part -> EVALUATED.getOrDefault(part, List.of()).stream())
                .toList();
    }

    /**
     * The mixture.
     *
     * @param tasks has every task of it
     * @throws DataException if there is no such mixture, or tasks are missing; the message names them
     */
    public static Mixture mixture(String name, TaskRegistry tasks, StudyRates rates) {
        Map<String, MixingRate> parts = rates(name, rates);
        List<String> missing = parts.keySet().stream()
                .filter(part -> !part.equals(Corpus.NAME) && !tasks.taskNames().contains(part))
                .toList();
        DataException.check(
                missing.isEmpty(),
                "Mixture '%s' also needs the tasks %s. Declare them, or make a mixture of the tasks that you have.",
                name,
                missing);
        List<Mixture.Member> members = new ArrayList<>();
        parts.forEach((part, rate) ->
                members.add(new Mixture.Member(part.equals(Corpus.NAME) ? new Corpus() : tasks.task(part), rate)));
        return new Mixture(name, members);
    }
}
