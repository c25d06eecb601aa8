package org.t5j.core.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.t5j.core.T5Exception;

/** Reading valid safetensors files; malformed ones are the business of {@link MalformedSafetensorsTest}. */
class SafetensorsReaderTest {
    @TempDir
    Path directory;

    @Test
    void aFileOfTheReferenceImplementationHasItsNamesShapesAndMetadata() {
        SafetensorsReader reader =
                SafetensorsReader.open(Goldens.model("v10_tiny").resolve("model.safetensors"));
        assertThat(reader.metadata()).containsEntry("format", "pt");
        assertThat(reader.names()).hasSize(47).contains("shared.weight").doesNotContain("lm_head.weight");
        TensorEntry shared = reader.entry("shared.weight");
        assertThat(shared.dtype()).isEqualTo(Dtype.F32);
        assertThat(shared.shape()).containsExactly(128L, 32L);
        assertThat(shared.bytes()).isEqualTo(4 * 128 * 32);
    }

    @Test
    void idsAndScalarsAreReadFromRecordedOutputs() {
        SafetensorsReader reader =
                SafetensorsReader.open(Goldens.model("v10_tiny").resolve("forward.safetensors"));
        assertThat(reader.entry("input_ids").dtype()).isEqualTo(Dtype.I64);
        assertThat(reader.ints("labels")).contains(-100).hasSameSizeAs(reader.longs("labels"));
        assertThat(reader.entry("loss").shape()).isEmpty();
        assertThat(reader.floats("loss")).hasSize(1);
        assertThat(reader.floats("loss")[0]).isGreaterThan(0);
    }

    @Test
    void halfPrecisionIsWidenedExactly() throws IOException {
        Path file = SafetensorsFiles.write(
                directory,
                """
                {"h":{"dtype":"F16","shape":[7],"data_offsets":[0,14]},\
                "b":{"dtype":"BF16","shape":[2],"data_offsets":[14,18]}}""",
                SafetensorsFiles.littleEndian(0x3c00, 0xc000, 0x0001, 0x7bff, 0x7c00, 0x8000, 0x3555, 0x3f80, 0xc049));
        SafetensorsReader reader = SafetensorsReader.open(file);
        assertThat(reader.floats("h"))
                .containsExactly(1f, -2f, 0x1p-24f, 65504f, Float.POSITIVE_INFINITY, -0f, 0.333251953125f);
        assertThat(reader.floats("b")).containsExactly(1f, -3.140625f);
    }

    @Test
    void everyHalfPrecisionNumberIsWidenedByItsDefinition() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            int exponent = bits >> 10 & 31;
            int mantissa = bits & 1023;
            double expected = exponent == 0 ? mantissa * 0x1p-24 : (1 + mantissa / 1024.0) * Math.pow(2, exponent - 15);
            if (exponent == 31) {
                expected = mantissa == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
            }
            assertThat(Dtype.widenF16((short) bits))
                    .isEqualTo(Float.valueOf((float) (bits >= 1 << 15 ? -expected : expected)));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 1000, 1 << 16})
    void aFileMappedInManySlicesHoldsTheSameValues(int sliceLength) throws IOException {
        Path model = Goldens.model("v10_tiny").resolve("forward.safetensors");
        SafetensorsReader whole = SafetensorsReader.open(model);
        SafetensorsReader sliced = SafetensorsReader.open(model, sliceLength);
        for (String name : whole.names()) {
            if (whole.entry(name).dtype() == Dtype.F32) {
                assertThat(sliced.floats(name)).isEqualTo(whole.floats(name));
            } else {
                assertThat(sliced.longs(name)).isEqualTo(whole.longs(name));
            }
        }
    }

    @Test
    void anUnalignedTensorMayCrossSlices() throws IOException {
        byte[] data = ByteBuffer.allocate(81)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(0, (byte) 1)
                .array();
        ByteBuffer floats = ByteBuffer.wrap(data, 1, 80).slice().order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 20; i++) {
            floats.putFloat(i + 0.5f);
        }
        Path file = SafetensorsFiles.write(directory, """
                {"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},\
                "x":{"dtype":"F32","shape":[4,5],"data_offsets":[1,81]}}""", data);
        for (int sliceLength = 8; sliceLength < 40; sliceLength++) {
            float[] part = new float[12];
            SafetensorsReader.open(file, sliceLength).readFloats("x", 3, part, 1, 10);
            assertThat(part).containsExactly(0, 3.5f, 4.5f, 5.5f, 6.5f, 7.5f, 8.5f, 9.5f, 10.5f, 11.5f, 12.5f, 0);
        }
    }

    @Test
    void aFileOfMoreThanTwoGigabytesIsReadToItsEnd() throws IOException {
        long large = 2_200_000_000L;
        String header = "{\"a\":{\"dtype\":\"F32\",\"shape\":[550000000],\"data_offsets\":[0," + large + "]},"
                + "\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[" + large + "," + (large + 8) + "]}}";
        Path file = directory.resolve("sparse.safetensors");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.write(SafetensorsFiles.bytes(header, new byte[0]));
            sparse.setLength(8 + header.length() + large + 8);
            sparse.seek(8 + header.length() + large - 4);
            sparse.write(new byte[] {0, 0, (byte) 0x80, 0x3f, 0, 0, 0, 0x40, 0, 0, 0x40, 0x40});
        }
        SafetensorsReader reader = SafetensorsReader.open(file);
        float[] last = new float[2];
        reader.readFloats("a", 549_999_998, last, 0, 2);
        assertThat(last).containsExactly(0, 1);
        assertThat(reader.floats("b")).containsExactly(2, 3);
    }

    @Test
    void anEmptyTensorAndAnEmptyFileAreAllowed() throws IOException {
        Path file = SafetensorsFiles.write(
                directory, "{\"e\":{\"dtype\":\"F32\",\"shape\":[0,3],\"data_offsets\":[0,0]}}  ", new byte[0]);
        assertThat(SafetensorsReader.open(file).floats("e")).isEmpty();
        assertThat(SafetensorsReader.open(SafetensorsFiles.write(directory, "{}", new byte[0]))
                        .names())
                .isEmpty();
    }

    @Test
    void namesMayHoldAnyCharacter() throws IOException {
        Path file = directory.resolve("names.safetensors");
        new SafetensorsWriter().add("Gewicht \"ß\" \n 🙂", new float[] {1}, 1).write(file);
        assertThat(SafetensorsReader.open(file).names()).containsExactly("Gewicht \"ß\" \n 🙂");
    }

    @Test
    void askingForAMissingTensorOffersTheNearestName() {
        SafetensorsReader reader =
                SafetensorsReader.open(Goldens.model("v10_tiny").resolve("model.safetensors"));
        assertThatThrownBy(() -> reader.floats("shared.weigth"))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("\"shared.weigth\"")
                .hasMessageContaining("\"shared.weight\"");
    }

    @Test
    void askingForAnotherTypeIsRefused() {
        SafetensorsReader reader =
                SafetensorsReader.open(Goldens.model("v10_tiny").resolve("forward.safetensors"));
        assertThatThrownBy(() -> reader.floats("input_ids"))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("must be F32, F16 or BF16, found I64");
        assertThatThrownBy(() -> reader.longs("logits"))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("must be I64 or I32, found F32");
    }

    @Test
    void aNumberThatIsNoIntIsRefusedAsAnInt() {
        Path file = directory.resolve("longs.safetensors");
        new SafetensorsWriter().add("ids", new long[] {7, 1L << 40}, 2).write(file);
        SafetensorsReader reader = SafetensorsReader.open(file);
        assertThat(reader.longs("ids")).containsExactly(7, 1L << 40);
        assertThatThrownBy(() -> reader.ints("ids"))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("found 1099511627776 at 1");
    }

    @Test
    void readingOutsideATensorIsRefused() {
        SafetensorsReader reader =
                SafetensorsReader.open(Goldens.model("v10_tiny").resolve("model.safetensors"));
        assertThatThrownBy(() -> reader.readFloats("encoder.final_layer_norm.weight", 31, new float[4], 0, 2))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void theWriterSortsByTypeThenNameAndPadsTheHeader() throws IOException {
        Path file = directory.resolve("sorted.safetensors");
        new SafetensorsWriter()
                .add("b", new float[] {1, 2}, 1, 2)
                .add("a", new float[] {3}, 1)
                .add("z", new long[] {4}, 1)
                .write(file);
        byte[] bytes = Files.readAllBytes(file);
        int length = (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
        assertThat(length % 8).isZero();
        assertThat(new String(bytes, 8, length, StandardCharsets.UTF_8).stripTrailing())
                .isEqualTo("{\"__metadata__\":{\"format\":\"pt\"},"
                        + "\"z\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[0,8]},"
                        + "\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[8,12]},"
                        + "\"b\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[12,20]}}");
        assertThat(SafetensorsReader.open(file).names()).containsExactly("z", "a", "b");
    }

    @Test
    void aModelOfTheReferenceImplementationIsWrittenBackByteForByte() throws IOException {
        Path model = Goldens.model("v10_tiny").resolve("model.safetensors");
        SafetensorsReader reader = SafetensorsReader.open(model);
        SafetensorsWriter writer = new SafetensorsWriter();
        for (String name : reader.names()) {
            int[] shape = reader.entry(name).shape().stream()
                    .mapToInt(Math::toIntExact)
                    .toArray();
            writer.add(name, (from, target, count) -> reader.readFloats(name, from, target, 0, count), shape);
        }
        Path copy = directory.resolve("copy.safetensors");
        writer.write(copy);
        assertThat(copy).hasSameBinaryContentAs(model);
    }

    @Test
    void aTensorLargerThanAChunkIsAskedForInOrder() {
        Path file = directory.resolve("large.safetensors");
        int length = 600_001;
        long[] next = {0};
        new SafetensorsWriter()
                .add(
                        "x",
                        (from, target, count) -> {
                            assertThat(from).isEqualTo(next[0]);
                            next[0] += count;
                            for (int i = 0; i < count; i++) {
                                target[i] = from + i;
                            }
                        },
                        length)
                .write(file);
        float[] values = SafetensorsReader.open(file).floats("x");
        assertThat(values).hasSize(length);
        for (int i = 0; i < length; i++) {
            assertThat(values[i]).isEqualTo(i);
        }
    }

    @Test
    void aWriteThatFailsLeavesTheOldFileAndNothingElse() throws IOException {
        Path file = directory.resolve("kept.safetensors");
        new SafetensorsWriter().add("x", new float[] {1}, 1).write(file);
        byte[] before = Files.readAllBytes(file);
        SafetensorsWriter failing = new SafetensorsWriter()
                .add(
                        "x",
                        (from, target, count) -> {
                            throw new IllegalStateException("device lost");
                        },
                        100);
        assertThatThrownBy(() -> failing.write(file)).hasMessage("device lost");
        assertThat(file).hasBinaryContent(before);
        assertThat(directory.toFile().list())
                .isEqualTo(List.of("kept.safetensors").toArray());
    }

    @Test
    void writingToADirectoryThatDoesNotExistIsRefused() {
        assertThatThrownBy(() -> new SafetensorsWriter().write(directory.resolve("no/x.safetensors")))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("Cannot write")
                .hasMessageContaining("x.safetensors");
    }

    @Test
    void aNameCanBeAddedOnce() {
        SafetensorsWriter writer = new SafetensorsWriter().add("x", new float[1], 1);
        assertThatThrownBy(() -> writer.add("x", new float[1], 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> writer.add("y", new float[2], 3)).isInstanceOf(IllegalArgumentException.class);
    }
}
