package org.t5j.data.task;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.t5j.data.DataException;

/**
 * Tasks, the corpus and smaller mixtures that are trained together, each sampled at its rate. As in seqio, the rate of a
 * task in a smaller mixture is {@code outer · inner / Σ inner}, and the rates of a task that is reached on several ways
 * add.
 *
 * @param name of the mixture
 * @param members at least one; none twice
 */
public record Mixture(String name, List<Member> members) implements Ingredient {

    /**
     * A part of a mixture and its rate.
     *
     * @param rate as a function of the part's number of examples, which for a mixture is the sum over its leaves
     */
    public record Member(Ingredient part, MixingRate rate) {}

    public Mixture {
        members = List.copyOf(members);
        DataException.check(name != null && !name.isBlank(), "A mixture needs a name.");
        DataException.check(!members.isEmpty(), "Mixture '%s' has no tasks. Add at least one.", name);
        Set<String> names = new HashSet<>();
        for (Member member : members) {
            DataException.check(
                    names.add(member.part().name()),
                    "Mixture '%s' has a task twice, '%s'. Add their rates and name it once.",
                    name,
                    member.part().name());
        }
        requireDistinctNames(name, leavesOf(members));
    }

    private static void requireDistinctNames(String mixture, Collection<Ingredient> leaves) {
        Set<String> names = new LinkedHashSet<>();
        for (Ingredient leaf : leaves) {
            DataException.check(
                    names.add(leaf.name()),
                    "Mixture '%s' has two different tasks named '%s'. Give one of them another name.",
                    mixture,
                    leaf.name());
        }
    }

    /** A mixture whose parts all have the same rule for their rates. */
    public static Mixture of(String name, MixingRate rate, Ingredient... parts) {
        return new Mixture(
                name, Stream.of(parts).map(part -> new Member(part, rate)).toList());
    }

    /** This mixture and one more part. */
    public Mixture with(Ingredient part, MixingRate rate) {
        List<Member> more = new ArrayList<>(members);
        more.add(new Member(part, rate));
        return new Mixture(name, more);
    }

    /**
     * This mixture but for one part, at whatever depth: leave-one-out training. Mixtures that would be empty go too.
     *
     * @param part the name of a task, of the corpus or of a smaller mixture
     * @throws DataException if there is no such part, or nothing is left
     */
    public Mixture without(String part) {
        DataException.check(
                names().contains(part),
                "Mixture '%s' cannot leave out '%s', which it does not have. Its parts are %s.",
                name,
                part,
                names());
        return remaining(part)
                .orElseThrow(() -> new DataException("Nothing is left of mixture '" + name + "' without '" + part
                        + "'. Leave out less, or add tasks."));
    }

    private Optional<Mixture> remaining(String part) {
        List<Member> kept = new ArrayList<>();
        for (Member member : members) {
            if (member.part().name().equals(part)) {
                continue;
            }
            Optional<? extends Ingredient> rest =
                    member.part() instanceof Mixture mixture ? mixture.remaining(part) : Optional.of(member.part());
            rest.ifPresent(ingredient -> kept.add(new Member(ingredient, member.rate())));
        }
        return kept.isEmpty() ? Optional.empty() : Optional.of(new Mixture(name, kept));
    }

    /** Names of all parts, at whatever depth. */
    private Set<String> names() {
        return members.stream()
                .flatMap(member -> Stream.concat(
                        Stream.of(member.part().name()),
                        member.part() instanceof Mixture mixture ? mixture.names().stream() : Stream.empty()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    @Override
    public List<Ingredient> leaves() {
        return List.copyOf(leavesOf(members));
    }

    private static Collection<Ingredient> leavesOf(List<Member> members) {
        return members.stream()
                .flatMap(member -> member.part().leaves().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** The tasks among the leaves. */
    public List<Task> tasks() {
        return leaves().stream()
                .map(leaf -> leaf instanceof Task task ? task : null)
                .filter(Objects::nonNull)
                .toList();
    }

    @Override
    public Map<Ingredient, Double> rates(ToLongFunction<Ingredient> examples) {
        Map<Ingredient, Double> rates = new LinkedHashMap<>();
        for (Member member : members) {
            long size = member.part().leaves().stream().mapToLong(examples).sum();
            double outer = member.rate().rate(size);
            Map<Ingredient, Double> inner = member.part().rates(examples);
            double sum =
                    inner.values().stream().mapToDouble(Double::doubleValue).sum();
            inner.forEach((leaf, rate) -> rates.merge(leaf, outer * rate / sum, Double::sum));
        }
        return rates;
    }
}
