package org.t5j.data.task.study;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.t5j.data.task.Corpus;
import org.t5j.data.task.MixingRate;

/**
 * The rates that upstream leaves to the configuration.
 *
 * @param bySize of tasks mixed by their numbers of examples: {@code rate_num_examples}
 * @param unsupervised of the corpus where it does not mix by size: {@code rate_unsupervised}
 */
public record StudyRates(MixingRate bySize, MixingRate unsupervised) {

    /**
     * Rates as the study sets them.
     *
     * @param maximum the artificial limit K on the sizes; infinity, upstream's default, for none
     * @param unsupervised upstream's default is 1e6
     */
    public static StudyRates limited(double maximum, double unsupervised) {
        return new StudyRates(MixingRate.proportional(maximum, 1, 1), MixingRate.constant(unsupervised));
    }

    /** The same rate for all. */
    static Map<String, MixingRate> same(Collection<String> parts, MixingRate rate) {
        Map<String, MixingRate> rates = new TreeMap<>();
        parts.forEach(part -> rates.put(part, rate));
        return rates;
    }

    /** The sizes as rates. */
    static Map<String, MixingRate> counted(Map<String, Integer> sizes) {
        Map<String, MixingRate> rates = new TreeMap<>();
        sizes.forEach((part, size) -> rates.put(part, MixingRate.constant(size)));
        return rates;
    }

    /**
     * GLUE and SuperGLUE by upstream's numbers, the two RTEs, which are one data set, at half of theirs; the rest and the
     * corpus by size.
     */
    Map<String, MixingRate> deduplicated(Collection<String> others) {
        Map<String, MixingRate> rates = same(others, bySize);
        rates.putAll(counted(StudySizes.GLUE));
        rates.putAll(counted(StudySizes.SUPER_GLUE));
        rates.put("glue_rte_v002", MixingRate.constant(0.5 * StudySizes.GLUE.get("glue_rte_v002")));
        rates.put("super_glue_rte_v102", MixingRate.constant(0.5 * StudySizes.SUPER_GLUE.get("super_glue_rte_v102")));
        rates.put(Corpus.NAME, bySize);
        return rates;
    }
}
