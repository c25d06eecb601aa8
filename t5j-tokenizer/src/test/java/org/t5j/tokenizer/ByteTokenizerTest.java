package org.t5j.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** ByT5's ids: bytes from 3, both conventions of sentinels, special tokens in text, ids that are no UTF-8. */
class ByteTokenizerTest {

    private final ByteTokenizer huggingFace = ByteTokenizer.huggingFace(ByteTokenizer.EXTRA_IDS);
    private final ByteTokenizer original = ByteTokenizer.original();

    @Test
    void aByteIsItsValuePlusThree() {
        assertThat(huggingFace.encode("Life\u20AC")).containsExactly(79, 108, 105, 104, 229, 133, 175);
        assertThat(original.encode("Life\u20AC")).containsExactly(79, 108, 105, 104, 229, 133, 175);
        assertThat(huggingFace.encode("")).isEmpty();
        assertThat(huggingFace.piece(79)).isEqualTo("<0x4C>");
    }

    @Test
    void sentinelsCountUpwardAfterTheBytesInHuggingFace() {
        assertThat(huggingFace.vocabSize()).isEqualTo(384);
        assertThat(huggingFace.sentinelCount()).isEqualTo(125);
        assertThat(huggingFace.sentinelId(0)).isEqualTo(259);
        assertThat(huggingFace.sentinelId(124)).isEqualTo(383);
        assertThat(huggingFace.piece(260)).isEqualTo("<extra_id_1>");
    }

    @Test
    void sentinelsCountDownwardFromTheHighestByteInTheOriginal() {
        assertThat(original.vocabSize()).isEqualTo(259);
        assertThat(original.sentinelCount()).isEqualTo(100);
        assertThat(original.sentinelId(0)).isEqualTo(258);
        assertThat(original.sentinelId(99)).isEqualTo(159);
        assertThat(original.piece(258)).isEqualTo("<0xFF>");
        assertThat(original.encode("a<extra_id_0></s>")).hasSize(17).doesNotContain(258, 1);
        assertThat(original.decode(100, 258, 257, 101)).isEqualTo("ab");
    }

    /** In ByT5Tokenizer pad, eos and unk are AddedTokens with lstrip and rstrip, the sentinels without. */
    @Test
    void specialTokensAreFoundInTextAndSwallowSpaceUnlessTheyAreSentinels() {
        assertThat(huggingFace.encode("a <extra_id_0> b")).containsExactly(100, 35, 259, 35, 101);
        assertThat(huggingFace.encode("a \u00A0</s>\n b<pad> <unk>")).containsExactly(100, 1, 101, 0, 2);
        assertThat(huggingFace.encode("<extra_id_125>")).hasSize(14);
        String text = " <extra_id_0> the\tking <extra_id_124>\u65E5\n";
        assertThat(huggingFace.decode(huggingFace.encode(text))).isEqualTo(text);
    }

    @Test
    void specialTokensAndBytesThatAreNoTextDecodeToNothing() {
        assertThat(huggingFace.decode(0, 100, 2, 1)).isEqualTo("a");
        assertThat(huggingFace.decode(229, 133, 100, 175, 198, 101, 247)).isEqualTo("ab");
        assertThat(huggingFace.decodeOutput(100, 500, 101)).isEqualTo("ab");
        assertThat(huggingFace.encode("\uD800")).isEqualTo(huggingFace.encode("\uFFFD"));
    }

    @Test
    void everyTextComesBack() {
        Random random = new Random(7);
        for (int i = 0; i < 300; i++) {
            String text = random.ints(40, 0, Character.MAX_CODE_POINT + 1)
                    .map(c -> random.nextBoolean() ? c % 128 : c)
                    .filter(c -> c != '<' && (c < 0xD800 || c > 0xDFFF))
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            int[] ids = huggingFace.encode(text);
            assertThat(ids).isEqualTo(original.encode(text)).hasSize(text.getBytes(StandardCharsets.UTF_8).length);
            assertThat(huggingFace.decode(ids)).isEqualTo(text);
            assertThat(original.decode(ids)).isEqualTo(text);
        }
    }

    @Test
    void anIdOrSentinelOutsideTheVocabularyIsNamed() {
        IntStream.of(-1, 384).forEach(id -> assertThatThrownBy(() -> huggingFace.decode(id))
                .isInstanceOf(TokenizerException.class)
                .hasMessageContaining(id + " is not in the vocabulary")
                .hasMessageContaining("383"));
        assertThatThrownBy(() -> original.sentinelId(100))
                .isInstanceOf(TokenizerException.class)
                .hasMessageContaining("no sentinel 100");
        assertThatThrownBy(() -> ByteTokenizer.huggingFace(-1))
                .isInstanceOf(TokenizerException.class)
                .hasMessageContaining("extraIds is -1");
    }
}
