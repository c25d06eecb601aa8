package org.t5j.train.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.t5j.core.Architecture;
import org.t5j.core.StepOptions;
import org.t5j.core.T5Batch;
import org.t5j.core.T5Config;
import org.t5j.core.T5Exception;
import org.t5j.core.T5Model;
import org.t5j.core.decode.GenerationConfig;
import org.t5j.core.kernel.CrossEntropy;
import org.t5j.core.layer.Additions;
import org.t5j.train.average.EmaConfig;
import org.t5j.train.average.NoAverage;
import org.t5j.train.average.WeightAverage;
import org.t5j.train.optim.AdafactorConfig;
import org.t5j.train.optim.AdamWConfig;
import org.t5j.train.optim.Optimizer;
import org.t5j.train.optim.OptimizerConfig;
import org.t5j.train.setup.MemorySection;
import org.t5j.train.setup.TrainConfig;
import org.t5j.train.transfer.TrainedParameters;
import org.t5j.train.transfer.TransferConfig;

/** The plan is no less than what is taken, and little more; a run that cannot fit is offered one that does. */
class MemoryPlanTest {

    @ParameterizedTest
    @CsvSource({
        "tiny, adamw, false, 16, 128, 32, 0",
        "tiny, adafactor, true, 16, 128, 32, 1",
        "tiny, adafactor, false, 64, 32, 8, 4",
        "efficient-tiny, adamw, false, 4, 256, 64, 0",
        "efficient-tiny, adafactor, true, 8, 256, 128, 0"
    })
    void isWhatARunTakes(
            String preset, String optimizer, boolean recompute, int rows, int inputs, int targets, int beams) {
        Workload workload = workload(preset, optimizer, recompute, rows, inputs, targets, beams);
        MemoryPlan plan = MemoryPlan.of(workload);
        long measured = measure(workload);
        assertThat(plan.total()).isBetween(measured, measured * 5 / 4);
    }

    /** Less exact where little but activations is held: the quarter that they may grow by weighs more. */
    @ParameterizedTest
    @ValueSource(strings = {"lora", "{name: adapter, width: 64}", "{name: frozen, freeze: 'encoder.*'}", "gradual"})
    void isWhatARunOfATransferMethodTakes(String method) {
        TransferConfig transfer =
                TrainConfig.ofSettings(List.of("transfer=" + method)).transfer();
        Workload all = workload("tiny", "adamw", false, 16, 128, 32, 0);
        Workload workload = new Workload(
                all.model(),
                transfer.additions(),
                model -> new TrainedParameters(
                                model,
                                transfer.of(model.config(), model.parameters().names(), 10))
                        .at(9),
                all.optimizer(),
                all.average(),
                all.pass(),
                all.batchSize(),
                all.gradAcc(),
                all.inputLength(),
                all.targetLength(),
                all.evalBatchSize(),
                all.answers());
        long measured = measure(workload);
        assertThat(MemoryPlan.of(workload).total()).isBetween(measured, measured * 4 / 3);
        if (transfer.additions().lora() != null) {
            assertThat(MemoryPlan.of(workload).total())
                    .isLessThan(MemoryPlan.of(all).total());
        }
    }

    /** The losses of the inputs take far more than those of the targets alone. */
    @Test
    void isWhatARunThatLearnsItsInputsTakes() {
        Workload targets = workload(
                T5Config.preset("tiny").withVocabSize(4096).toBuilder()
                        .architecture(Architecture.DECODER_LM)
                        .build(),
                new StepOptions(0.1f, false, 0, 0, 0, CrossEntropy.PLAIN, 1f));
        Workload inputs = workload(targets.model(), targets.pass().withLossOnInputs(true));
        long measured = measure(inputs);
        assertThat(MemoryPlan.of(inputs).total()).isBetween(measured, measured * 5 / 4);
        assertThat(MemoryPlan.of(targets).total()).isLessThan(measured);
    }

    private static Workload workload(T5Config model, StepOptions pass) {
        Workload all = workload("tiny", "adafactor", false, 16, 128, 16, 0);
        return new Workload(
                model,
                all.additions(),
                all.prepare(),
                all.optimizer(),
                all.average(),
                pass,
                all.batchSize(),
                all.gradAcc(),
                all.inputLength(),
                all.targetLength(),
                all.evalBatchSize(),
                all.answers());
    }

    /** What decides the updates of a run cannot change when it is resumed, so that changing it is no remedy. */
    @Test
    void aResumedRunIsOfferedOnlyWhatItMayChange() {
        Workload workload = workload("efficient-tiny", "adamw", false, 64, 256, 64, 0);
        long recomputed = MemoryPlan.of(workload.recomputing()).total();
        assertThatThrownBy(() -> Preflight.check(workload, MemorySection.Check.REFUSE, recomputed, true))
                .hasMessageContaining("--set memory.recompute=true")
                .hasMessageNotContainingAny("data.batchSize", "gradAcc", "optim.optimizer");
        assertThatThrownBy(() -> Preflight.check(workload, MemorySection.Check.REFUSE, recomputed / 4, true))
                .hasMessageContaining("Nothing that a resumed run may change makes it fit: take a larger machine.")
                .hasMessageContaining("memory.check=WARN");
    }

    /** Bytes held after steps from the shortest batch to the longest, and after evaluating. */
    private static long measure(Workload workload) {
        try (T5Model model = T5Model.create(workload.model(), workload.additions(), 1);
                Optimizer optimizer = workload.optimizer().create(model.kernels());
                WeightAverage average = new WeightAverage(workload.average(), model.parameters(), model.kernels())) {
            long most = 0;
            workload.prepare().accept(model);
            for (int part = 3; part >= 1; part--) {
                T5Batch batch = batch(workload, workload.batchSize() / part);
                model.zeroGradients();
                average.prepare(part);
                model.forwardBackward(batch, workload.pass());
                optimizer.step(model.parameters(), 1e-3);
                most = Math.max(most, model.backend().allocatedBytes());
            }
            model.evaluateLoss(batch(workload, workload.evalBatchSize()));
            for (GenerationConfig search : workload.answers()) {
                int[][] ids = new int[workload.evalBatchSize()][workload.inputLength()];
                Arrays.stream(ids).forEach(row -> Arrays.fill(row, 2));
                try (var state = model.startDecoding(ids, search.numBeams(), search.maxLength())) {
                    state.step(new int[state.rows()]);
                    most = Math.max(most, model.backend().allocatedBytes());
                }
            }
            return Math.max(most, model.backend().allocatedBytes());
        }
    }

    @Test
    void offersWhatFits() {
        Workload workload = workload("efficient-tiny", "adamw", false, 64, 256, 64, 0);
        long total = MemoryPlan.of(workload).total();
        assertThatCode(() -> Preflight.check(workload, MemorySection.Check.REFUSE, total, false))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> Preflight.check(workload, MemorySection.Check.REFUSE, total - 1, false))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("activations")
                .hasMessageContaining("memory.check=WARN");
        for (double share : new double[] {0.9, 0.6, 0.4, 0.3}) {
            long free = (long) (share * total);
            assertThatThrownBy(() -> Preflight.check(workload, MemorySection.Check.REFUSE, free, false))
                    .satisfies(e -> assertThat(MemoryPlan.of(advised(workload, e.getMessage()))
                                    .total())
                            .as(e.getMessage())
                            .isLessThanOrEqualTo(free));
        }
        assertThatThrownBy(() -> Preflight.check(workload, MemorySection.Check.REFUSE, 1000, false))
                .hasMessageContaining("Not one row at a time would fit");
        assertThat(Preflight.check(workload, MemorySection.Check.WARN, 1000, false)
                        .total())
                .isEqualTo(total);
    }

    /** The workload with the settings that a message advises. */
    private static Workload advised(Workload workload, String message) {
        Workload advised = workload;
        if (message.contains("--set memory.recompute=true")) {
            advised = advised.recomputing();
        }
        if (message.contains("adafactor")) {
            advised = advised.optimizer(AdafactorConfig.defaults());
        }
        Matcher batch = Pattern.compile("data\\.batchSize=(\\d+) --set optim\\.gradAcc=(\\d+)")
                .matcher(message);
        if (batch.find()) {
            advised = advised.divided(workload.batchSize() / Integer.parseInt(batch.group(1)));
            assertThat(advised.gradAcc()).isEqualTo(Integer.parseInt(batch.group(2)));
        }
        Matcher evaluated = Pattern.compile("eval\\.batchSize=(\\d+)").matcher(message);
        return evaluated.find() ? advised.evaluating(Integer.parseInt(evaluated.group(1))) : advised;
    }

    private static Workload workload(
            String preset, String optimizer, boolean recompute, int rows, int inputs, int targets, int beams) {
        OptimizerConfig config = optimizer.equals("adamw") ? AdamWConfig.defaults() : AdafactorConfig.defaults();
        return new Workload(
                T5Config.preset(preset).withVocabSize(4096),
                Additions.NONE,
                model -> {},
                config,
                beams > 1 ? EmaConfig.defaults() : new NoAverage(),
                new StepOptions(0.1f, false, 0, 0, 0, CrossEntropy.PLAIN, 1f).withRecompute(recompute),
                rows,
                2,
                inputs,
                targets,
                16,
                beams == 0 ? List.of() : List.of(search(beams, targets)));
    }

    private static GenerationConfig search(int beams, int tokens) {
        return GenerationConfig.builder().maxNewTokens(tokens).numBeams(beams).build();
    }

    private static T5Batch batch(Workload workload, int rows) {
        int[] inputs = new int[rows * workload.inputLength()];
        int[] labels = new int[rows * workload.targetLength()];
        Arrays.fill(inputs, 5);
        Arrays.fill(labels, 6);
        return T5Batch.of(workload.model(), rows, workload.inputLength(), workload.targetLength(), inputs, labels);
    }
}
