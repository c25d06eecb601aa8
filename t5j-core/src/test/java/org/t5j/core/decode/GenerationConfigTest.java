package org.t5j.core.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.t5j.core.T5Exception;

/** What a generation configuration refuses, and its derived values. */
class GenerationConfigTest {

    static Arguments[] refused() {
        return new Arguments[] {
            refused(b -> b.maxLength(1), "maxLength must be at least 2", "found 1"),
            refused(b -> b.maxNewTokens(0), "maxLength must be at least 2", "found 1"),
            refused(b -> b.minLength(129), "minLength must be between 0 and maxLength 128", "found 129"),
            refused(b -> b.numBeams(0), "numBeams must be at least 1", "found 0"),
            refused(b -> b.lengthPenalty(Double.NaN), "lengthPenalty must be finite", "found NaN"),
            refused(b -> b.lengthNormalization(null), "lengthNormalization must be POWER or GNMT", "none"),
            refused(b -> b.earlyStopping(null), "earlyStopping must be FALSE, TRUE or NEVER", "none"),
            refused(b -> b.beamRule(null), "beamRule must be HUGGING_FACE or T5X", "none"),
            refused(
                    b -> b.beamRule(BeamRule.T5X).lengthNormalization(LengthNormalization.POWER),
                    "lengthNormalization must be GNMT",
                    "found POWER"),
            refused(b -> b.beamRule(BeamRule.T5X).earlyStopping(EarlyStopping.TRUE), "earlyStopping NEVER", "and TRUE"),
            refused(b -> b.beamRule(BeamRule.T5X).lengthPenalty(-1), "lengthPenalty must be at least 0", "found -1"),
            refused(b -> b.noRepeatNgramSize(-1), "noRepeatNgramSize must be at least 0", "found -1"),
            refused(b -> b.repetitionPenalty(0), "repetitionPenalty must be positive", "found 0"),
            refused(b -> b.numReturnSequences(2), "numReturnSequences must be between 1 and numBeams 1", "found 2"),
            refused(b -> b.numBeams(2).sampling(Sampling.withSeed(1)), "numBeams must be 1 with sampling", "found 2"),
            refused(b -> b.eosTokenId(-1), "eosTokenId must be an id", "found -1"),
            refused(b -> b.sampling(new Sampling(0, 0, 1, 0)), "temperature must be positive", "found 0"),
            refused(b -> b.sampling(new Sampling(1, -1, 1, 0)), "topK must be at least 0", "found -1"),
            refused(b -> b.sampling(new Sampling(1, 0, 1.5, 0)), "topP must be above 0 and at most 1", "found 1.5"),
            refused(b -> b.sampling(new Sampling(1, 0, 1, -0.1, 0)), "minP must be at least 0", "found -0.1"),
        };
    }

    private static Arguments refused(UnaryOperator<GenerationConfig.Builder> change, String rule, String found) {
        return Arguments.of(change, rule, found);
    }

    @ParameterizedTest(name = "{1}, {2}")
    @MethodSource("refused")
    void contradictions_are_refused(UnaryOperator<GenerationConfig.Builder> change, String rule, String found) {
        assertThatThrownBy(() -> change.apply(GenerationConfig.builder()).build())
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining(rule)
                .hasMessageContaining(found);
    }

    @Test
    void a_builder_of_a_configuration_starts_with_its_values() {
        GenerationConfig config = new GenerationConfig(
                30, 2, 1, LengthNormalization.GNMT, 0.6, EarlyStopping.NEVER, 3, 1.1, 4, Sampling.withSeed(9), 5, 6, 7);
        assertThat(config.toBuilder().build()).isEqualTo(config);
    }

    @Test
    void the_start_token_counts_in_the_maximal_length() {
        GenerationConfig config = GenerationConfig.builder().maxNewTokens(20).build();
        assertThat(config.maxLength()).isEqualTo(21);
        assertThat(config.maxNewTokens()).isEqualTo(20);
    }

    @Test
    void rows_are_needed_for_beams_or_for_draws() {
        assertThat(GenerationConfig.builder().numBeams(4).build().rowsPerInput())
                .isEqualTo(4);
        assertThat(GenerationConfig.builder()
                        .sampling(Sampling.withSeed(1))
                        .numReturnSequences(3)
                        .build()
                        .rowsPerInput())
                .isEqualTo(3);
    }
}
