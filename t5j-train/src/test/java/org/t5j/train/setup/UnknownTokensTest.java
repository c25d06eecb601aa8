package org.t5j.train.setup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.t5j.data.TokenExample;
import org.t5j.data.dataset.Dataset;

/** A task is doubted where its vocabulary cannot write its targets, and not for a stray character. */
class UnknownTokensTest {
    private static final int UNK = 2;

    /** Every {@code every}-th of 200 examples of ten target tokens has an unknown one. */
    private record Some(int every) implements Dataset, Dataset.Epoch {
        @Override
        public String name() {
            return "digits";
        }

        @Override
        public int inputLength() {
            return 3;
        }

        @Override
        public int targetLength() {
            return 10;
        }

        @Override
        public long examples() {
            return 200;
        }

        @Override
        public long checksum() {
            return every;
        }

        @Override
        public Epoch epoch(long seed, long epoch) {
            return this;
        }

        @Override
        public long size() {
            return 200;
        }

        @Override
        public TokenExample example(long index) {
            int[] targets = {5, 6, 7, 8, 9, 5, 6, 7, 8, 1};
            targets[3] = index % every == 0 ? UNK : 8;
            return new TokenExample(new int[] {UNK, UNK, 1}, targets);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 10 %", "2, 5.0 %", "10, 1.0 %"})
    void saysHowMuchIsUnknown(int every, String share) {
        assertThat(UnknownTokens.doubt(new Some(every), UNK)).hasValueSatisfying(doubt -> assertThat(doubt)
                .contains("Task digits", "does not know " + share, "200 examples", "--character-coverage 1"));
    }

    @ParameterizedTest
    @CsvSource({"40", "200"})
    void toleratesAStrayCharacter(int every) {
        assertThat(UnknownTokens.doubt(new Some(every), UNK)).isEmpty();
    }
}
