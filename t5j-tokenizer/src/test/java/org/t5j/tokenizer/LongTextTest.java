package org.t5j.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.t5j.tokenizer.model.ModelProto;

/** Lines of ten million characters: what takes quadratic time would take hours. */
class LongTextTest {

    private static final int LENGTH = 10_000_000;
    private static final Map<String, String> LINES = Map.of(
            "letters", "a".repeat(LENGTH),
            "blanks", " ".repeat(LENGTH),
            "blanks between words", "x" + " ".repeat(LENGTH) + "y",
            "blanks before a sentinel", "x" + " ".repeat(LENGTH) + "y <extra_id_0>" + "\u3000".repeat(100_000) + "z",
            "zero bytes", "\0".repeat(LENGTH),
            "half pairs", "\uD800".repeat(LENGTH / 2),
            "sentinels cut off", "<extra_id_1".repeat(LENGTH / 11),
            "a sentinel of many digits", "<extra_id_" + "1".repeat(LENGTH),
            "sentinels", "a <extra_id_1> ".repeat(LENGTH / 30),
            "unknown characters", "\u65E5".repeat(LENGTH / 2));

    @ParameterizedTest
    @EnumSource(names = {"HF_LEGACY", "HF_EXACT"})
    void aLineOfTenMillionCharactersTakesLinearTime(SentinelConvention spacing) {
        SentencePieceTokenizer tokenizer =
                SentencePieceTokenizer.of(ModelProto.read(Goldens.resource("uni1k_en.model")), 100, spacing);
        LINES.forEach((name, line) -> {
            int[] ids = assertTimeoutPreemptively(Duration.ofMinutes(2), () -> tokenizer.encode(line), name);
            assertThat(tokenizer.decode(ids)).as(name).hasSizeLessThanOrEqualTo(2 * line.length());
        });
    }

    @Test
    void placesInALineOfTenMillionCharactersTakeLinearTime() {
        SentencePieceTokenizer tokenizer = SentencePieceTokenizer.load(Goldens.resource("uni1k_en.model"));
        String line = "a <extra_id_1>  \uD83D\uDE00 king ".repeat(LENGTH / 200);
        Encoding encoding = assertTimeoutPreemptively(Duration.ofMinutes(2), () -> tokenizer.encodeWithOffsets(line));
        assertThat(line.substring(encoding.start(encoding.size() - 1)).trim()).isEqualTo("king");
    }
}
