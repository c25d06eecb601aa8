package org.t5j.examples.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import org.t5j.core.kernel.Kernels;

/**
 * Times whole training steps (zeroing gradients, forward, backward, update) on random tokens.
 *
 * @param work the model and its batch
 * @param threads of the kernels, for the record
 * @param warmUp steps before the timed ones
 * @param steps timed steps, at least 1
 * @param profile whether to time every kernel
 */
public record TrainBenchmark(TrainingWork work, int threads, int warmUp, int steps, boolean profile) {
    /** From so many steps on, memory no longer grows for reasons of starting up. */
    private static final int SETTLED_STEPS = 50;

    /** Runs the benchmark; the keys are those of the PyTorch program it is compared with. A profile goes to the log. */
    public ObjectNode run(PrintWriter log) {
        KernelProfile kernelProfile = new KernelProfile();
        Kernels kernels = profile ? kernelProfile.around(KernelSets.chosen()) : KernelSets.chosen();
        double[] seconds = new double[steps];
        long settledRss = -1;
        ObjectNode out;
        try (TrainingRun run = new TrainingRun(work, kernels)) {
            out = Report.start("train", kernels, threads);
            for (int i = 0; i < warmUp; i++) {
                run.step();
            }
            kernelProfile.clear();
            for (int i = 0; i < steps; i++) {
                seconds[i] = run.step();
                if (i + 1 == SETTLED_STEPS) {
                    settledRss = Machine.rssMb();
                }
            }
            report(out, new StepTimes(seconds), run.loss());
            if (settledRss > 0) {
                reportMemory(out, settledRss, Machine.rssMb());
            }
            Report.finish(out);
        }
        if (profile) {
            new ProfileReport(kernelProfile, seconds, work.matmulFlops(), GemmBenchmark.ceiling()).write(out, log);
        }
        return out;
    }

    private void report(ObjectNode out, StepTimes times, double loss) {
        work.describe(out);
        out.put("steps", steps);
        out.put("new_tokens", 0);
        out.put("bf16", false);
        double gflop = work.matmulFlops() / 1e9;
        times.putRates(out, "tokens_per_second", work.tokens());
        out.put("matmul_gflop_per_step", StepTimes.rounded(gflop, 1));
        out.put("gflops_best", StepTimes.rounded(gflop / times.best(), 1));
        out.put("loss", StepTimes.rounded(loss, 4));
        times.putMilliseconds(out);
    }

    private void reportMemory(ObjectNode out, long settled, long last) {
        out.put("rss_mb_after_" + SETTLED_STEPS, settled);
        out.put("rss_mb_after_" + steps, last);
        out.put("rss_growth", StepTimes.rounded((double) last / settled, 4));
    }
}
