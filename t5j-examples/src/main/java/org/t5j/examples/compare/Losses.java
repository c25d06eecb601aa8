package org.t5j.examples.compare;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The curves of two training losses at the steps that both logged.
 *
 * @param steps how many
 * @param lastStep the last of them
 * @param firstMean mean loss of the first side over the last tenth of them, in nats
 * @param secondMean the same of the second side
 * @param meanDifference mean of the second less the first over all of them
 * @param largestDifference the largest {@code |second - first| / |first|}
 * @param largestStep where it is
 */
public record Losses(
        int steps,
        long lastStep,
        double firstMean,
        double secondMean,
        double meanDifference,
        double largestDifference,
        long largestStep) {
    private static final int TENTH = 10;

    /** The comparison, or null where no step was logged by both. */
    static Losses of(TreeMap<Long, Double> first, TreeMap<Long, Double> second) {
        List<Long> steps = first.keySet().stream().filter(second::containsKey).toList();
        if (steps.isEmpty()) {
            return null;
        }
        double largest = -1;
        long largestStep = 0;
        double sum = 0;
        for (long step : steps) {
            double difference = second.get(step) - first.get(step);
            double relative = Math.abs(difference) / Math.abs(first.get(step));
            sum += difference;
            if (relative > largest) {
                largest = relative;
                largestStep = step;
            }
        }
        List<Long> last = steps.subList(steps.size() - Math.max(1, steps.size() / TENTH), steps.size());
        return new Losses(
                steps.size(),
                steps.get(steps.size() - 1),
                mean(first, last),
                mean(second, last),
                sum / steps.size(),
                largest,
                largestStep);
    }

    private static double mean(Map<Long, Double> losses, List<Long> steps) {
        return steps.stream().mapToDouble(losses::get).average().orElseThrow();
    }
}
