package org.t5j.tokenizer.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VocabularyListTest {

    /** Right: what {@code printf("%g")} prints. */
    @ParameterizedTest
    @CsvSource({
        "0, 0", "-0.0, -0", "-12, -12", "-3.2188759, -3.21888", "-0.00012345678, -0.000123457",
        "1.5e-7, 1.5e-07", "123456.5, 123456", "1234567, 1.23457e+06", "999999.9, 1e+06", "-100000, -100000"
    })
    void scoresAreWrittenInSixDigits(float score, String expected) {
        assertThat(VocabularyList.sixDigits(score)).isEqualTo(expected);
    }
}
