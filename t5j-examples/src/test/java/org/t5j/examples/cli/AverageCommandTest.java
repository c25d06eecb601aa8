package org.t5j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.t5j.core.T5Model;
import org.t5j.core.checkpoint.SafetensorsReader;
import org.t5j.core.layer.Additions;

/** {@code t5j average} on the checkpoints of a short run. */
class AverageCommandTest {
    @TempDir
    static Path once;

    private static Path run;

    @TempDir
    Path directory;

    @BeforeAll
    static void train() {
        run = once.resolve("run");
        Path corpus = SmallModel.corpus(once.resolve("corpus.txt"));
        Cli.Result result = Cli.run(
                "pretrain",
                "--output",
                run,
                "--tokenizer",
                SmallModel.vocabulary(once),
                "--set",
                SmallModel.SHAPE,
                "--set",
                "data={files: [" + corpus + "], batchSize: 2}",
                "--set",
                "objective.inputLength=16",
                "--set",
                "optim.totalSteps=3",
                "--set",
                "checkpoint={everySteps: 1, keepLast: 3}",
                "--set",
                "logging.progress=false");
        assertThat(result.code()).as(result.err()).isZero();
    }

    private static Path step(int step) {
        return run.resolve("checkpoints/step-" + step);
    }

    private void assertMean(Path output, List<Path> checkpoints, double... shares) {
        List<SafetensorsReader> readers = checkpoints.stream()
                .map(path -> SafetensorsReader.open(path.resolve("model.safetensors")))
                .toList();
        SafetensorsReader averaged = SafetensorsReader.open(output.resolve("model.safetensors"));
        assertThat(averaged.names()).isEqualTo(readers.get(0).names());
        for (String name : averaged.names()) {
            float[] values = averaged.floats(name);
            double[] expected = new double[values.length];
            for (int i = 0; i < shares.length; i++) {
                float[] each = readers.get(i).floats(name);
                for (int j = 0; j < values.length; j++) {
                    expected[j] += shares[i] * each[j];
                }
            }
            for (int j = 0; j < values.length; j++) {
                assertThat((double) values[j]).isCloseTo(expected[j], within(1e-6 * (1 + Math.abs(expected[j]))));
            }
        }
    }

    @Test
    void theLastCheckpointsOfARunAreAveraged() {
        Path output = directory.resolve("mean");
        Cli.Result result = Cli.run("average", run, "--last", 2, "--output", output);
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).contains("step-2", "step-3").doesNotContain("step-1");
        assertMean(output, List.of(step(2), step(3)), 0.5, 0.5);
        assertThat(output.resolve("spiece.model")).exists();
        assertThat(Cli.run("generate", "--checkpoint", output, "--max-length", 4, "--input", "the king")
                        .code())
                .isZero();
    }

    @Test
    void checkpointsCountAsTheirWeightsSay() {
        Path output = directory.resolve("weighted");
        Cli.Result result =
                Cli.run("average", step(1), step(2), step(3), "--weights", "1,1,2", "--output", output, "--json");
        assertThat(result.code()).as(result.err()).isZero();
        assertMean(output, List.of(step(1), step(2), step(3)), 0.25, 0.25, 0.5);
    }

    private void assertRefused(int code, String message, Object... arguments) {
        Path output = directory.resolve("refused");
        Object[] all = java.util.Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "--output";
        all[arguments.length + 1] = output;
        Cli.Result result = Cli.run(all);
        assertThat(result.code()).as(result.err()).isEqualTo(code);
        assertThat(result.err()).contains(message).doesNotContain("\tat ");
        assertThat(output).doesNotExist();
    }

    @Test
    void whatHasNoAverageIsRefused() {
        Path other = directory.resolve("other");
        try (T5Model model = T5Model.load(step(1));
                T5Model wider =
                        T5Model.create(model.config().toBuilder().dFf(64).build(), 1)) {
            wider.save(other);
        }
        assertRefused(1, "other is a model of another shape than", "average", step(1), other);
        Path adapted = directory.resolve("adapted");
        try (T5Model model = T5Model.load(step(1), Additions.adapters(4), 1)) {
            model.save(adapted);
        }
        assertRefused(1, "must have the same adapters", "average", step(1), adapted);
        assertRefused(1, "must have the same adapters", "average", adapted, step(1));
        Path renamed = directory.resolve("renamed");
        try (T5Model model = T5Model.load(step(1))) {
            model.save(renamed);
        }
        SmallModel.vocabulary(renamed, 45);
        assertRefused(1, "must have one vocabulary", "average", step(1), renamed);
        assertRefused(2, "has 3 checkpoints, fewer than --last 4", "average", run, "--last", 4);
        assertRefused(2, "--weights has 1 numbers for 2 checkpoints", "average", step(1), step(2), "--weights", 1);
        assertRefused(2, "--weights must be positive", "average", step(1), step(2), "--weights", "1,-1");
        assertRefused(1, "There is no directory", "average", directory.resolve("absent"));
    }
}
