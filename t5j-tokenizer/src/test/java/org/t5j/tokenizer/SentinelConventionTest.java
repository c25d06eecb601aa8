package org.t5j.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.t5j.tokenizer.model.ModelProto;
import org.t5j.tokenizer.model.Piece;

/** Models that hold their own sentinels, as those of seqio and mT5 do, and choices that do not go together. */
class SentinelConventionTest {

    private final ModelProto plain = ModelProto.read(Goldens.resource("uni1k_en.model"));
    private final ModelProto combined = plain.withSentinels(100);

    @Test
    void sentinelsAreAddedAsUserDefinedPiecesWithTheFirstOneLast() {
        assertThat(combined.pieces()).hasSize(1100);
        assertThat(combined.pieces().subList(0, 1000)).isEqualTo(plain.pieces());
        assertThat(combined.pieces().get(1099)).isEqualTo(new Piece("\u2581<extra_id_0>", 0, Piece.Type.USER_DEFINED));
        assertThat(combined.pieces().get(1000).text()).isEqualTo("\u2581<extra_id_99>");
        assertThat(ModelProto.parse(combined.toBytes()).toBytes()).isEqualTo(combined.toBytes());
        assertThat(plain.sentinelCount()).isZero();
        assertThat(combined.sentinelCount()).isEqualTo(100);
    }

    @Test
    void aModelThatHoldsSentinelsGetsNoOthers() {
        for (int extraIds : new int[] {0, 100}) {
            SentencePieceTokenizer tokenizer = SentencePieceTokenizer.of(combined, extraIds);
            assertThat(tokenizer.convention()).isEqualTo(SentinelConvention.SEQIO);
            assertThat(tokenizer.vocabSize()).isEqualTo(1100);
            assertThat(tokenizer.sentinelCount()).isEqualTo(100);
            assertThat(tokenizer.sentinelId(0)).isEqualTo(1099);
            assertThat(tokenizer.sentinelId(99)).isEqualTo(1000);
            assertThat(tokenizer.encode("the <extra_id_7>")).endsWith(1092);
            assertThat(tokenizer.model()).isSameAs(combined);
        }
        assertThat(SentencePieceTokenizer.of(plain, 100, SentinelConvention.SEQIO)
                        .model())
                .isEqualTo(combined);
    }

    @Test
    void choicesThatDoNotGoTogetherAreRefused() {
        assertThatThrownBy(() -> SentencePieceTokenizer.of(combined, 100, SentinelConvention.HF_LEGACY))
                .isInstanceOf(TokenizerException.class)
                .hasMessageContaining("the model holds 100 sentinels")
                .hasMessageContaining("SEQIO");
        assertThatThrownBy(() -> SentencePieceTokenizer.of(plain, 5, SentinelConvention.NONE))
                .isInstanceOf(TokenizerException.class)
                .hasMessageContaining("extraIds is 5");
        assertThatThrownBy(() -> combined.withSentinels(100))
                .isInstanceOf(TokenizerException.class)
                .hasMessageContaining("holds 100");
        assertThatThrownBy(() -> plain.withSentinels(0))
                .isInstanceOf(TokenizerException.class)
                .hasMessageContaining("add at least 1");
    }

    @Test
    void withoutSentinelsNothingIsFoundInText() {
        SentencePieceTokenizer raw = SentencePieceTokenizer.of(plain, 0, SentinelConvention.HF_EXACT);
        assertThat(raw.convention()).isEqualTo(SentinelConvention.NONE);
        assertThat(raw.encode("a</s>")).doesNotContain(raw.eosId());
    }
}
