package org.t5j.data.metric;

import java.util.List;
import java.util.Map;
import org.t5j.data.EditDistance;

/**
 * {@code character_edit_distance}: mean over the examples of Levenshtein's distance between prediction and target, in code
 * points.
 */
public final class CharacterEdits implements Metric {

    @Override
    public Map<String, Double> compute(List<Scored> results) {
        return Map.of(
                "character_edit_distance",
                results.stream()
                        .mapToDouble(result -> EditDistance.of(result.prediction(), result.target()))
                        .average()
                        .orElseThrow());
    }

    @Override
    public boolean higherIsBetter() {
        return false;
    }
}
