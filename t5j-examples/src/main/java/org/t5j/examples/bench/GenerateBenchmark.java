package org.t5j.examples.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.SplittableRandom;
import org.t5j.core.T5Config;
import org.t5j.core.T5Model;
import org.t5j.core.decode.GenerationConfig;
import org.t5j.core.kernel.Kernels;

/**
 * Times greedy decoding of random inputs by a random model: reading the input, then {@code newTokens} tokens of every
 * sequence, none of them the end.
 *
 * @param preset name of a {@link org.t5j.core.T5Preset}
 * @param batch sequences decoded together
 * @param source tokens of an input
 * @param newTokens tokens of an output, the start token not counted
 * @param threads of the kernels, for the record
 * @param warmUp decodings before the timed ones
 * @param steps timed decodings, at least 1
 * @param profile whether to time every kernel
 */
public record GenerateBenchmark(
        String preset, int batch, int source, int newTokens, int threads, int warmUp, int steps, boolean profile) {

    /** Runs the benchmark; the keys are those of the PyTorch program it is compared with. A profile goes to the log. */
    public ObjectNode run(PrintWriter log) {
        KernelProfile kernelProfile = new KernelProfile();
        Kernels kernels = profile ? kernelProfile.around(KernelSets.chosen()) : KernelSets.chosen();
        T5Config config = T5Config.preset(preset);
        double[] seconds = new double[steps];
        ObjectNode out;
        try (T5Model model = T5Model.create(config, 1, kernels)) {
            int[][] inputs = inputs(config);
            out = Report.start("generate", kernels, threads);
            for (int i = 0; i < warmUp; i++) {
                decode(model, inputs);
            }
            kernelProfile.clear();
            for (int i = 0; i < steps; i++) {
                seconds[i] = decode(model, inputs);
            }
            report(out, new StepTimes(seconds));
        }
        if (profile) {
            new ProfileReport(kernelProfile, seconds, kernelProfile.total().flops() / steps, GemmBenchmark.ceiling())
                    .write(out, log);
        }
        return out;
    }

    private int[][] inputs(T5Config config) {
        SplittableRandom random = new SplittableRandom(1);
        int[][] inputs = new int[batch][];
        for (int i = 0; i < batch; i++) {
            inputs[i] = random.ints(source, 2, config.vocabSize()).toArray();
        }
        return inputs;
    }

    private double decode(T5Model model, int[][] inputs) {
        GenerationConfig untilFull = GenerationConfig.builder()
                .maxNewTokens(newTokens)
                .minLength(newTokens + 1)
                .build();
        long started = System.nanoTime();
        model.generate(inputs, untilFull);
        return (System.nanoTime() - started) / 1e9;
    }

    private void report(ObjectNode out, StepTimes times) {
        out.put("preset", preset);
        out.put("batch", batch);
        out.put("source", source);
        out.put("target", 0);
        out.put("dropout", 0.0);
        out.put("optimizer", "none");
        out.put("steps", steps);
        out.put("new_tokens", newTokens);
        out.put("bf16", false);
        times.putRates(out, "new_tokens_per_second", (double) batch * newTokens);
        times.putMilliseconds(out);
        Report.finish(out);
    }
}
