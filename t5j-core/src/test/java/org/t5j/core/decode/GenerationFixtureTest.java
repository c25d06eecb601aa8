package org.t5j.core.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** That the golden generation runs are read completely and consistently. */
class GenerationFixtureTest {
    static final List<String> MODELS = GenerationFixture.MODELS;

    @ParameterizedTest
    @FieldSource("MODELS")
    void all_runs_are_read(String model) {
        GenerationFixture fixture = GenerationFixture.read(model);
        int batch = fixture.inputIds().length;

        assertThat(fixture.attentionMask()).hasDimensions(batch, fixture.inputIds()[0].length);
        assertThat(fixture.runs())
                .extracting(GenerationFixture.Run::name)
                .containsExactly(
                        "greedy",
                        "beam4_lp0.6",
                        "beam4_lp0.6_early",
                        "beam4_lp1.0",
                        "beam2_lp2.0",
                        "beam4_ret4_lp0.6",
                        "greedy_norepeat2",
                        "greedy_reppen1.3",
                        "greedy_minlen8");
        assertThat(fixture.runs()).allSatisfy(run -> {
            GenerationConfig config = run.config();
            assertThat(run.sequences()).hasSize(batch * config.numReturnSequences());
            assertThat(run.sequences()).allSatisfy(tokens -> assertThat(
                            tokens.length == config.maxNewTokens() || tokens[tokens.length - 1] == config.eosTokenId())
                    .isTrue());
            assertThat(run.scores() == null).isEqualTo(config.numBeams() == 1);
        });
    }

    @ParameterizedTest
    @FieldSource("MODELS")
    void arguments_become_configurations(String model) {
        List<GenerationFixture.Run> runs = GenerationFixture.read(model).runs();
        GenerationConfig greedy = runs.get(0).config();
        assertThat(runs.get(2).config())
                .isEqualTo(greedy.toBuilder()
                        .numBeams(4)
                        .lengthPenalty(0.6)
                        .earlyStopping(EarlyStopping.TRUE)
                        .build());
        assertThat(runs.get(6).config())
                .isEqualTo(greedy.toBuilder().noRepeatNgramSize(2).build());
        assertThat(runs.get(7).config())
                .isEqualTo(greedy.toBuilder().repetitionPenalty(1.3).build());
        assertThat(runs.get(8).config())
                .isEqualTo(greedy.toBuilder().minLength(8).build());
    }
}
