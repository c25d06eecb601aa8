package org.t5j.core.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.t5j.core.T5Exception;
import org.t5j.core.checkpoint.Goldens.ArrayBackend;
import org.t5j.core.tensor.ParameterSet;

/** Weights as F16 and BF16, whole and in shards. */
class WriteOptionsTest {
    @TempDir
    Path directory;

    private final ArrayBackend backend = new ArrayBackend();

    /** Expected bits from numpy: {@code np.float32(x).astype(np.float16).view(np.uint16)}. */
    @ParameterizedTest
    @CsvSource({
        "0, 0000",
        "-0.0, 8000",
        "1, 3c00",
        "-2, c000",
        "0.1, 2e66",
        "65504, 7bff",
        "65519.99, 7bff",
        "65520, 7c00",
        "1.00048828125, 3c00",
        "1.00146484375, 3c02",
        "1.0004885, 3c01",
        "2049, 6800",
        "2051, 6802",
        "6.103515625e-5, 0400",
        "6.1005353e-5, 0400",
        "6.09e-5, 03fe",
        "5.9604645e-8, 0001",
        "2.9802322e-8, 0000",
        "2.9802326e-8, 0001",
        "8.940697e-8, 0002",
        "1e-30, 0000",
        "Infinity, 7c00",
        "-Infinity, fc00"
    })
    void halfPrecisionIsRoundedToTheNearestOrEven(float value, String bits) {
        assertThat(String.format("%04x", Dtype.narrowF16(value) & 0xffff)).isEqualTo(bits);
    }

    /** Expected bits from numpy's float32, its lower half rounded away in exact arithmetic. */
    @ParameterizedTest
    @CsvSource({
        "0, 0000",
        "-0.0, 8000",
        "1, 3f80",
        "0.1, 3dcd",
        "1.00390625, 3f80",
        "1.01171875, 3f82",
        "1.0039064, 3f81",
        "3.3895314e38, 7f7f",
        "3.4028235e38, 7f80",
        "1e-40, 0001",
        "-Infinity, ff80"
    })
    void bfloat16IsRoundedToTheNearestOrEven(float value, String bits) {
        assertThat(String.format("%04x", Dtype.narrowBf16(value) & 0xffff)).isEqualTo(bits);
    }

    @Test
    void everyNumberOfTheNarrowTypesSurvives() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            float half = Dtype.widenF16((short) bits);
            float brain = Dtype.widenBf16((short) bits);
            assertThat(Dtype.widenF16(Dtype.narrowF16(half))).isEqualTo(Float.valueOf(half));
            assertThat(Dtype.widenBf16(Dtype.narrowBf16(brain))).isEqualTo(Float.valueOf(brain));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"F16", "BF16"})
    void aNarrowModelInShardsIsReadAgainRounded(Dtype dtype) throws IOException {
        Path model = Goldens.model("v11_tiny");
        Path saved = directory.resolve("saved");
        HfConfig config = CheckpointReader.readConfig(model);
        CheckpointWriter.save(saved, config, WeightFiles.open(model), new WriteOptions(dtype, 40_000));
        assertThat(saved.resolve("model.safetensors.index.json")).exists();
        assertThat(Files.readString(saved.resolve("config.json")))
                .contains("\"torch_dtype\" : \"" + (dtype == Dtype.F16 ? "float16" : "bfloat16") + "\"");
        ParameterSet parameters = Goldens.parameters(CheckpointReader.resolveConfig(saved), backend);
        CheckpointReader.load(saved, parameters, backend);
        SafetensorsReader exact = SafetensorsReader.open(model.resolve("model.safetensors"));
        for (String name : exact.names()) {
            float[] expected = exact.floats(name);
            for (int i = 0; i < expected.length; i++) {
                expected[i] = dtype == Dtype.F16
                        ? Dtype.widenF16(Dtype.narrowF16(expected[i]))
                        : Dtype.widenBf16(Dtype.narrowBf16(expected[i]));
            }
            assertThat(backend.toArray(parameters.get(name).value())).isEqualTo(expected);
            assertThat(WeightFiles.open(saved).entry(name).dtype()).isEqualTo(dtype);
        }
    }

    @Test
    void aValueTooLargeForTheTypeIsRefusedAndLeavesNothing() {
        Path file = directory.resolve("x.safetensors");
        SafetensorsWriter writer =
                new SafetensorsWriter().add("big", Dtype.F16, (from, target, count) -> target[2] = 70000, 4);
        assertThatThrownBy(() -> writer.write(file))
                .isInstanceOf(T5Exception.class)
                .hasMessage("Tensor \"big\" holds 70000.0 at 2, which is too large for F16; write F32 or BF16");
        assertThat(directory).isEmptyDirectory();
        SafetensorsWriter infinite = new SafetensorsWriter()
                .add("inf", Dtype.F16, (from, target, count) -> target[0] = Float.NEGATIVE_INFINITY, 1);
        infinite.write(file);
        assertThat(SafetensorsReader.open(file).floats("inf")).containsExactly(Float.NEGATIVE_INFINITY);
    }

    @Test
    void optionsOutOfRangeAreRefused() {
        assertThat(List.of(WriteOptions.DEFAULT.dtype())).containsExactly(Dtype.F32);
        assertThatThrownBy(() -> new WriteOptions(Dtype.I64, 1)).hasMessageContaining("F32, F16 or BF16");
        assertThatThrownBy(() -> new WriteOptions(Dtype.F32, 0)).hasMessageContaining("at least 1");
    }
}
