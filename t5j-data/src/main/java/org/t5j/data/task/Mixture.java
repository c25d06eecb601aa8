package org.t5j.data.task;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.t5j.data.DataException;

/**
 * Tasks that are trained together, each sampled at its rate.
 *
 * @param name of the mixture
 * @param members at least one; no task twice
 */
public record Mixture(String name, List<Member> members) {

    /** A task and its rate. */
    public record Member(Task task, MixingRate rate) {}

    public Mixture {
        members = List.copyOf(members);
        DataException.check(name != null && !name.isBlank(), "A mixture needs a name.");
        DataException.check(!members.isEmpty(), "Mixture '%s' has no tasks. Add at least one.", name);
        long distinct =
                members.stream().map(member -> member.task().name()).distinct().count();
        DataException.check(
                distinct == members.size(), "Mixture '%s' has a task twice. Add their rates and name it once.", name);
    }

    /** A mixture of tasks that all have the same rule for their rates. */
    public static Mixture of(String name, MixingRate rate, Task... tasks) {
        return new Mixture(
                name, Stream.of(tasks).map(task -> new Member(task, rate)).toList());
    }

    /** This mixture and one more task. */
    public Mixture with(Task task, MixingRate rate) {
        List<Member> more = new ArrayList<>(members);
        more.add(new Member(task, rate));
        return new Mixture(name, more);
    }
}
