package org.t5j.examples.corpus;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How long many things are.
 *
 * @param what they are, such as {@code input tokens}
 * @param values at least one, ascending
 */
public record Lengths(String what, int[] values) {
    private static final int BUCKETS = 16;
    private static final int BAR = 50;

    /** Things of lengths {@code from} to {@code to} inclusive. */
    public record Bucket(int from, int to, int count) {}

    public Lengths {
        values = values.clone();
        Arrays.sort(values);
    }

    /** At most 16 buckets of a width of 1, 2 or 5 times a power of ten, from the shortest to the longest. */
    public List<Bucket> buckets() {
        int width = width();
        List<Bucket> buckets = new ArrayList<>();
        int at = 0;
        for (int from = values[0] / width * width; at < values.length; from += width) {
            int start = at;
            while (at < values.length && values[at] < from + width) {
                at++;
            }
            buckets.add(new Bucket(from, from + width - 1, at - start));
        }
        return buckets;
    }

    private int width() {
        int spread = values[values.length - 1] - values[0] + 1;
        for (int power = 1; ; power *= 10) {
            for (int factor : new int[] {1, 2, 5}) {
                int width = factor * power;
                if ((spread + 2L * width - 2) / width <= BUCKETS) {
                    return width;
                }
            }
        }
    }

    /** The value that a share of all does not exceed. */
    public int quantile(double share) {
        return values[(int) Math.min(values.length - 1, Math.floor(share * values.length))];
    }

    private double mean() {
        return Arrays.stream(values).average().orElse(0);
    }

    /** A line of numbers and a bar for each bucket. */
    public void print(PrintWriter out) {
        out.println(summary());
        int most = buckets().stream().mapToInt(Bucket::count).max().orElse(1);
        for (Bucket bucket : buckets()) {
            String bar = "#".repeat((int) Math.ceil((double) BAR * bucket.count() / most));
            out.printf(Locale.ROOT, "%7d-%-7d %-" + BAR + "s %d%n", bucket.from(), bucket.to(), bar, bucket.count());
        }
    }

    /** Mean, quantiles and extremes in a line. */
    public String summary() {
        return String.format(
                Locale.ROOT,
                "%s of %d: mean %.1f, shortest %d, median %d, 95 %% up to %d, longest %d",
                what,
                values.length,
                mean(),
                values[0],
                quantile(0.5),
                quantile(0.95),
                values[values.length - 1]);
    }

    /** The same for programs. */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("count", values.length);
        json.put("mean", mean());
        json.put("min", values[0]);
        json.put("median", quantile(0.5));
        json.put("p95", quantile(0.95));
        json.put("max", values[values.length - 1]);
        ArrayNode buckets = json.putArray("buckets");
        buckets().forEach(bucket -> buckets.addObject()
                .put("from", bucket.from())
                .put("to", bucket.to())
                .put("count", bucket.count()));
        return json;
    }
}
