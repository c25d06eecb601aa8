package org.t5j.data.metric;

import java.util.List;
import org.t5j.data.DataException;
import org.t5j.data.Example;

/**
 * What a metric compares for one example, after postprocessing.
 *
 * @param example what was asked, for metrics that need more than the texts, such as groups
 * @param targets the accepted texts, at least one
 * @param prediction what was written
 */
public record Scored(Example example, List<String> targets, String prediction) {
    public Scored {
        targets = List.copyOf(targets);
        DataException.check(
                !targets.isEmpty(),
                "%s has no target to compare a prediction with. Let its postprocessor give at least one.",
                example.origin());
    }

    /** The only or first of the accepted texts. */
    public String target() {
        return targets.get(0);
    }
}
