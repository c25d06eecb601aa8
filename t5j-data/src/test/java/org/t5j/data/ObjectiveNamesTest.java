package org.t5j.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.t5j.data.objective.BertStyle;
import org.t5j.data.objective.Deshuffling;
import org.t5j.data.objective.DropTokens;
import org.t5j.data.objective.IidDenoising;
import org.t5j.data.objective.LanguageModel;
import org.t5j.data.objective.MassStyle;
import org.t5j.data.objective.ObjectiveConfig;
import org.t5j.data.objective.Objectives;
import org.t5j.data.objective.PrefixLm;
import org.t5j.data.objective.RegularSpans;
import org.t5j.data.objective.SpanCorruption;
import org.t5j.data.objective.Ul2;

/** What a program outside of the objectives' package sees of them. */
class ObjectiveNamesTest {
    @Test
    void everyObjectiveHasAPublicClassWithItsName() {
        assertThat(Objectives.names())
                .contains(
                        SpanCorruption.NAME,
                        IidDenoising.NAME,
                        MassStyle.NAME,
                        BertStyle.NAME,
                        DropTokens.NAME,
                        RegularSpans.NAME,
                        PrefixLm.NAME,
                        LanguageModel.NAME,
                        LanguageModel.FULL,
                        Deshuffling.NAME,
                        Ul2.NAME);
        ObjectiveConfig config = ObjectiveConfig.named(PrefixLm.NAME, 32);
        assertThat(Objectives.create(config, new WordTokenizer()).inputLength()).isEqualTo(32);
    }
}
