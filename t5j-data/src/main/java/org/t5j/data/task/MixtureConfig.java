package org.t5j.data.task;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.t5j.data.DataException;

/**
 * A mixture as a configuration file says it: tasks and other mixtures with rates of their own, or sampled by their sizes.
 *
 * @param name of the mixture
 * @param rates name of a task, a mixture or the corpus → constant rate; may be absent
 * @param proportional names of those sampled in proportion to their number of examples; may be absent
 * @param maximum limit on the number of examples that counts for proportional tasks; default none
 * @param scale factor on that number, before the limit; default 1
 * @param temperature 1 is proportional, larger is more equal, infinity equal; default 1
 * @param leaveOut names of parts that are left out, at whatever depth; default none
 * @param limits name of a proportional task → its own limit instead of {@code maximum}; default none
 */
public record MixtureConfig(
        String name,
        Map<String, Double> rates,
        List<String> proportional,
        Double maximum,
        Double scale,
        Double temperature,
        List<String> leaveOut,
        Map<String, Double> limits) {

    public MixtureConfig {
        DataException.check(name != null && !name.isBlank(), "A mixture has no 'name'. Give it one.");
        rates = rates == null ? Map.of() : new LinkedHashMap<>(rates);
        proportional = proportional == null ? List.of() : List.copyOf(proportional);
        maximum = maximum == null ? Double.POSITIVE_INFINITY : maximum;
        scale = scale == null ? 1 : scale;
        temperature = temperature == null ? 1 : temperature;
        leaveOut = leaveOut == null ? List.of() : List.copyOf(leaveOut);
        limits = limits == null ? Map.of() : new LinkedHashMap<>(limits);
        checkLimits(name, proportional, limits);
        String mixture = name;
        rates.forEach((part, rate) -> DataException.check(
                rate != null && rate > 0 && rate < Double.POSITIVE_INFINITY,
                "Mixture '%s' has the rate %s for '%s', but rates must be above 0. Leave out what is not to be drawn.",
                mixture,
                rate,
                part));
        MixingRate.proportional(maximum, scale, temperature);
        DataException.check(
                !rates.isEmpty() || !proportional.isEmpty(),
                "Mixture '%s' has no tasks. Name them in 'rates' or 'proportional'.",
                name);
    }

    private static void checkLimits(String name, List<String> proportional, Map<String, Double> limits) {
        DataException.check(
                proportional.containsAll(limits.keySet()),
                "Mixture '%s' limits %s, but its proportional parts are %s. Limit only those.",
                name,
                limits.keySet(),
                proportional);
        DataException.check(
                limits.values().stream().allMatch(limit -> limit != null && limit > 0),
                "Mixture '%s' has the limits %s, but a limit is a number of examples above 0.",
                name,
                limits);
    }

    /**
     * The mixture.
     *
     * @param known what it may name
     * @throws DataException if a task is unknown or a rate is not above 0
     */
    public Mixture toMixture(TaskRegistry known) {
        List<Mixture.Member> members = new ArrayList<>();
        rates.forEach(
                (part, rate) -> members.add(new Mixture.Member(known.ingredient(part), MixingRate.constant(rate))));
        proportional.forEach(part -> members.add(new Mixture.Member(
                known.ingredient(part),
                MixingRate.proportional(limits.getOrDefault(part, maximum), scale, temperature))));
        Mixture mixture = new Mixture(name, members);
        for (String part : leaveOut) {
            mixture = mixture.without(part);
        }
        return mixture;
    }
}
