package org.t5j.data.task.study;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a mixture of the study samples.
 *
 * @param rates name of a part → its rate
 * @param bySize names of the parts whose rate is their number of examples
 */
record StudyParts(Map<String, Double> rates, Set<String> bySize) {

    StudyParts {
        rates = new TreeMap<>(rates);
        bySize = new TreeSet<>(bySize);
    }

    static StudyParts equal(Collection<String> parts) {
        Map<String, Double> rates = new TreeMap<>();
        parts.forEach(part -> rates.put(part, 1.0));
        return new StudyParts(rates, Set.of());
    }

    static StudyParts bySize(Collection<String> parts) {
        return new StudyParts(Map.of(), Set.copyOf(parts));
    }

    /** Upstream's numbers of examples as rates. */
    static StudyParts counted(Map<String, Integer> sizes) {
        Map<String, Double> rates = new TreeMap<>();
        sizes.forEach((part, size) -> rates.put(part, size.doubleValue()));
        return new StudyParts(rates, Set.of());
    }

    /** These and others; where both have a part, the other's rate counts. */
    StudyParts and(StudyParts others) {
        StudyParts kept = without(others.names());
        kept.rates.putAll(others.rates);
        kept.bySize.addAll(others.bySize);
        return kept;
    }

    /** These, with a part at that rate. */
    StudyParts with(String part, double rate) {
        return and(new StudyParts(Map.of(part, rate), Set.of()));
    }

    StudyParts without(Collection<String> parts) {
        StudyParts kept = new StudyParts(rates, bySize);
        kept.rates.keySet().removeAll(parts);
        kept.bySize.removeAll(parts);
        return kept;
    }

    /** All parts, by name. */
    Set<String> names() {
        Set<String> names = new TreeSet<>(rates.keySet());
        names.addAll(bySize);
        return names;
    }
}
