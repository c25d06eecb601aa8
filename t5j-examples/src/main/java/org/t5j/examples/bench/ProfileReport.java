package org.t5j.examples.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import org.t5j.examples.bench.KernelProfile.Cost;

/**
 * A profile of the timed steps for people, and its summary for programs.
 *
 * @param profile of all timed steps
 * @param seconds of each timed step
 * @param flops of a step's matrix products
 * @param ceiling of matrix products on this machine, in GFLOP/s
 */
record ProfileReport(KernelProfile profile, double[] seconds, double flops, double ceiling) {
    private static final String ROW = "%-26s %8s %10s %7s %9s %8s%n";

    /** Prints the table and adds its last lines to {@code out}. */
    void write(ObjectNode out, PrintWriter log) {
        log.printf(ROW, "kernel", "calls", "ms/step", "share", "GFLOP/s", "GB/s");
        profile.costs().entrySet().stream()
                .sorted(Map.Entry.comparingByValue(
                        Comparator.comparingLong(Cost::nanos).reversed()))
                .forEach(entry -> row(log, entry.getKey(), entry.getValue()));
        double total = Arrays.stream(seconds).sum() * 1e9;
        Cost matmul = profile.costs().entrySet().stream()
                .filter(entry -> KernelCall.isMatmul(entry.getKey()))
                .map(Map.Entry::getValue)
                .reduce(Cost.NOTHING, Cost::plus);
        long inKernels = profile.total().nanos();
        double matmulRate = matmul.nanos() == 0 ? 0 : matmul.flops() / matmul.nanos();
        double stepRate = flops * seconds.length / total;

        ObjectNode summary = out.putObject("profile");
        put(summary, "matmul_share", matmul.nanos() / total);
        put(summary, "other_kernels_share", (inKernels - matmul.nanos()) / total);
        put(summary, "outside_kernels_share", (total - inKernels) / total);
        put(summary, "matmul_gflops", matmulRate);
        put(summary, "step_gflops", stepRate);
        put(summary, "sgemm_gflops", ceiling);
        put(summary, "matmul_of_sgemm", matmulRate / ceiling);
        put(summary, "step_of_sgemm", stepRate / ceiling);
        log.printf(ROW, "outside kernels", "", ms(total - inKernels), percent(total - inKernels), "", "");
        log.printf(ROW, "a step, on average", "", ms(total), percent(total), "", "");
        log.printf(
                "matmul %s, other kernels %s, outside kernels %s of a step%n",
                percent(matmul.nanos()), percent(inKernels - matmul.nanos()), percent(total - inKernels));
        log.printf(
                "sgemm reaches %.1f GFLOP/s here; matmul alone %.1f (%.2f of it), a step of %.1f GFLOP %.1f (%.2f)%n",
                ceiling, matmulRate, matmulRate / ceiling, flops / 1e9, stepRate, stepRate / ceiling);
        log.flush();
    }

    private void row(PrintWriter log, String name, Cost cost) {
        log.printf(
                ROW,
                name,
                cost.calls() / seconds.length,
                ms(cost.nanos()),
                percent(cost.nanos()),
                cost.flops() == 0 ? "" : "%.1f".formatted(cost.flops() / cost.nanos()),
                "%.1f".formatted(cost.bytes() / cost.nanos()));
    }

    private static void put(ObjectNode summary, String key, double value) {
        summary.put(key, StepTimes.rounded(value, 3));
    }

    private String ms(double nanos) {
        return "%.3f".formatted(nanos / 1e6 / seconds.length);
    }

    private String percent(double nanos) {
        return "%.1f%%".formatted(nanos / 1e7 / Arrays.stream(seconds).sum());
    }
}
