package org.t5j.data.metric;

import java.util.Map;
import org.t5j.data.EditDistance;

/**
 * {@code character_edit_distance}: mean over the examples of Levenshtein's distance between prediction and target, in code
 * points.
 */
public final class CharacterEdits implements SummedMetric {

    @Override
    public double[] statistics(Scored result) {
        return new double[] {EditDistance.of(result.prediction(), result.target())};
    }

    @Override
    public Map<String, Double> scores(double[] sums, int examples) {
        return Map.of("character_edit_distance", sums[0] / examples);
    }

    @Override
    public boolean higherIsBetter() {
        return false;
    }
}
