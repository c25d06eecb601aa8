package org.t5j.examples.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.t5j.core.kernel.Kernels;
import org.t5j.examples.bench.KernelProfile.Cost;

/**
 * Times every kernel at the sizes that a training step calls it with, for each implementation there is. Other programs
 * have no such kernels to compare with.
 *
 * @param work the step
 * @param threads of the kernels, for the record
 * @param warmUp steps before the timed ones at least; there are as many as three seconds hold, else loops would be timed
 *     that the JIT compiler has not compiled
 * @param steps timed steps, of which the best counts, kernel by kernel
 */
public record KernelComparison(TrainingWork work, int threads, int warmUp, int steps) {
    private static final long WARM_UP_NANOS = 3_000_000_000L;
    private static final String ROW = "%-48s %6s %-8s %10s %10s %8s %7s%n";

    /** Prints a table to the log; returns the same as JSON. */
    public ObjectNode run(PrintWriter log) {
        return run(KernelSets.byName(), log);
    }

    ObjectNode run(Map<String, Supplier<Kernels>> sets, PrintWriter log) {
        ObjectNode out = Report.start("kernels", "its kernels " + String.join(" and ", sets.keySet()), threads);
        work.describe(out);
        Map<String, Map<String, Cost>> costs = new LinkedHashMap<>();
        sets.forEach((name, set) -> costs.put(name, best(set.get())));
        List<String> names = List.copyOf(costs.keySet());
        Map<String, Cost> reference = costs.get(names.get(0));
        log.printf(ROW, "kernel, largest tensor", "calls", "by", "us/call", "ns/element", "GB/s", "ratio");
        ObjectNode table = out.putObject("us_per_call");
        reference.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(
                        Comparator.comparingLong(Cost::nanos).reversed()))
                .forEach(entry -> {
                    ObjectNode row = table.putObject(entry.getKey());
                    for (String name : names) {
                        Cost cost = costs.get(name).getOrDefault(entry.getKey(), Cost.NOTHING);
                        row.put(name, StepTimes.rounded(perCall(cost), 2));
                        print(log, entry.getKey(), name, cost, entry.getValue());
                    }
                });
        log.flush();
        Machine.describe(out);
        return out;
    }

    /** For each kernel and size, what the step that spent least on it spent. */
    private Map<String, Cost> best(Kernels kernels) {
        KernelProfile profile = new KernelProfile(KernelCall::nameWithSizes);
        Map<String, Cost> best = new LinkedHashMap<>();
        try (TrainingRun run = new TrainingRun(work, profile.around(kernels))) {
            long started = System.nanoTime();
            for (int i = 0; i < warmUp || System.nanoTime() - started < WARM_UP_NANOS; i++) {
                run.step();
            }
            for (int i = 0; i < steps; i++) {
                profile.clear();
                run.step();
                profile.costs().forEach((name, cost) -> best.merge(name, cost, KernelComparison::cheaper));
            }
        }
        return best;
    }

    private static Cost cheaper(Cost a, Cost b) {
        return a.nanos() <= b.nanos() ? a : b;
    }

    private static double perCall(Cost cost) {
        return cost.calls() == 0 ? 0 : cost.nanos() / 1e3 / cost.calls();
    }

    private static void print(PrintWriter log, String kernel, String by, Cost cost, Cost reference) {
        if (cost.calls() == 0) {
            log.printf(ROW, kernel, 0, by, "", "", "", "");
            return;
        }
        log.printf(
                ROW,
                kernel,
                cost.calls(),
                by,
                "%.1f".formatted(perCall(cost)),
                "%.3f".formatted(cost.nanos() / cost.elements()),
                "%.1f".formatted(cost.bytes() / cost.nanos()),
                "%.2f".formatted((double) reference.nanos() / cost.nanos()));
    }
}
