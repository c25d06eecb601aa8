package org.t5j.examples.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.t5j.core.StepOptions;
import org.t5j.core.T5Batch;
import org.t5j.core.T5Config;
import org.t5j.core.T5Model;
import org.t5j.core.kernel.CrossEntropy;
import org.t5j.train.optim.AdafactorConfig;
import org.t5j.train.optim.AdamWConfig;
import org.t5j.train.optim.Optimizer;

/**
 * Times whole training steps (zeroing gradients, forward, backward, update) on random tokens without padding.
 *
 * @param preset name of a {@link org.t5j.core.T5Preset}
 * @param batch sequences per step
 * @param source tokens of an input
 * @param target tokens of a target
 * @param dropout rate of dropout
 * @param optimizer {@code adafactor} or {@code adamw}
 * @param threads of the kernels, for the record
 * @param steps timed steps, after {@link #WARM_UP_STEPS} that are not
 */
public record TrainBenchmark(
        String preset, int batch, int source, int target, float dropout, String optimizer, int threads, int steps) {
    static final int WARM_UP_STEPS = 2;
    private static final double ADAFACTOR_RATE = 1e-3;
    private static final double ADAMW_RATE = 1e-4;

    /** Runs the benchmark; the keys are those of the PyTorch program it is compared with. */
    public ObjectNode run() {
        T5Config config = T5Config.preset(preset).withDropoutRate(dropout);
        double[] seconds = new double[steps];
        double loss = 0;
        try (T5Model model = T5Model.create(config, 1);
                Optimizer optimizer = optimizer(model)) {
            T5Batch tokens = randomBatch(config);
            for (int step = 0; step < WARM_UP_STEPS + steps; step++) {
                long started = System.nanoTime();
                StepOptions options =
                        new StepOptions(dropout, false, 1, step, 0, CrossEntropy.PLAIN, 1f / tokens.targets());
                model.zeroGradients();
                loss = model.forwardBackward(tokens, options).loss() / tokens.targets();
                optimizer.step(model.parameters(), this.optimizer.equals("adamw") ? ADAMW_RATE : ADAFACTOR_RATE);
                if (step >= WARM_UP_STEPS) {
                    seconds[step - WARM_UP_STEPS] = (System.nanoTime() - started) / 1e9;
                }
            }
            return report(config, seconds, loss, model.backend().describe());
        }
    }

    private Optimizer optimizer(T5Model model) {
        return optimizer.equals("adamw")
                ? AdamWConfig.defaults().create(model.kernels())
                : AdafactorConfig.t5x().create(model.kernels());
    }

    private T5Batch randomBatch(T5Config config) {
        SplittableRandom random = new SplittableRandom(1);
        int[] inputs = random.ints((long) batch * source, 2, config.vocabSize()).toArray();
        int[] labels = random.ints((long) batch * target, 2, config.vocabSize()).toArray();
        return T5Batch.of(config, batch, source, target, inputs, labels);
    }

    private ObjectNode report(T5Config config, double[] seconds, double loss, String backend) {
        Arrays.sort(seconds);
        double best = seconds[0];
        double median = (seconds[(steps - 1) / 2] + seconds[steps / 2]) / 2;
        double tokens = batch * (source + target);
        double gflop = matmulFlops(config, batch, source, target) / 1e9;
        ObjectNode out = JsonNodeFactory.instance.objectNode();
        out.put("peer", "t5j 0.1.0, " + backend);
        out.put("what", "train");
        out.put("preset", preset);
        out.put("batch", batch);
        out.put("source", source);
        out.put("target", target);
        out.put("dropout", Double.parseDouble(Float.toString(dropout)));
        out.put("optimizer", optimizer);
        out.put("threads", threads);
        out.put("steps", steps);
        out.put("new_tokens", 0);
        out.put("bf16", false);
        out.put("tokens_per_second_best", Math.round(tokens / best));
        out.put("tokens_per_second_median", Math.round(tokens / median));
        out.put("matmul_gflop_per_step", rounded(gflop, 1));
        out.put("gflops_best", rounded(gflop / best, 1));
        out.put("loss", rounded(loss, 4));
        out.put("ms_best", rounded(best * 1e3, 1));
        out.put("ms_median", rounded(median * 1e3, 1));
        out.put("peak_rss_mb", peakRssMb());
        out.put("java", System.getProperty("java.version"));
        out.put("machine", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        out.put("cores", Runtime.getRuntime().availableProcessors());
        return out;
    }

    /** Multiply-adds times two of all matrix products in forward and backward of one step. */
    static double matmulFlops(T5Config c, int batch, int source, int target) {
        double d = c.dModel();
        double inner = c.inner();
        double feedForward = (c.feedForwardType().gated() ? 3 : 2) * d * c.dFf();
        double encoderTokens = (double) batch * source;
        double decoderTokens = (double) batch * target;
        double macs = c.numLayers() * encoderTokens * (4 * d * inner + feedForward + 2 * source * inner);
        macs += c.numDecoderLayers()
                * decoderTokens
                * (6 * d * inner + feedForward + 2 * target * inner + 2 * source * inner);
        macs += c.numDecoderLayers() * encoderTokens * 2 * d * inner + decoderTokens * d * c.vocabSize();
        return 6 * macs;
    }

    private static double rounded(double value, int digits) {
        double scale = Math.pow(10, digits);
        return Math.round(value * scale) / scale;
    }

    /** The most memory that this process ever occupied, or -1 where the system does not tell. */
    private static long peakRssMb() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
                    .findFirst()
                    .orElse(-1);
        } catch (IOException e) {
            return -1;
        }
    }
}
