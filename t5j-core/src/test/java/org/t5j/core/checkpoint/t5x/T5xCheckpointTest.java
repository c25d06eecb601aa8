package org.t5j.core.checkpoint.t5x;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.t5j.core.FeedForwardType;
import org.t5j.core.T5Config;
import org.t5j.core.T5Exception;
import org.t5j.core.T5Model;
import org.t5j.core.checkpoint.CheckpointWriter;
import org.t5j.core.checkpoint.HfConfig;
import org.t5j.core.checkpoint.TensorSource;
import org.t5j.core.checkpoint.WriteOptions;

/** Models and Adafactor's states of T5X, with every value where it belongs. */
class T5xCheckpointTest {
    @TempDir
    Path directory;

    private static T5Config config(int encoder, int decoder, FeedForwardType type, boolean tied) {
        return T5Config.builder()
                .vocabSize(48)
                .dModel(10)
                .dKv(3)
                .dFf(14)
                .layers(encoder, decoder)
                .numHeads(4)
                .feedForwardType(type)
                .tieWordEmbeddings(tied)
                .build();
    }

    private T5xCheckpoint open(Map<String, T5xFiles.Array> target, Map<String, T5xFiles.Array> states) {
        Path file = T5xFiles.write(directory.resolve("checkpoint"), T5xFiles.tree(target, states, 7));
        return T5xCheckpoint.open(file, Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({"2, 2, GATED_GELU, false", "3, 1, GATED_GELU, true", "1, 3, RELU, true", "2, 1, RELU, false"})
    void aModelIsLoadedWithEveryValueInItsPlace(int encoder, int decoder, FeedForwardType type, boolean tied) {
        T5Config config = config(encoder, decoder, type, tied);
        Path saved = directory.resolve("saved");
        try (T5xCheckpoint checkpoint = open(T5xFiles.markedTarget(config), Map.of())) {
            assertThat(checkpoint.config()).isEqualTo(config);
            assertThat(checkpoint.steps()).isEqualTo(7);
            assertThat(checkpoint.optimizerStates().names()).isEmpty();
            CheckpointWriter.save(saved, HfConfig.of(config), checkpoint.weights(), WriteOptions.DEFAULT);
        }
        try (T5Model model = T5Model.load(saved)) {
            Map<String, float[]> expected = expected(config);
            assertThat(model.parameters().names()).hasSameElementsAs(expected.keySet());
            expected.forEach((name, values) -> assertThat(
                            model.backend().toArray(model.parameters().get(name).value()))
                    .as(name)
                    .isEqualTo(values));
        }
    }

    /** By the table of {@code convert_t5x_checkpoint_to_pytorch.py}, written down once more. */
    private static Map<String, float[]> expected(T5Config c) {
        Map<String, float[]> expected = new HashMap<>();
        T5xFiles.shapes(c).forEach((path, shape) -> {
            boolean decoder = path.startsWith("decoder");
            String[] parts = path.split("/");
            String name;
            if (path.equals("token_embedder/embedding")) {
                name = "shared";
            } else if (path.contains("logits")) {
                name = "lm_head";
            } else if (parts[1].endsWith("er_norm")) {
                name = parts[0] + ".final_layer_norm";
            } else if (path.contains("relpos_bias")) {
                String block = parts[1].equals("relpos_bias") ? "0" : parts[1].substring("layers_".length());
                name = parts[0] + ".block." + block + ".layer.0.SelfAttention.relative_attention_bias";
            } else {
                String module = parts[2];
                int last = decoder ? 2 : 1;
                int layer = module.contains("mlp") ? last : module.contains("cross") || module.contains("enc") ? 1 : 0;
                name = parts[0] + ".block." + parts[1].substring("layers_".length()) + ".layer." + layer + ".";
                if (module.endsWith("norm")) {
                    name += "layer_norm";
                } else if (module.equals("mlp")) {
                    name += "DenseReluDense." + parts[3];
                } else {
                    name += (layer == 1 ? "EncDecAttention." : "SelfAttention.") + parts[3].charAt(0);
                }
            }
            boolean keep = name.equals("shared") || shape.length == 1;
            float[] values = T5xFiles.marked(path, shape).values();
            expected.put(
                    name.replace("Attention.out", "Attention.o") + ".weight",
                    keep ? values : T5xFiles.transposed(values, shape));
        });
        return expected;
    }

    @Test
    void everyBlockMayHaveItsTableOfPositions() {
        T5Config config = config(3, 2, FeedForwardType.GATED_GELU, false).toBuilder()
                .relativeBiasPerLayer(true)
                .build();
        Map<String, T5xFiles.Array> target = T5xFiles.markedTarget(config);
        try (T5xCheckpoint checkpoint = open(target, Map.of())) {
            assertThat(checkpoint.config()).isEqualTo(config);
            Map<String, float[]> expected = expected(config);
            assertThat(checkpoint.weights().names()).hasSameElementsAs(expected.keySet());
            expected.forEach((name, values) ->
                    assertThat(all(checkpoint.weights(), name)).as(name).isEqualTo(values));
            Path saved = directory.resolve("saved");
            CheckpointWriter.save(saved, HfConfig.of(config), checkpoint.weights(), WriteOptions.DEFAULT);
            try (T5Model model = T5Model.load(saved)) {
                assertThat(model.config()).isEqualTo(config);
                expected.forEach((name, values) -> assertThat(model.backend()
                                .toArray(model.parameters().get(name).value()))
                        .as(name)
                        .isEqualTo(values));
            }
        }
        target.put("encoder/relpos_bias/rel_embedding", T5xFiles.marked("another", 4, 32));
        assertThatThrownBy(() -> open(target, Map.of()))
                .hasMessageContaining("encoder.block.0.layer.0.SelfAttention.relative_attention_bias.weight twice");
        target.remove("encoder/relpos_bias/rel_embedding");
        target.remove("encoder/layers_2/relpos_bias/rel_embedding");
        assertThatThrownBy(() -> open(target, Map.of())).hasMessageContaining("parameters are missing or too many");
    }

    @Test
    void piecesOfATransposedMatrixAreThoseOfTheWhole() {
        T5Config config = config(1, 1, FeedForwardType.RELU, false);
        try (T5xCheckpoint checkpoint = open(T5xFiles.markedTarget(config), Map.of())) {
            String name = "lm_head.weight";
            float[] whole = expected(config).get(name);
            for (int from = 0; from < whole.length; from++) {
                for (int count : new int[] {0, 1, 9, 10, 11, 37}) {
                    if (from + count <= whole.length) {
                        float[] piece = new float[count + 1];
                        checkpoint.weights().readFloats(name, from, piece, 1, count);
                        for (int i = 0; i < count; i++) {
                            assertThat(piece[i + 1]).isEqualTo(whole[from + i]);
                        }
                    }
                }
            }
        }
    }

    /** Factored states by their definition in t5x/adafactor.py: means over the longer and over the shorter side. */
    @Test
    void factoredStatesAreMeansOverColumnsAndRowsOfTheWeight() {
        T5Config config = T5Config.builder()
                .vocabSize(384)
                .dModel(128)
                .dKv(64)
                .dFf(256)
                .layers(1, 1)
                .numHeads(2)
                .tieWordEmbeddings(false)
                .feedForwardType(FeedForwardType.GATED_GELU)
                .build();
        Map<String, T5xFiles.Array> states = new LinkedHashMap<>();
        Map<String, float[]> expected = new HashMap<>();
        T5xFiles.shapes(config).forEach((path, shape) -> {
            T5xFiles.Array squares = T5xFiles.marked(path + "/squares", shape);
            states.put(path + "/m", new T5xFiles.Array(new int[] {1}, new float[1]));
            String name = T5xName.of(path).orElseThrow().name();
            if (shape.length == 2 && Math.min(shape[0], shape[1]) >= 128) {
                int longer = shape[1] >= shape[0] ? 1 : 0;
                states.put(path + "/v_row", mean(squares, longer));
                states.put(path + "/v_col", mean(squares, 1 - longer));
                states.put(path + "/v", new T5xFiles.Array(new int[] {1}, new float[1]));
                boolean keep = name.equals("shared.weight");
                expected.put(
                        name + ".exp_avg_sq_row", mean(squares, keep ? 1 : 0).values());
                expected.put(
                        name + ".exp_avg_sq_col", mean(squares, keep ? 0 : 1).values());
            } else {
                states.put(path + "/v", squares);
                states.put(path + "/v_row", new T5xFiles.Array(new int[] {1}, new float[1]));
                states.put(path + "/v_col", new T5xFiles.Array(new int[] {1}, new float[1]));
                boolean keep = shape.length == 1;
                expected.put(
                        name + ".exp_avg_sq", keep ? squares.values() : T5xFiles.transposed(squares.values(), shape));
            }
        });
        try (T5xCheckpoint checkpoint = open(T5xFiles.markedTarget(config), states)) {
            TensorSource found = checkpoint.optimizerStates();
            assertThat(found.names()).hasSameElementsAs(expected.keySet());
            expected.forEach(
                    (name, values) -> assertThat(all(found, name)).as(name).isEqualTo(values));
        }
    }

    private static T5xFiles.Array mean(T5xFiles.Array array, int axis) {
        int[] shape = array.shape();
        float[] mean = new float[shape[1 - axis]];
        for (int i = 0; i < mean.length; i++) {
            double sum = 0;
            for (int j = 0; j < shape[axis]; j++) {
                sum += array.values()[axis == 1 ? i * shape[1] + j : j * shape[1] + i];
            }
            mean[i] = (float) (sum / shape[axis]);
        }
        return new T5xFiles.Array(new int[] {mean.length}, mean);
    }

    private static float[] all(TensorSource source, String name) {
        float[] values = new float[(int) source.entry(name).elements()];
        source.readFloats(name, 0, values, 0, values.length);
        return values;
    }

    @Test
    void firstMomentsAreTransposedWithTheirParameters() {
        T5Config config = config(1, 1, FeedForwardType.RELU, true);
        String path = "encoder/layers_0/mlp/wi/kernel";
        T5xFiles.Array moments = T5xFiles.marked("moments", 10, 14);
        try (T5xCheckpoint checkpoint = open(T5xFiles.markedTarget(config), Map.of(path + "/m", moments))) {
            assertThat(all(checkpoint.optimizerStates(), "encoder.block.0.layer.1.DenseReluDense.wi.weight.exp_avg"))
                    .isEqualTo(T5xFiles.transposed(moments.values(), 10, 14));
        }
    }

    @Test
    void aParameterThatIsMissingTooManyOrOfAnotherShapeIsRefused() {
        T5Config config = config(2, 2, FeedForwardType.GATED_GELU, false);
        assertRefused(config, "encoder/layers_1/mlp/wo/kernel", null, "parameters are missing or too many");
        assertRefused(config, "token_embedder/embedding", null, "holds no parameter", "shared.weight");
        assertRefused(config, "encoder/layers_0/relpos_bias/x", T5xFiles.marked("x", 2), "of no T5", "relpos_bias/x");
        assertRefused(config, "encoder/layers_1/mlp/wo/kernel", T5xFiles.marked("x", 14, 9), "expected [10, 14]");
        assertRefused(config, "encoder/layers_1/mlp/wo/kernel", T5xFiles.marked("x", 7), "2 dimensions");
        assertRefused(config, "decoder/layers_1/mlp/wi/kernel", T5xFiles.marked("x", 10, 14), "does not belong");
    }

    private void assertRefused(T5Config config, String path, T5xFiles.Array array, String... messages) {
        Map<String, T5xFiles.Array> target = T5xFiles.markedTarget(config);
        target.remove(path);
        if (array != null) {
            target.put(path, array);
        }
        assertThatThrownBy(() -> open(target, Map.of()))
                .isInstanceOf(T5Exception.class)
                .hasMessageContainingAll(messages);
    }

    @Test
    void aCountOfStepsMayBeAPlainNumberButNothingElse() {
        Map<String, T5xFiles.Array> target = T5xFiles.markedTarget(config(1, 1, FeedForwardType.RELU, true));
        Map<String, Object> tree = T5xFiles.tree(target, Map.of(), 0);
        T5xFiles.put(tree, "optimizer/state/step", 1_000_000);
        Path file = T5xFiles.write(directory.resolve("checkpoint"), tree);
        try (T5xCheckpoint checkpoint = T5xCheckpoint.open(file, Optional.empty())) {
            assertThat(checkpoint.steps()).isEqualTo(1_000_000);
        }
        T5xFiles.put(tree, "optimizer/state/step", "many");
        assertThatThrownBy(() -> T5xCheckpoint.open(T5xFiles.write(file, tree), Optional.empty()))
                .hasMessageContaining("must be a number of steps, found many");
    }

    @Test
    void arraysInTensorStoreAreNamedAsSuch() {
        Map<String, Object> tree = T5xFiles.tree(Map.of(), Map.of(), 0);
        T5xFiles.put(tree, "optimizer/target/token_embedder/embedding/driver", "zarr");
        Path file = T5xFiles.write(directory.resolve("checkpoint"), tree);
        assertThatThrownBy(() -> T5xCheckpoint.open(file, Optional.empty()))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("optimizer/target/token_embedder/embedding", "TensorStore");
    }

    @Test
    void aChosenActivationMustFitTheLayers() {
        T5Config config = config(1, 1, FeedForwardType.GATED_SILU, false);
        Path file = T5xFiles.write(
                directory.resolve("checkpoint"), T5xFiles.tree(T5xFiles.markedTarget(config), Map.of(), 0));
        try (T5xCheckpoint checkpoint = T5xCheckpoint.open(file, Optional.of(FeedForwardType.GATED_SILU))) {
            assertThat(checkpoint.config()).isEqualTo(config);
        }
        assertThatThrownBy(() -> T5xCheckpoint.open(file, Optional.of(FeedForwardType.RELU)))
                .hasMessageContaining("with gates");
    }
}
