package org.t5j.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The published sizes, how they are named, and the shape arithmetic of {@link T5Config}. */
class T5PresetTest {

    @ParameterizedTest
    @CsvSource({
        "small, 60506624",
        "base, 222903552",
        "large, 737668096",
        "3b, 2851598336",
        "11b, 11307321344",
        "v1_1-small, 76961152",
        "v1_1-base, 247577856",
        "v1_1-large, 783150080",
        "v1_1-xl, 2849757184",
        "v1_1-xxl, 11135332352",
        "mt5-small, 300176768",
        "mt5-base, 582401280",
        "mt5-large, 1229581312",
        "mt5-xl, 3742619648",
        "mt5-xxl, 12921057280",
        "byt5-small, 299637760",
        "byt5-base, 581653248",
        "byt5-large, 1228183552",
        "byt5-xl, 3737801728",
        "byt5-xxl, 12906899328",
        "ul2, 19591209984",
        "efficient-tiny, 15570688",
        "efficient-mini, 31220480",
    })
    void publishedModelsHaveTheirPublishedNumberOfWeights(String name, long weights) {
        assertThat(T5Config.preset(name).parameterCount()).isEqualTo(weights);
    }

    @Test
    void theTinyModelOfT5xHasItsNumberOfWeights() {
        T5Config tiny = T5Config.builder()
                .dModel(8)
                .dFf(16)
                .numHeads(4)
                .dKv(3)
                .layers(2, 2)
                .feedForwardType(FeedForwardType.GATED_GELU)
                .tieWordEmbeddings(false)
                .build();
        assertThat(tiny.parameterCount()).isEqualTo(518_240);
        assertThat(tiny.inner()).isEqualTo(12);
    }

    @Test
    void shortcutsAreThePresets() {
        assertThat(T5Config.small()).isEqualTo(T5Config.preset("small"));
        assertThat(T5Config.base()).isEqualTo(T5Config.preset("base"));
        assertThat(T5Config.large()).isEqualTo(T5Config.preset("large"));
        assertThat(T5Config.v1_1Small()).isEqualTo(T5Config.preset("v1_1-small"));
        assertThat(T5Config.v1_1Base()).isEqualTo(T5Config.preset("v1_1-base"));
        assertThat(T5Config.v1_1Large()).isEqualTo(T5Config.preset("v1_1-large"));
    }

    @ParameterizedTest
    @CsvSource({
        "t5-small, SMALL",
        "google-t5/t5-3b, XL",
        "xxl, XXL",
        "google/t5-v1_1-base, V1_1_BASE",
        "v1.1-small, V1_1_SMALL",
        "google/flan-t5-xl, V1_1_XL",
        "google/mt5-base, MT5_BASE",
        "google/byt5-small, BYT5_SMALL",
        "google/t5-efficient-tiny, EFFICIENT_TINY",
    })
    void namesOfTheHubAreUnderstood(String name, T5Preset preset) {
        assertThat(T5Preset.of(name)).isEqualTo(preset);
    }

    @ParameterizedTest
    @EnumSource(T5Preset.class)
    void everyPresetIsFoundByItsName(T5Preset preset) {
        assertThat(T5Preset.of(preset.presetName())).isEqualTo(preset);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1_1-smal", "v11-small", "google/t5-v1_1-smalll"})
    void aMistypedNameIsAnsweredWithTheNearest(String name) {
        assertThatThrownBy(() -> T5Preset.of(name))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("\"" + name + "\"; did you mean \"v1_1-small\"?");
    }

    @Test
    void whatIsNearNoNameIsNotGuessed() {
        assertThatThrownBy(() -> T5Preset.of("huge-one"))
                .isInstanceOf(T5Exception.class)
                .hasMessageStartingWith("There is no model preset \"huge-one\". There are tiny, bench");
        assertThat(NearestName.among(List.of("bench"), "bogus")).isEmpty();
        assertThat(NearestName.among(List.of("test", "train"), "trian")).hasValue("train");
        assertThat(NearestName.among(List.of(), "trian")).isEmpty();
    }

    @Test
    void editDistanceCountsInsertionsDeletionsAndReplacements() {
        assertThat(NearestName.editDistance("kitten", "sitting")).isEqualTo(3);
        assertThat(NearestName.editDistance("", "abc")).isEqualTo(3);
        assertThat(NearestName.editDistance("same", "same")).isZero();
    }

    @Test
    void aBuilderStartsFromAnotherConfigurationAndKeepsWhatIsNotSet() {
        T5Config changed = T5Config.v1_1Small().withDropoutRate(0).withVocabSize(384);
        assertThat(changed.dropoutRate()).isZero();
        assertThat(changed.vocabSize()).isEqualTo(384);
        assertThat(changed.toBuilder().dropoutRate(0.1f).vocabSize(32128).build())
                .isEqualTo(T5Config.v1_1Small());
        assertThat(changed.withLayers(3, 1).numDecoderLayers()).isEqualTo(1);
    }

    @Test
    void tyingDecidesScalingUnlessScalingIsSetAfterwards() {
        assertThat(T5Config.builder().tieWordEmbeddings(false).build().scaleDecoderOutputs())
                .isFalse();
        T5Config mixed = T5Config.builder()
                .tieWordEmbeddings(true)
                .scaleDecoderOutputs(false)
                .build();
        assertThat(mixed.tieWordEmbeddings()).isTrue();
        assertThat(mixed.scaleDecoderOutputs()).isFalse();
    }

    @Test
    void namesOfTheSameActivationAreOneFeedForwardType() {
        assertThat(FeedForwardType.ofHfName("gated-gelu_new")).isEqualTo(FeedForwardType.GATED_GELU);
        assertThat(FeedForwardType.ofHfName("gated-swish")).isEqualTo(FeedForwardType.GATED_SILU);
        assertThat(FeedForwardType.ofHfName("gelu_pytorch_tanh")).isEqualTo(FeedForwardType.GELU);
        assertThatThrownBy(() -> FeedForwardType.ofHfName("gelu"))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("\"gelu\"")
                .hasMessageContaining("gelu_new");
    }
}
