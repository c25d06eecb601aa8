package org.t5j.core.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.t5j.core.T5Exception;

/** Every rule of the safetensors format, broken; and files broken at random. */
class MalformedSafetensorsTest {
    @TempDir
    Path directory;

    /** Headers for 16 bytes of data, and what the message must say. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            []                                                                                              | start with '{'
            {"x":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}                                          | not valid JSON
            {"x":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}} {}                                      | nothing but spaces may follow
            {"x":{"dtype":"F32","shape":[4],"data_offsets":[0,16]},"x":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}} | Duplicate
            {"x":{"dtype":"F32","dtype":"F32","shape":[4],"data_offsets":[0,16]}}                           | Duplicate
            {"x":7}                                                                                         | "x": must be described by a JSON object, found 7
            {"x":{"dtype":"F32","shape":[4]}}                                                               | must have the keys dtype, shape and data_offsets
            {"x":{"dtype":"F32","shape":[4],"data_offsets":[0,16],"strides":[1]}}                           | found strides
            {"x":{"dtype":"F33","shape":[4],"data_offsets":[0,16]}}                                         | dtype must be one of the format's types, found F33
            {"x":{"dtype":32,"shape":[4],"data_offsets":[0,16]}}                                            | found 32
            {"x":{"dtype":"F32","shape":4,"data_offsets":[0,16]}}                                           | shape must be an array, found 4
            {"x":{"dtype":"F32","shape":[-4],"data_offsets":[0,16]}}                                        | non-negative 64-bit integers, found -4
            {"x":{"dtype":"F32","shape":[4.0],"data_offsets":[0,16]}}                                       | found 4.0
            {"x":{"dtype":"F32","shape":[18446744073709551620],"data_offsets":[0,16]}}                      | found 18446744073709551620
            {"x":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,16]}}                     | fewer than 2^63 bits
            {"x":{"dtype":"F32","shape":[5],"data_offsets":[0,16]}}                                         | must span the 20 bytes of F32[5], found 16 bytes
            {"x":{"dtype":"BF16","shape":[4],"data_offsets":[0,16]}}                                        | must span the 8 bytes
            {"x":{"dtype":"F32","shape":[4],"data_offsets":[16,0]}}                                         | begin at most end
            {"x":{"dtype":"F32","shape":[4],"data_offsets":[0,16,32]}}                                      | begin at most end
            {"x":{"dtype":"F32","shape":[4],"data_offsets":[8,24]}}                                         | no hole after byte 0, found 8
            {"x":{"dtype":"F32","shape":[5],"data_offsets":[0,20]}}                                         | within the 16 bytes of data in the file, found 20
            {"x":{"dtype":"F32","shape":[3],"data_offsets":[0,12]}}                                         | end at byte 12 of the data but the file goes on to 16
            {"x":{"dtype":"F32","shape":[3],"data_offsets":[0,12]},"y":{"dtype":"F32","shape":[2],"data_offsets":[8,16]}} | "y": must not overlap
            {"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"y":{"dtype":"F32","shape":[1],"data_offsets":[12,16]}} | "y": must leave no hole after byte 8
            {"__metadata__":{"format":1},"x":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}             | strings to strings
            {"__metadata__":"pt","x":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}}                     | must be described by a JSON object
            {}                                                                                              | end at byte 0 of the data
            """)
    void aBrokenRuleIsNamedWithTheFileAndWhatWasFound(String header, String message) throws IOException {
        Path file = SafetensorsFiles.write(directory, header, new byte[16]);
        assertThatThrownBy(() -> SafetensorsReader.open(file))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("hand.safetensors is not a valid safetensors file")
                .hasMessageContaining(message)
                .hasMessageContaining("again.");
    }

    @Test
    void aTruncatedFileIsRefusedAtEveryLength() throws IOException {
        byte[] whole = small();
        for (int length = 0; length < whole.length; length++) {
            Path file = Files.write(directory.resolve("cut.safetensors"), Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> SafetensorsReader.open(file))
                    .isInstanceOf(T5Exception.class)
                    .hasMessageContaining("cut.safetensors");
        }
    }

    @ParameterizedTest
    @CsvSource({"100000001, at most 100000000", "-1, 18446744073709551615", "99999999, the file has 64"})
    void aGiantHeaderIsRefusedBeforeItIsRead(long length, String message) throws IOException {
        byte[] bytes = new byte[64];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
        Path file = Files.write(directory.resolve("giant.safetensors"), bytes);
        assertThatThrownBy(() -> SafetensorsReader.open(file))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining(message);
    }

    @Test
    void aHeaderThatIsNotUtf8IsRefused() throws IOException {
        byte[] bytes = SafetensorsFiles.bytes("{\"x?\":{}}", new byte[0]);
        bytes[8 + 3] = (byte) 0xff;
        Path file = Files.write(directory.resolve("latin.safetensors"), bytes);
        assertThatThrownBy(() -> SafetensorsReader.open(file))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("not UTF-8");
    }

    @Test
    void aMissingFileAndADirectoryAreRefused() {
        assertThatThrownBy(() -> SafetensorsReader.open(directory.resolve("none.safetensors")))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("There is no file");
        assertThatThrownBy(() -> SafetensorsReader.open(directory)).isInstanceOf(T5Exception.class);
    }

    @Test
    void aDamagedFileGivesAnExceptionOrAllItsTensors() throws IOException {
        byte[] whole = small();
        int refused = 0;
        for (int round = 0; round < 2000; round++) {
            byte[] damaged = Mutations.of(whole, round);
            Path file = Files.write(directory.resolve("damaged.safetensors"), damaged);
            try {
                readAll(SafetensorsReader.open(file));
            } catch (T5Exception e) {
                assertThat(e).hasMessageContaining("damaged.safetensors");
                refused++;
            }
        }
        assertThat(refused).isBetween(500, 1999);
    }

    private static void readAll(SafetensorsReader reader) {
        for (String name : reader.names()) {
            switch (reader.entry(name).dtype()) {
                case F32, F16, BF16 -> reader.floats(name);
                case I32, I64 -> reader.longs(name);
                default -> assertThat(reader.entry(name).bytes()).isNotNegative();
            }
        }
    }

    private byte[] small() throws IOException {
        Path file = directory.resolve("small.safetensors");
        new SafetensorsWriter()
                .add("ids", new long[] {1, 2, 3}, 3)
                .add("weights", new float[] {1, 2, 3, 4, 5, 6}, 2, 3)
                .add("scalar", new float[] {7})
                .write(file);
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                .contains("weights");
        return Files.readAllBytes(file);
    }
}
