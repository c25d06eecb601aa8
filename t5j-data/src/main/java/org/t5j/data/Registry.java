package org.t5j.data;

import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Named things, in the order they were added. An unknown name is answered with the nearest known one. Safe for use by many
 * threads.
 *
 * @param <T> what is registered
 */
public final class Registry<T> {
    private final String kind;
    private final Map<String, T> entries = new LinkedHashMap<>();

    /** @param kind what errors call an entry, such as {@code metric} */
    public Registry(String kind) {
        this.kind = kind;
    }

    /**
     * Adds an entry.
     *
     * @throws DataException if the name is taken
     */
    public synchronized Registry<T> add(String name, T entry) {
        DataException.check(
                entries.putIfAbsent(name, entry) == null,
                "The %s '%s' is there already. Give one of the two another name.",
                kind,
                name);
        return this;
    }

    /**
     * The entry of that name.
     *
     * @throws DataException if there is none; the message names the nearest and all known names
     */
    public synchronized T get(String name) {
        T entry = entries.get(name);
        if (entry == null) {
            String hint = entries.isEmpty()
                    ? "None is registered yet."
                    : nearest(name)
                                    .map(known -> "Did you mean '" + known + "'? ")
                                    .orElse("") + "Known: " + String.join(", ", entries.keySet()) + ".";
            throw new DataException("There is no " + kind + " named '" + name + "'. " + hint);
        }
        return entry;
    }

    /** The known name that an abbreviation begins, or else the one with the fewest letters to change: at most a third. */
    private Optional<String> nearest(String name) {
        return entries.keySet().stream()
                .min(Comparator.comparing((String known) -> !known.startsWith(name))
                        .thenComparingInt(known -> EditDistance.of(name, known)))
                .filter(known -> known.startsWith(name) || EditDistance.of(name, known) <= (name.length() + 2) / 3);
    }

    /** All names until now, in the order they were added. */
    public synchronized Set<String> names() {
        return Collections.unmodifiableSet(new LinkedHashSet<>(entries.keySet()));
    }
}
