package org.t5j.tokenizer.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Encoding and checking of UTF-8, against the JDK's. */
class Utf8Test {

    @Test
    void everyCodePointIsEncodedAndMeasuredAsTheJdkDoes() {
        Bytes bytes = new Bytes(1);
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                continue;
            }
            String text = Character.toString(c);
            byte[] expected = text.getBytes(StandardCharsets.UTF_8);
            bytes.clear();
            bytes.append(text, 0, text.length());
            boolean same = bytes.length() == expected.length && bytes.endsWith(expected);
            assertThat(same).as("U+%04X", c).isTrue();
            assertThat(Utf8.length(expected[0])).isEqualTo(expected.length);
            assertThat(Utf8.wellFormedLength(expected, 0, expected.length)).isEqualTo(expected.length);
            if (expected.length > 1) {
                assertThat(Utf8.wellFormedLength(expected, 0, expected.length - 1))
                        .isZero();
            }
        }
    }

    @Test
    void aLoneSurrogateBecomesTheReplacementCharacter() {
        Bytes bytes = new Bytes(1);
        bytes.append("a\uD800b\uDC00", 0, 4);
        assertThat(bytes.toString()).isEqualTo("a\uFFFDb\uFFFD");
    }

    @Test
    void malformedBytesAreNotWellFormed() {
        int[][] malformed = {
            {0x80}, {0xC0, 0x80}, {0xE0, 0x80, 0x80}, {0xED, 0xA0, 0x80}, {0xF4, 0x90, 0x80, 0x80}, {0xFF}
        };
        for (int[] values : malformed) {
            byte[] bytes = new byte[values.length];
            for (int i = 0; i < values.length; i++) {
                bytes[i] = (byte) values[i];
            }
            assertThat(Utf8.isWellFormed(bytes)).isFalse();
        }
    }
}
