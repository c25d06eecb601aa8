package org.t5j.core.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.t5j.core.T5Config;
import org.t5j.core.T5Exception;
import org.t5j.core.checkpoint.Goldens.ArrayBackend;
import org.t5j.core.tensor.Nd4jBackend;
import org.t5j.core.tensor.Parameter;
import org.t5j.core.tensor.ParameterSet;

/** Loading and saving whole models: names, duplicates, tying, shards, and that nothing changes where something is wrong. */
class CheckpointTest {
    @TempDir
    Path directory;

    private final ArrayBackend backend = new ArrayBackend();
    private final Map<String, float[]> values = new TreeMap<>();
    private final Map<String, int[]> shapes = new HashMap<>();

    @BeforeEach
    void takeTheTinyModel() throws IOException {
        SafetensorsReader reader =
                SafetensorsReader.open(Goldens.model("v10_tiny").resolve("model.safetensors"));
        for (String name : reader.names()) {
            values.put(name, reader.floats(name));
            shapes.put(name, shape(reader.entry(name)));
        }
        Files.copy(Goldens.model("v10_tiny").resolve("config.json"), directory.resolve("config.json"));
    }

    @ParameterizedTest
    @CsvSource({
        "v10_tiny, true, 47",
        "v10_long, true, 89",
        "v10_reverse_trained, true, 47",
        "v11_tiny, false, 61",
        "v11_tied_odd, true, 56",
        "v11_reverse_trained, false, 61"
    })
    void aRecordedModelIsLoaded(String name, boolean tied, int count) {
        Path model = Goldens.model(name);
        T5Config config = CheckpointReader.resolveConfig(model);
        assertThat(config.tieWordEmbeddings()).isEqualTo(tied);
        assertThat(config.scaleDecoderOutputs()).isEqualTo(tied);
        ParameterSet parameters = Goldens.parameters(config, backend);
        assertThat(parameters.size()).isEqualTo(count);
        assertThat(parameters.count()).isEqualTo(config.parameterCount());
        CheckpointReader.load(model, parameters, backend);
        SafetensorsReader reader = SafetensorsReader.open(model.resolve("model.safetensors"));
        for (Parameter parameter : parameters) {
            assertThat(backend.toArray(parameter.value())).isEqualTo(reader.floats(parameter.name()));
        }
    }

    @Test
    void aModelIsLoadedIntoNd4jTensors() {
        Nd4jBackend nd4j = Nd4jBackend.create();
        Path model = Goldens.model("v11_tied_odd");
        try (ParameterSet parameters = Goldens.parameters(CheckpointReader.resolveConfig(model), nd4j)) {
            CheckpointReader.load(model, parameters, nd4j);
            SafetensorsReader reader = SafetensorsReader.open(model.resolve("model.safetensors"));
            for (Parameter parameter : parameters) {
                assertThat(nd4j.toArray(parameter.value())).isEqualTo(reader.floats(parameter.name()));
            }
        }
    }

    @Test
    void aFileWithAllKeysHoldsTheSameModelAsOneWithoutDuplicates() throws IOException {
        Files.copy(
                Goldens.model("v10_tiny").resolve("model_all_keys.safetensors"),
                directory.resolve("model.safetensors"));
        assertThat(WeightFiles.open(directory).names()).hasSize(50);
        assertLoadsTheTinyModel();
    }

    @ParameterizedTest
    @ValueSource(strings = {"encoder.embed_tokens.weight", "decoder.embed_tokens.weight"})
    void theEmbeddingTableMayStandUnderAnotherName(String name) {
        rename("shared.weight", name);
        write();
        assertLoadsTheTinyModel();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "decoder.block.0.layer.1.EncDecAttention.relative_attention_bias.weight",
                "encoder.block_000.layer_000.SelfAttention.q_slot_v",
                "global_step"
            })
    void whatOldConversionsLeftBehindIsIgnored(String name) {
        add(name, new float[] {1, 2}, 2);
        write();
        assertLoadsTheTinyModel();
    }

    @Test
    void anOutputLayerThatDiffersFromTheTableMakesTheModelUntiedWhateverTheConfigurationSays() {
        add("lm_head.weight", new float[128 * 32], 128, 32);
        write();
        T5Config config = CheckpointReader.resolveConfig(directory);
        assertThat(config.tieWordEmbeddings()).isFalse();
        assertThat(config.scaleDecoderOutputs()).isTrue();
        CheckpointReader.load(directory, Goldens.parameters(config, backend), backend);
    }

    @Test
    void aConfigurationOfTransformers5GivesAnUntiedModelThatIsNotScaled() throws IOException {
        add("lm_head.weight", new float[128 * 32], 128, 32);
        write();
        configure("\"tie_word_embeddings\": true", "\"tie_word_embeddings\": true, \"scale_decoder_outputs\": false");
        T5Config config = CheckpointReader.resolveConfig(directory);
        assertThat(config.tieWordEmbeddings()).isFalse();
        assertThat(config.scaleDecoderOutputs()).isFalse();
    }

    @Test
    void anUntiedConfigurationWithoutOutputLayerIsTiedAndNotScaled() throws IOException {
        write();
        configure("\"tie_word_embeddings\": true", "\"tie_word_embeddings\": false");
        T5Config config = CheckpointReader.resolveConfig(directory);
        assertThat(config.tieWordEmbeddings()).isTrue();
        assertThat(config.scaleDecoderOutputs()).isFalse();
    }

    @Test
    void anUntiedModelStaysUntiedEvenWhereItsOutputLayerEqualsTheTable() throws IOException {
        add("lm_head.weight", values.get("shared.weight"), 128, 32);
        write();
        configure("\"tie_word_embeddings\": true", "\"tie_word_embeddings\": false");
        assertThat(CheckpointReader.resolveConfig(directory).tieWordEmbeddings())
                .isFalse();
    }

    @Test
    void missingUnexpectedAndMisshapenTensorsAreListedTogether() {
        for (String matrix : new String[] {"q", "k", "v", "o"}) {
            values.remove("encoder.block.0.layer.0.SelfAttention." + matrix + ".weight");
            values.remove("encoder.block.1.layer.0.SelfAttention." + matrix + ".weight");
        }
        add("encoder.block.0.layer.2.adapter", new float[] {1}, 1);
        shapes.put("encoder.final_layer_norm.weight", new int[] {1, 32});
        write();
        assertRefused(
                "do not fit the model",
                "8 missing (encoder.block.0.layer.0.SelfAttention.q.weight",
                "and 3 more",
                "encoder.final_layer_norm.weight has shape [1, 32], expected [32]",
                "1 unexpected (encoder.block.0.layer.2.adapter)");
    }

    @Test
    void aDuplicateThatDiffersIsUnexpected() {
        add("decoder.embed_tokens.weight", new float[128 * 32], 128, 32);
        write();
        assertRefused("decoder.embed_tokens.weight (differs from shared.weight)");
    }

    @Test
    void aTiedModelRefusesAnOutputLayerThatDiffers() {
        add("lm_head.weight", new float[128 * 32], 128, 32);
        write();
        assertRefused("lm_head.weight (differs from shared.weight)");
    }

    @Test
    void weightsOfAnotherTypeAreRefused() {
        values.remove("encoder.final_layer_norm.weight");
        SafetensorsWriter writer = writer().add("encoder.final_layer_norm.weight", new long[32], 32);
        writer.write(directory.resolve("model.safetensors"));
        assertRefused("encoder.final_layer_norm.weight is I64, expected F32, F16 or BF16");
    }

    @Test
    void aDirectoryWithoutWeightsIsRefusedWithARemedy() throws IOException {
        assertThatThrownBy(() -> CheckpointReader.resolveConfig(directory))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("holds neither model.safetensors");
        Files.createFile(directory.resolve("pytorch_model.bin"));
        assertThatThrownBy(() -> CheckpointReader.resolveConfig(directory))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("safe_serialization=True");
        assertThatThrownBy(() -> CheckpointReader.load(
                        directory.resolve("none"), Goldens.parameters(tinyConfig(), backend), backend))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("There is no directory");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v10_tiny", "v11_tiny", "v11_tied_odd"})
    void aSavedModelIsTheFileThatTheReferenceImplementationWrote(String name) {
        Path model = Goldens.model(name);
        HfConfig config = CheckpointReader.readConfig(model);
        ParameterSet parameters = Goldens.parameters(config.config(), backend);
        CheckpointReader.load(model, parameters, backend);
        Path saved = directory.resolve("saved");
        CheckpointWriter.save(saved, config, parameters, backend);
        assertThat(saved.resolve("model.safetensors")).hasSameBinaryContentAs(model.resolve("model.safetensors"));
        assertThat(saved.resolve("generation_config.json")).exists();
        assertThat(CheckpointDirectory.verify(saved)).isTrue();
        assertThat(CheckpointReader.resolveConfig(saved)).isEqualTo(config.config());
    }

    @Test
    void aModelAboveTheSizeOfAShardIsDividedAndReadAgain() throws IOException {
        Path sharded = saveSharded(40_000);
        assertThat(sharded.resolve("model.safetensors")).doesNotExist();
        assertThat(sharded.resolve("model-00001-of-00006.safetensors")).exists();
        assertThat(Files.readString(sharded.resolve("model.safetensors.index.json")))
                .contains("\"total_size\" : " + 4 * tinyConfig().parameterCount())
                .contains("\"shared.weight\" : \"model-00001-of-00006.safetensors\"");
        ParameterSet parameters = Goldens.parameters(CheckpointReader.resolveConfig(sharded), backend);
        CheckpointReader.load(sharded, parameters, backend);
        assertIsTheTinyModel(parameters);
    }

    @Test
    void aTensorLargerThanAShardHasAFileOfItsOwn() throws IOException {
        Path sharded = saveSharded(1);
        assertThat(sharded.resolve("model-00047-of-00047.safetensors")).exists();
        assertThat(WeightFiles.open(sharded).names()).hasSize(47);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "shared.weight" : "model-00001     | "shared.weight" : "../model-00001   | file of the same directory
            "shared.weight" : "model-00001     | "shared.weight" : "model-00002      | holds no tensor "shared.weight"
            "shared.weight" :                  | "other.weight" :                    | holds no tensor "other.weight"
            "shared.weight" : "model-00001     | "shared.weight" : "model-00009      | There is no file
            "weight_map"                       | "weights"                           | "weight_map" must be an object, found nothing
            """)
    void anIndexThatDoesNotFitItsShardsIsRefused(String from, String to, String message) throws IOException {
        Path sharded = saveSharded(40_000);
        Path index = sharded.resolve("model.safetensors.index.json");
        Files.writeString(index, Files.readString(index).replace(from, to));
        assertThatThrownBy(() -> WeightFiles.open(sharded))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining(message);
    }

    @Test
    void aTensorThatTheIndexDoesNotListIsRefused() throws IOException {
        Path sharded = saveSharded(40_000);
        Path index = sharded.resolve("model.safetensors.index.json");
        String text = Files.readString(index).replaceFirst("(?m)^.*\"shared.weight\".*\\R", "");
        Files.writeString(index, text.replaceFirst(",\\s*}", "}"));
        assertThatThrownBy(() -> WeightFiles.open(sharded))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("does not place there");
    }

    @Test
    void aModelIsNotWrittenOverAnother() throws IOException {
        Path sharded = saveSharded(40_000);
        assertThatThrownBy(() -> writeInto(sharded, 40_000))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("already holds model.safetensors.index.json");
    }

    @Test
    void parametersThatContradictTheConfigurationAreNotSaved() {
        ParameterSet tied = Goldens.parameters(tinyConfig(), backend);
        HfConfig untied =
                HfConfig.of(tinyConfig().toBuilder().tieWordEmbeddings(false).build());
        assertThatThrownBy(() -> CheckpointWriter.save(directory.resolve("saved"), untied, tied, backend))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lm_head.weight");
        assertThat(directory.resolve("saved")).doesNotExist();
    }

    @Test
    void aDamagedCheckpointIsNotLoaded() throws IOException {
        Path saved = saveSharded(1_000_000);
        Path file = saved.resolve("model.safetensors");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);
        ParameterSet parameters = Goldens.parameters(tinyConfig(), backend);
        long before = backend.written;
        assertThatThrownBy(() -> CheckpointReader.load(saved, parameters, backend))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("model.safetensors is not what was written");
        assertThat(backend.written).isEqualTo(before);
    }

    private Path saveSharded(long maxShardBytes) {
        Path saved = directory.resolve("saved");
        CheckpointDirectory.write(saved, files -> writeInto(files, maxShardBytes));
        return saved;
    }

    private void writeInto(Path files, long maxShardBytes) {
        Path model = Goldens.model("v10_tiny");
        HfConfig config = CheckpointReader.readConfig(model);
        ParameterSet parameters = Goldens.parameters(config.config(), backend);
        CheckpointReader.load(model, parameters, backend);
        CheckpointWriter.writeInto(
                files,
                config,
                HfGenerationConfig.of(config.config()),
                new ParameterSource(parameters, backend),
                new WriteOptions(Dtype.F32, maxShardBytes));
    }

    private static T5Config tinyConfig() {
        return HfConfig.read(Goldens.model("v10_tiny").resolve("config.json")).config();
    }

    private void assertLoadsTheTinyModel() {
        T5Config config = CheckpointReader.resolveConfig(directory);
        assertThat(config).isEqualTo(tinyConfig());
        ParameterSet parameters = Goldens.parameters(config, backend);
        CheckpointReader.load(directory, parameters, backend);
        assertIsTheTinyModel(parameters);
    }

    private void assertIsTheTinyModel(ParameterSet parameters) {
        SafetensorsReader reader =
                SafetensorsReader.open(Goldens.model("v10_tiny").resolve("model.safetensors"));
        assertThat(parameters.names()).hasSameElementsAs(reader.names());
        for (Parameter parameter : parameters) {
            assertThat(backend.toArray(parameter.value())).isEqualTo(reader.floats(parameter.name()));
        }
    }

    private void assertRefused(String... messages) {
        ParameterSet parameters = Goldens.parameters(tinyConfig(), backend);
        assertThatThrownBy(() -> CheckpointReader.load(directory, parameters, backend))
                .isInstanceOf(T5Exception.class)
                .hasMessageContainingAll(messages);
        assertThat(backend.written).isZero();
    }

    private void configure(String from, String to) throws IOException {
        Path file = directory.resolve("config.json");
        String text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(file, text.replace(from, to));
    }

    private void add(String name, float[] tensor, int... shape) {
        values.put(name, tensor);
        shapes.put(name, shape);
    }

    private void rename(String from, String to) {
        values.put(to, values.remove(from));
        shapes.put(to, shapes.remove(from));
    }

    private SafetensorsWriter writer() {
        SafetensorsWriter writer = new SafetensorsWriter();
        values.forEach((name, tensor) -> writer.add(name, tensor, shapes.get(name)));
        return writer;
    }

    private void write() {
        writer().write(directory.resolve("model.safetensors"));
    }

    private static int[] shape(TensorEntry entry) {
        return entry.shape().stream().mapToInt(Math::toIntExact).toArray();
    }
}
