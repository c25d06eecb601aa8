package org.t5j.train.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.t5j.core.T5Config;
import org.t5j.core.T5Exception;
import org.t5j.core.T5Model;
import org.t5j.core.layer.Lora;
import org.t5j.train.config.ConfigException;
import org.t5j.train.setup.TrainConfig;

/** Which parameters each method trains and when, and what it refuses. */
class TransferTest {
    private static final T5Config TIED = T5Config.preset("tiny").toBuilder()
            .vocabSize(64)
            .dModel(8)
            .dKv(4)
            .dFf(16)
            .numHeads(2)
            .layers(4, 2)
            .build();
    private static final T5Config UNTIED =
            TIED.toBuilder().tieWordEmbeddings(false).build();

    private static Set<String> trained(TransferConfig config, T5Config model, long step, long totalSteps) {
        try (T5Model made = T5Model.create(model, config.additions(), 1)) {
            Transfer transfer = config.of(model, made.parameters().names(), totalSteps);
            Set<String> names = new TreeSet<>(made.parameters().names());
            names.removeIf(name -> !transfer.trains(name, step));
            return names;
        }
    }

    @Test
    void allTrainsEverything() {
        assertThat(trained(new AllParameters(), TIED, 0, 10))
                .hasSize(1 + 4 * 8 + 2 * 13 + 2 + 2)
                .contains("shared.weight");
    }

    @Test
    void adaptersAreTrainedWithTheirNormsOrWithAll() {
        assertThat(trained(new AdapterLayers(3, AdapterLayers.Norms.ADAPTER), TIED, 0, 10))
                .hasSize(6 * 3)
                .allMatch(name -> name.contains(".adapter."))
                .contains("decoder.block.1.adapter.layer_norm.weight", "encoder.block.3.adapter.wi.weight");
        assertThat(trained(new AdapterLayers(3, AdapterLayers.Norms.ALL), TIED, 0, 10))
                .hasSize(6 * 3 + 4 * 2 + 2 * 3 + 2)
                .contains("encoder.final_layer_norm.weight", "decoder.block.0.layer.1.layer_norm.weight");
    }

    @Test
    void loraTrainsItsMatricesAlone() {
        assertThat(trained(LowRankAdaptation.defaults(), TIED, 0, 10))
                .hasSize(2 * 2 * (4 + 2 * 2))
                .allMatch(Lora::isLora);
    }

    @Test
    void theRankOfLoraIsAtMostThatOfItsMatrices() {
        T5Config wide = TIED.toBuilder().dModel(24).build();
        assertThat(trained(lora(8), wide, 0, 10)).isNotEmpty();
        assertThatThrownBy(() -> trained(lora(9), wide, 0, 10))
                .isInstanceOf(ConfigException.class)
                .hasMessage("transfer.rank must be at most 8, the smaller side of the model's projections [8, 24],"
                        + " found 9");
    }

    private static LowRankAdaptation lora(int rank) {
        return new LowRankAdaptation(rank, 8, 0, List.of("q"));
    }

    @Test
    void embeddingAndHeadAreOneParameterEach() {
        assertThat(trained(new EmbeddingOnly(), TIED, 0, 10)).containsExactly("shared.weight");
        assertThat(trained(new HeadOnly(), UNTIED, 0, 10)).containsExactly("lm_head.weight");
        assertThatThrownBy(() -> trained(new HeadOnly(), TIED, 0, 10))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("its embedding table (tie_word_embeddings)")
                .hasMessageContaining("transfer=embedding");
    }

    @Test
    void namesAreFrozenByPattern() {
        FrozenParameters encoder = new FrozenParameters(List.of("encoder.*", "shared.weight"), List.of("*layer_norm*"));
        assertThat(trained(encoder, TIED, 0, 10))
                .contains("encoder.block.0.layer.0.layer_norm.weight", "decoder.block.0.layer.0.SelfAttention.q.weight")
                .doesNotContain("shared.weight", "encoder.block.0.layer.0.SelfAttention.q.weight");
        assertThatThrownBy(() -> trained(new FrozenParameters(List.of("encodr.*"), null), TIED, 0, 10))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("transfer.freeze holds \"encodr.*\", but no parameter is called so");
        assertThatThrownBy(() -> trained(new FrozenParameters(List.of("encoder.*"), List.of("x")), TIED, 0, 10))
                .hasMessageContaining("transfer.except holds \"x\"");
    }

    @Test
    void whereNothingIsLeftToTrainThatIsSaid() {
        try (T5Model model = T5Model.create(TIED, 1)) {
            Transfer none = new FrozenParameters(List.of("*"), null)
                    .of(TIED, model.parameters().names(), 10);
            assertThatThrownBy(() -> new TrainedParameters(model, none).at(0))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("no parameter to train");
            assertThatThrownBy(() -> new TrainedParameters(model, none).at(3))
                    .hasMessage(
                            "transfer freezes all 63 parameters of the model and leaves no parameter to train; freeze fewer");
        }
    }

    @Test
    void blocksAreUnfrozenFromTheTopOfBothStacks() {
        GradualUnfreezing four = GradualUnfreezing.defaults();
        assertThat(blocks(trained(four, TIED, 0, 100))).containsExactly("decoder.block.1", "encoder.block.3");
        assertThat(blocks(trained(four, TIED, 24, 100))).hasSize(2);
        assertThat(blocks(trained(four, TIED, 25, 100)))
                .containsExactly("decoder.block.1", "encoder.block.2", "encoder.block.3");
        assertThat(blocks(trained(four, TIED, 50, 100))).hasSize(5);
        assertThat(blocks(trained(four, TIED, 75, 100))).hasSize(6);
        assertThat(blocks(trained(four, TIED, 1000, 100))).hasSize(6);
        assertThat(trained(four, UNTIED, 0, 100))
                .contains(
                        "shared.weight",
                        "lm_head.weight",
                        "encoder.final_layer_norm.weight",
                        "encoder.block.0.layer.0.SelfAttention.relative_attention_bias.weight");

        T5Config twelve = TIED.toBuilder().layers(12, 12).build();
        GradualUnfreezing study = new GradualUnfreezing(12, null);
        for (int episode = 0; episode < 12; episode++) {
            long first = (((long) episode << 18) + 11) / 12;
            assertThat(blocks(trained(study, twelve, first, 1 << 18)))
                    .hasSize(2 * (episode + 1))
                    .contains("encoder.block." + (11 - episode), "decoder.block." + (11 - episode));
        }
        assertThat(blocks(trained(new GradualUnfreezing(2, 5L), TIED, 4, 100))).hasSize(1 + 2);
        assertThat(blocks(trained(new GradualUnfreezing(2, 5L), TIED, 5, 100))).hasSize(6);
    }

    private static Set<String> blocks(Set<String> names) {
        Set<String> blocks = new TreeSet<>();
        names.stream()
                .filter(name -> name.contains(".block.") && !name.contains("relative_attention_bias"))
                .forEach(name -> blocks.add(name.replaceFirst("(.*?[.]block[.]\\d+)[.].*", "$1")));
        return blocks;
    }

    @Test
    void settingsAreReadFromYamlAndImpossibleOnesRefused() {
        assertThat(transfer("lora")).isEqualTo(LowRankAdaptation.defaults());
        assertThat(transfer("{name: lora, rank: 4, projections: [q, k, v, o]}"))
                .isEqualTo(new LowRankAdaptation(4, 8, 0, List.of("q", "k", "v", "o")));
        assertThat(transfer("{name: adapter, width: 32, norms: all}"))
                .isEqualTo(new AdapterLayers(32, AdapterLayers.Norms.ALL));
        assertThat(transfer("{name: frozen, freeze: 'encoder.*'}"))
                .isEqualTo(new FrozenParameters(List.of("encoder.*"), null));
        assertThat(TrainConfig.ofSettings(List.of()).transfer()).isEqualTo(new AllParameters());
        assertRefused("{name: lora, projections: [q, wi]}", "projections must be some of q, k, v and o");
        assertRefused("{name: lora, rank: 0}", "rank must be at least 1, found 0");
        assertRefused("{name: adapter, width: 0}", "width must be at least 1, found 0");
        assertRefused("frozen", "freeze must name what is not trained");
        assertRefused("{name: gradual, episodes: 0}", "episodes must be at least 1");
        assertRefused("lroa", "lora");
    }

    private static TransferConfig transfer(String yaml) {
        return TrainConfig.ofSettings(List.of("transfer=" + yaml)).transfer();
    }

    private static void assertRefused(String yaml, String message) {
        assertThatThrownBy(() -> transfer(yaml))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("transfer")
                .hasMessageContaining(message);
    }
}
