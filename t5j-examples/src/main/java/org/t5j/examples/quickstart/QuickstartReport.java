package org.t5j.examples.quickstart;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;

/**
 * What a quickstart came to: {@code quickstart.json}. Losses are nats per target token; metrics are percentages on texts
 * that no training saw.
 *
 * @param minutes of the whole quickstart, in all processes that worked on it
 * @param checkpoint directory of the fine-tuned model
 */
public record QuickstartReport(
        @JsonProperty("pretraining") Pretraining pretraining,
        @JsonProperty("tasks") Map<String, TaskScores> tasks,
        @JsonProperty("examples") List<Sample> examples,
        @JsonProperty("beats_baselines") boolean beatsBaselines,
        @JsonProperty("minutes") double minutes,
        @JsonProperty("checkpoint") String checkpoint) {

    /**
     * @param lossFirst of the first update
     * @param lossLast mean of the last twenty updates
     * @param heldOutLoss of the held-out books after pre-training
     */
    public record Pretraining(
            @JsonProperty("steps") long steps,
            @JsonProperty("loss_first") double lossFirst,
            @JsonProperty("loss_last") double lossLast,
            @JsonProperty("held_out_loss") double heldOutLoss) {}

    /**
     * @param baseline what the trivial baseline does
     * @param baselineMetrics the same metrics of it
     */
    public record TaskScores(
            @JsonProperty("examples") int examples,
            @JsonProperty("metrics") Map<String, Double> metrics,
            @JsonProperty("baseline") String baseline,
            @JsonProperty("baseline_metrics") Map<String, Double> baselineMetrics) {}

    /** A held-out example with what the model wrote for it. */
    public record Sample(
            @JsonProperty("input") String input,
            @JsonProperty("target") String target,
            @JsonProperty("output") String output) {}

    /** A summary for people. */
    public void print(PrintWriter out) {
        out.printf(
                "pre-training   %d steps, loss %.2f -> %.2f, on held-out books %.2f%n",
                pretraining.steps, pretraining.lossFirst, pretraining.lossLast, pretraining.heldOutLoss);
        tasks.forEach((name, scores) -> {
            out.printf("%n%-28s %8s   %s%n", name + " (" + scores.examples + " examples)", "model", scores.baseline);
            scores.metrics.forEach((metric, value) ->
                    out.printf("  %-26s %7.1f%%   %7.1f%%%n", metric, value, scores.baselineMetrics.get(metric)));
        });
        out.printf("%nThe model wrote, for sentences it had never seen:%n");
        for (Sample sample : examples) {
            out.printf("  %s%n    -> %s%n", sample.input, sample.output);
            if (!sample.output.equals(sample.target)) {
                out.printf("       (the book has: %s)%n", sample.target);
            }
        }
        out.printf("%n%.1f minutes. Try the model:%n", minutes);
        out.printf(
                "  bin/t5j generate --checkpoint %s --input \"punctuate: you are very kind said she but i cannot go\"%n",
                checkpoint);
    }
}
