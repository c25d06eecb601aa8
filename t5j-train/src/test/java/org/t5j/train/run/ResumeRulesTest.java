package org.t5j.train.run;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.t5j.core.T5Exception;
import org.t5j.train.setup.TrainConfig;

/** What decides the updates of a run stays when it is resumed, of whatever section it is. */
class ResumeRulesTest {
    private static final String MODEL = "model.checkpoint=somewhere";

    private static TrainConfig config(String... settings) {
        return TrainConfig.ofSettings(List.of(settings));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "seed=1",
                "transfer=lora",
                "transfer={name: adapter, width: 7}",
                "average=ema",
                "average={name: uniform, startStep: 7, everySteps: 7}",
                "optim.warmStart=MOMENTS",
                "optim.scheduleOffset=7",
                "optim.lossOnInputs=true",
                "optim.gradClip=7",
                "optim.optimizer.decayRate=0.7",
                "schedule={name: rsqrt, warmupSteps: 7}",
                "objective.noiseDensity=0.7",
                "data.batchSize=7",
                "data.pack=true"
            })
    void whatDecidesTheUpdatesStays(String setting) {
        String key = setting.replaceAll("=.*", "");
        assertThatThrownBy(() -> ResumeRules.check(config(MODEL), config(MODEL, setting)))
                .isInstanceOf(T5Exception.class)
                .hasMessageStartingWith("A resumed run must be configured as it was, but " + key)
                .hasMessageContaining(" was ")
                .hasMessageEndingWith("Put the old values back or start a new run in another directory");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "optim.totalSteps=70000",
                "optim.guard={onNan: SKIP, spikeFactor: 7}",
                "eval={patience: 7, predictions: false}",
                "checkpoint.keepLast=7",
                "logging={tensorboard: false, report: false, parameterNormEverySteps: 7}",
                "memory={recompute: true, check: WARN}",
                "model.checkpoint=elsewhere",
                "data.prefetch=7"
            })
    void whatDoesNotDecideThemMayChange(String setting) {
        assertThatCode(() -> ResumeRules.check(config(MODEL), config(MODEL, setting)))
                .doesNotThrowAnyException();
    }
}
