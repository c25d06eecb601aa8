package org.t5j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.t5j.core.T5Model;
import org.t5j.core.checkpoint.SafetensorsReader;
import org.t5j.core.checkpoint.WeightFiles;
import org.t5j.core.layer.Additions;
import org.t5j.train.optim.AdafactorConfig;
import org.t5j.train.optim.Optimizer;

/** {@code t5j convert} on a small model and on a small checkpoint that flax wrote. */
class ConvertCommandTest {
    @TempDir
    Path directory;

    private Path output;

    @BeforeEach
    void nameTheOutput() {
        output = directory.resolve("converted");
    }

    private void assertConverts(Path from, Object... options) {
        Cli.Result result = Cli.run(arguments(from, options));
        assertThat(result.code()).as(result.err()).isZero();
    }

    private void assertRefused(int code, String message, Path from, Object... options) {
        Cli.Result result = Cli.run(arguments(from, options));
        assertThat(result.code()).isEqualTo(code);
        assertThat(result.err()).contains(message).doesNotContain("\tat ");
        assertThat(output).doesNotExist();
    }

    private Object[] arguments(Path from, Object... options) {
        Object[] all =
                Arrays.copyOf(new Object[] {"convert", "--checkpoint", from, "--output", output}, 5 + options.length);
        System.arraycopy(options, 0, all, 5, options.length);
        return all;
    }

    @Test
    void aModelIsWrittenInShardsOfBf16AndStillGenerates() throws IOException {
        Path model = SmallModel.directory(directory);
        assertConverts(model, "--dtype", "bf16", "--shard-bytes", 5000);
        JsonNode shown =
                new ObjectMapper().readTree(Cli.run("inspect", output, "--json").out());
        assertThat(shown.get("dtype").asText()).isEqualTo("BF16");
        assertThat(output.resolve("model.safetensors.index.json")).exists();
        assertThat(output.resolve("spiece.model")).hasSameBinaryContentAs(model.resolve("spiece.model"));
        Cli.Result text = Cli.run("generate", "--checkpoint", output, "--max-length", 4, "--input", "the king");
        assertThat(text.code()).as(text.err()).isZero();
    }

    @Test
    void aModelWithAdaptersKeepsThem() throws IOException {
        Path model = SmallModel.directory(directory);
        Path adapted = directory.resolve("adapted");
        try (T5Model small = T5Model.load(model, Additions.adapters(3), 1)) {
            small.save(adapted);
        }
        Cli.Result result = Cli.run(arguments(adapted, "--vocab-size", 300, "--json"));
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(Files.readString(output.resolve("config.json"))).contains("t5j-adapters", "t5j_adapter_width");
        Cli.Result shown = Cli.run("inspect", output, "--json");
        assertThat(shown.code()).as(shown.err()).isZero();
        assertThat(WeightFiles.open(output).names()).contains("encoder.block.0.adapter.wi.weight");
        try (T5Model converted = T5Model.load(output)) {
            assertThat(converted.additions()).isEqualTo(Additions.adapters(3));
            assertThat(new ObjectMapper()
                            .readTree(result.out())
                            .get("parameters")
                            .asLong())
                    .isEqualTo(converted.parameters().count());
        }
    }

    @Test
    void aModelGetsRowsForALargerVocabulary() {
        Path model = SmallModel.directory(directory);
        assertConverts(model, "--vocab-size", 300);
        assertThat(Cli.run("inspect", output).out()).containsPattern("vocab_size +384");
        float[] before = WeightFiles.open(model).reader("shared.weight").floats("shared.weight");
        float[] after = WeightFiles.open(output).reader("shared.weight").floats("shared.weight");
        assertThat(Arrays.copyOf(after, before.length)).isEqualTo(before);
    }

    @Test
    void rowsAreTakenAwayOnlyWhereThatIsAskedForAndTheVocabularyKeepsItsOwn() throws IOException {
        Path model = SmallModel.directory(directory);
        assertRefused(2, "less than the 140 tokens", model, "--vocab-size", 100, "--drop-rows");
        assertRefused(2, "put the smaller vocabulary there first", model, "--vocab-size", 100, "--drop-rows");
        Files.delete(model.resolve("spiece.model"));
        assertRefused(2, "give --drop-rows", model, "--vocab-size", 100);
        assertConverts(model, "--vocab-size", 100, "--drop-rows");
        assertThat(Cli.run("inspect", output).out()).containsPattern("vocab_size +128");
    }

    @Test
    void aT5xCheckpointIsConvertedWithItsOptimizerStates() throws Exception {
        assertConverts(t5x(), "--optimizer-states", "--feed-forward", "gated-silu");
        assertThat(Cli.run("inspect", output).out())
                .containsPattern("feed_forward_proj +gated-silu")
                .containsPattern("num_decoder_layers +1")
                .containsPattern("num_layers +2");
        SafetensorsReader states = SafetensorsReader.open(output.resolve("training/optimizer.safetensors"));
        assertThat(states.metadata()).containsEntry("steps", "1000");
        SafetensorsReader weights = SafetensorsReader.open(output.resolve("model.safetensors"));
        String name = "decoder.block.0.layer.2.DenseReluDense.wo.weight";
        // The script beside the file filled mlp/wo [3, 2] with 500, 501, … and its second moments with 0.5, 1.5, ….
        assertThat(weights.floats(name)).containsExactly(500, 502, 504, 501, 503, 505);
        assertThat(states.floats(name + ".exp_avg_sq")).containsExactly(0.5f, 2.5f, 4.5f, 1.5f, 3.5f, 5.5f);
    }

    /** What optim.warmStart asks for: every state that Adafactor would make, and no other. */
    @Test
    void aRunCanGoOnFromTheStatesOfAT5xCheckpoint() throws Exception {
        assertConverts(t5x(), "--optimizer-states");
        SafetensorsReader states = SafetensorsReader.open(output.resolve("training/optimizer.safetensors"));
        try (T5Model model = T5Model.load(output);
                Optimizer optimizer = AdafactorConfig.defaults().create(model.kernels())) {
            optimizer.prepare(model.parameters());
            assertThat(optimizer.state().tensors().keySet()).isEqualTo(states.names());
        }
    }

    private static Path t5x() throws URISyntaxException {
        return Path.of(ConvertCommandTest.class.getResource("/t5x/tiny.msgpack").toURI());
    }

    @Test
    void whatCannotBeIsRefusedAndLeavesNothing() throws Exception {
        Path model = SmallModel.directory(directory);
        assertRefused(2, "--dtype must be F32, F16 or BF16", model, "--dtype", "I64");
        assertRefused(2, "--dtype must be F32, F16 or BF16, found F8.", model, "--dtype", "F8");
        assertRefused(2, "--shard-bytes must be at least 1", model, "--shard-bytes", 0);
        assertRefused(2, "for T5X checkpoints", model, "--optimizer-states");
        assertRefused(2, "--optimizer-states do not fit", t5x(), "--optimizer-states", "--vocab-size", 9);
        assertRefused(1, "with gates", t5x(), "--feed-forward", "relu");
        assertRefused(1, "is no whole T5X checkpoint", SmallModel.corpus(directory.resolve("text")));
        assertRefused(1, "There is no directory", directory.resolve("nowhere"));
        Files.createDirectory(output);
        Cli.Result exists = Cli.run(arguments(model));
        assertThat(exists.code()).isEqualTo(2);
        assertThat(exists.err()).contains("exists already");
    }
}
