package org.t5j.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sentinels, special ids, bad ids and use by many threads, on the committed vocabulary of 1000 pieces. */
class SentencePieceTokenizerTest {

    private final SentencePieceTokenizer tokenizer = SentencePieceTokenizer.load(Goldens.resource("uni1k_en.model"));

    @Test
    void sentinelsFollowThePiecesFromTheHighestIdDown() {
        assertThat(tokenizer.vocabSize()).isEqualTo(1100);
        assertThat(tokenizer.sentinelCount()).isEqualTo(100);
        assertThat(tokenizer.sentinelId(0)).isEqualTo(1099);
        assertThat(tokenizer.sentinelId(99)).isEqualTo(1000);
        assertThat(tokenizer.piece(1099)).isEqualTo("<extra_id_0>");
        assertThat(tokenizer.piece(1000)).isEqualTo("<extra_id_99>");
    }

    @Test
    void sentinelsAreRecognisedInTextAndComeBackWhenDecoded() {
        String text = "<extra_id_0> the king <extra_id_1> of Israel";
        assertThat(tokenizer.encodePieces(text))
                .contains("<extra_id_0>", "<extra_id_1>")
                .doesNotContain("<");
        assertThat(tokenizer.decode(tokenizer.encode(text))).isEqualTo(text);
        assertThat(tokenizer.encode(text)).startsWith(tokenizer.sentinelId(0));
    }

    @Test
    void outputsOfAModelWithMoreRowsThanIdsAreDecodedWithoutThem() {
        int[] ids = {tokenizer.encode("the")[0], 1100, 1151, tokenizer.encode("king")[0]};
        assertThat(tokenizer.decodeOutput(ids)).isEqualTo(tokenizer.decode(ids[0], ids[3]));
    }

    @Test
    void anIdBeyondTheVocabularyMayBeASentinel() {
        SentencePieceTokenizer without = SentencePieceTokenizer.load(Goldens.resource("uni1k_en.model"), 0);
        assertThatThrownBy(() -> without.decode(1099))
                .isInstanceOf(TokenizerException.class)
                .hasMessageContaining("1099 is not in the vocabulary, which has the ids 0 to 999")
                .hasMessageContaining("another vocabulary, or with sentinels (extraIds)?");
    }

    @Test
    void aLoneSurrogateIsEncodedAsTheReplacementCharacter() {
        for (String text : List.of("a\uD83Db", "\uDE00")) {
            String replaced = text.replaceAll("[\uD83D\uDE00]", "\uFFFD");
            assertThat(tokenizer.encode(text)).isEqualTo(tokenizer.encode(replaced));
            assertThat(tokenizer.encodePieces(text)).isEqualTo(tokenizer.encodePieces(replaced));
        }
        assertThatThrownBy(() -> tokenizer.encode(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> ByteTokenizer.huggingFace(0).encode(null)).isInstanceOf(NullPointerException.class);
        assertThat(ByteTokenizer.huggingFace(0).encode("\uD83D"))
                .isEqualTo(ByteTokenizer.huggingFace(0).encode("\uFFFD"));
    }

    @Test
    void aNumberBeyondTheSentinelsIsText() {
        assertThat(tokenizer.encode("<extra_id_100>"))
                .isEqualTo(SentencePieceTokenizer.load(Goldens.resource("uni1k_en.model"), 0)
                        .encode("<extra_id_100>"));
        assertThat(tokenizer.encode("<extra_id_99999999999>")).isNotEmpty();
    }

    @Test
    void textWithoutContentHasNoIds() {
        for (String text : List.of("", " ", "\n \t", "\u200B")) {
            assertThat(tokenizer.encode(text)).isEmpty();
            assertThat(tokenizer.encodePieces(text)).isEmpty();
        }
        assertThat(tokenizer.decode()).isEmpty();
    }

    @Test
    void controlPiecesDecodeToNothing() {
        int[] ids = tokenizer.encode("the king");
        int[] padded = IntStream.concat(IntStream.of(ids), IntStream.of(tokenizer.eosId(), tokenizer.padId()))
                .toArray();
        assertThat(tokenizer.decode(padded)).isEqualTo("the king");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1100, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void anIdOutsideTheVocabularyIsNamed(int id) {
        assertThatThrownBy(() -> tokenizer.decode(5, id))
                .isInstanceOf(TokenizerException.class)
                .hasMessageContaining(String.valueOf(id))
                .hasMessageContaining("1099");
        assertThatThrownBy(() -> tokenizer.piece(id)).isInstanceOf(TokenizerException.class);
        assertThatThrownBy(() -> tokenizer.sentinelId(id)).isInstanceOf(TokenizerException.class);
    }

    @Test
    void anImpossibleNumberOfSentinelsIsRefused() {
        assertThatThrownBy(() -> SentencePieceTokenizer.of(tokenizer.model(), -1))
                .isInstanceOf(TokenizerException.class)
                .hasMessageContaining("extraIds is -1");
    }

    @Test
    void aVeryLongTextIsEncodedAsItsParts() {
        String sentence = "And the king said unto the people. ";
        String longText = sentence.repeat(60_000).trim();
        int[] one = tokenizer.encode(sentence.trim());
        int[] all = tokenizer.encode(longText);
        assertThat(all.length).isEqualTo(60_000 * one.length);
        assertThat(tokenizer.decode(all)).isEqualTo(longText);
    }

    @Test
    void manyThreadsGetTheSameIds() {
        List<String> lines = Goldens.committedLines();
        List<int[]> expected = lines.stream().map(tokenizer::encode).toList();
        IntStream.range(0, 20 * lines.size()).parallel().forEach(i -> {
            int line = i % lines.size();
            assertThat(tokenizer.encode(lines.get(line))).isEqualTo(expected.get(line));
        });
    }
}
