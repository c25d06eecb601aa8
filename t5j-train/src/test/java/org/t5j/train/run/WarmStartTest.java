package org.t5j.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import org.t5j.core.T5Exception;
import org.t5j.core.T5Model;
import org.t5j.core.checkpoint.SafetensorsReader;
import org.t5j.core.tensor.Parameter;
import org.t5j.core.tensor.Tensor;
import org.t5j.train.Fixtures;
import org.t5j.train.ModelExport;
import org.t5j.train.StepReport;
import org.t5j.train.TrainingListener;
import org.t5j.train.TrainingState;
import org.t5j.train.average.NoAverage;
import org.t5j.train.average.WeightAverage;
import org.t5j.train.config.ConfigException;
import org.t5j.train.optim.Optimizer;
import org.t5j.train.setup.TrainConfig;

/** New runs that go on from the moments and the step of another. */
class WarmStartTest {
    private static final String SCHEDULE = "schedule={name: rsqrt, warmupSteps: 4}";

    @TempDir
    static Path once;

    private static Path corpus;
    private static Path first;

    @TempDir
    Path directory;

    @BeforeAll
    static void trainTheFirst() {
        corpus = Fixtures.corpus(once.resolve("corpus.txt"), 60);
        first = once.resolve("first");
        Training.of(config("average={name: ema, decay: 0.7}", "optim.totalSteps=6"))
                .run(first, false);
    }

    private static TrainConfig config(String... settings) {
        List<String> all = new ArrayList<>(List.of(SCHEDULE));
        all.addAll(List.of(settings));
        return Fixtures.pretraining(corpus, all.toArray(String[]::new));
    }

    private static Path checkpoint() {
        return first.resolve("checkpoints/step-6");
    }

    /** The checkpoint without checksums and some of its files. */
    private Path without(String... files) throws IOException {
        Path copy = directory.resolve("copy");
        try (Stream<Path> all = Files.walk(checkpoint())) {
            for (Path file : all.sorted().toList()) {
                Files.copy(file, copy.resolve(checkpoint().relativize(file).toString()));
            }
        }
        Files.delete(copy.resolve("checksums.json"));
        for (String file : files) {
            Files.delete(copy.resolve("training").resolve(file));
        }
        return copy;
    }

    private static TrainConfig following(Path checkpoint, String... settings) {
        List<String> all = new ArrayList<>(List.of("model.checkpoint=" + checkpoint));
        all.addAll(List.of(settings));
        return config(all.toArray(String[]::new));
    }

    /** Makes what a new run begins with, and asserts whose weights and moments these are. */
    private TrainingState begin(Path checkpoint, String weightsFile, boolean moments, String... settings) {
        TrainConfig config = following(checkpoint, settings);
        try (T5Model model = T5Model.load(checkpoint);
                WeightAverage none = new WeightAverage(new NoAverage(), model.parameters(), model.kernels());
                Optimizer optimizer = config.optim().optimizer().create(model.kernels())) {
            CheckpointWeights weights = new CheckpointWeights(model, none, ModelExport.AS_IT_IS);
            TrainingState state = WarmStart.begin(config.optim(), checkpoint, model, weights, optimizer);
            SafetensorsReader expected = SafetensorsReader.open(checkpoint.resolve(weightsFile));
            for (Parameter parameter : model.parameters()) {
                assertThat(model.backend().toArray(parameter.value())).isEqualTo(expected.floats(parameter.name()));
            }
            assertThat(optimizer.state().steps()).isEqualTo(moments ? 6 : 0);
            assertThat(optimizer.state().tensors().isEmpty()).isEqualTo(!moments);
            if (moments) {
                SafetensorsReader saved = SafetensorsReader.open(checkpoint.resolve("training/optimizer.safetensors"));
                assertThat(optimizer.state().tensors().keySet()).isEqualTo(saved.names());
                optimizer.state().tensors().forEach((String name, Tensor tensor) -> assertThat(
                                model.backend().toArray(tensor))
                        .as(name)
                        .isEqualTo(saved.floats(name)));
            }
            return state;
        }
    }

    @Test
    void theWeightsAloneAreThoseThatWereEvaluated() {
        assertThat(begin(checkpoint(), "model.safetensors", false)).isEqualTo(TrainingState.start());
    }

    @Test
    void momentsBelongToTheTrainingWeights() {
        assertThat(begin(checkpoint(), "training/weights.safetensors", true, "optim.warmStart=MOMENTS"))
                .isEqualTo(TrainingState.start());
    }

    @Test
    void theStepOfTheScheduleGoesOnOrIsWhatIsSaid() {
        String step = "optim.warmStart=MOMENTS_AND_STEP";
        assertThat(begin(checkpoint(), "training/weights.safetensors", true, step))
                .isEqualTo(TrainingState.start(6));
        assertThat(begin(checkpoint(), "training/weights.safetensors", true, step, "optim.scheduleOffset=100"))
                .isEqualTo(TrainingState.start(100));
        assertThat(begin(checkpoint(), "model.safetensors", false, "optim.scheduleOffset=100"))
                .isEqualTo(TrainingState.start(100));
    }

    /** As bin/t5j convert --optimizer-states writes a T5X checkpoint. */
    @Test
    void aConvertedCheckpointHasTheStepOfItsOptimizer() throws IOException {
        Path converted = without("state.json", "weights.safetensors");
        assertThat(begin(converted, "model.safetensors", true, "optim.warmStart=MOMENTS_AND_STEP"))
                .isEqualTo(TrainingState.start(6));
    }

    @Test
    void aModelWithoutStatesBeginsAnewAndSaysSo() throws IOException {
        Path model = without("state.json", "weights.safetensors", "optimizer.safetensors");
        Logger logger = (Logger) LoggerFactory.getLogger(WarmStart.class);
        ListAppender<ILoggingEvent> messages = new ListAppender<>();
        messages.start();
        logger.addAppender(messages);
        try {
            assertThat(begin(model, "model.safetensors", false, "optim.warmStart=MOMENTS_AND_STEP"))
                    .isEqualTo(TrainingState.start());
        } finally {
            logger.detachAppender(messages);
        }
        assertThat(messages.list)
                .singleElement()
                .asString()
                .contains("holds no states of an optimizer", "moments begin anew");
    }

    @Test
    void theStatesOfAnotherOptimizerAreRefused() {
        TrainConfig config = following(checkpoint(), "optim.warmStart=MOMENTS", "optim.optimizer=adamw");
        assertThatThrownBy(() -> Training.of(config).run(directory.resolve("second"), false))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("step-6/training/optimizer.safetensors is of another optimizer or model")
                .hasMessageContaining("it lacks decoder.block.0.layer.0.SelfAttention.k.weight.exp_avg")
                .hasMessageContaining("optim.warmStart: NONE");
        assertThat(directory.resolve("second")).doesNotExist();
    }

    /** Only their own run can have trained what a transfer method adds. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"{name: lora, rank: 2};[qv].lora_A.weight", "{name: adapter, width: 4};adapter[.]wi.weight"})
    void whatTransferAddsHasNoMoments(String transfer, String parameter) {
        TrainConfig config = following(checkpoint(), "optim.warmStart=MOMENTS", "transfer=" + transfer);
        assertThatThrownBy(() -> Training.of(config).run(directory.resolve("second"), false))
                .isInstanceOf(ConfigException.class)
                .hasMessageMatching("optim.warmStart is MOMENTS, but transfer adds parameters such as \\S+" + parameter
                        + ", which were not trained in \\S+step-6, so that there are no moments of them to go on with;"
                        + " leave optim.warmStart out \\(NONE\\)");
        assertThat(directory.resolve("second")).doesNotExist();
    }

    @Test
    void loraGoesOnWithItsOwnMoments() {
        String lora = "transfer={name: lora, rank: 2}";
        Path trained = Training.of(following(checkpoint(), lora, "optim.totalSteps=2"))
                .run(directory.resolve("second"), false)
                .last();
        TrainingState state = Training.of(following(trained, lora, "optim.warmStart=MOMENTS", "optim.totalSteps=1"))
                .run(directory.resolve("third"), false)
                .state();
        assertThat(state.step()).isEqualTo(1);
        SafetensorsReader moments =
                SafetensorsReader.open(directory.resolve("third/checkpoints/step-1/training/optimizer.safetensors"));
        assertThat(moments.metadata()).containsEntry("steps", "3");
    }

    /** Their moments would cost memory for nothing. */
    @Test
    void momentsOfFrozenParametersAreLeftBehind() {
        TrainConfig config =
                following(checkpoint(), "optim.warmStart=MOMENTS", "transfer=embedding", "optim.totalSteps=1");
        Path last = Training.of(config).run(directory.resolve("second"), false).last();
        assertThat(SafetensorsReader.open(last.resolve("training/optimizer.safetensors"))
                        .names())
                .isNotEmpty()
                .allMatch(name -> name.startsWith("shared.weight."));
    }

    @Test
    void momentsNeedACheckpoint() {
        assertThatThrownBy(() -> config("optim.warmStart=MOMENTS"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("optim.warmStart is MOMENTS, but there is no checkpoint to take it from")
                .hasMessageContaining("--init");
    }

    @Test
    void aScheduleThatEndsTakesItsEndFromBothRuns() {
        String linear = "schedule={name: linear, base: 0.1, warmupSteps: 0}";
        TrainConfig config = following(checkpoint(), linear, "optim.scheduleOffset=6", "optim.totalSteps=4");
        List<Double> rates = rates(config, directory.resolve("second"));
        assertThat(rates).hasSize(4);
        for (int i = 0; i < 4; i++) {
            assertThat(rates.get(i)).isCloseTo(0.1 * (4 - i) / 10, within(1e-12));
        }
    }

    private static List<Double> rates(TrainConfig config, Path run) {
        List<Double> rates = new ArrayList<>();
        Training.of(config)
                .listener(new TrainingListener() {
                    @Override
                    public void stepped(StepReport report) {
                        rates.add(report.learningRate());
                    }
                })
                .run(run, false);
        return rates;
    }

    @Test
    void aRunThatWentOnResumesBitwise() throws IOException {
        TrainConfig config = following(first, "optim.warmStart=MOMENTS_AND_STEP", "optim.totalSteps=8");
        Path whole = directory.resolve("whole");
        Path broken = directory.resolve("broken");
        List<Double> rates = rates(config, whole);
        assertThat(rates.get(0)).isEqualTo(1 / Math.sqrt(6));
        assertThat(rates.get(7)).isEqualTo(1 / Math.sqrt(13));
        assertThatThrownBy(() ->
                        Training.of(config).listener(Fixtures.crashAfter(6)).run(broken, false))
                .hasMessage("crash");
        Training.ofRun(broken, List.of()).run(broken, true);
        for (String file : List.of("model.safetensors", "training/optimizer.safetensors")) {
            assertThat(broken.resolve("checkpoints/step-8").resolve(file))
                    .hasSameBinaryContentAs(whole.resolve("checkpoints/step-8").resolve(file));
        }
        assertThat(new ObjectMapper()
                        .readTree(broken.resolve("checkpoints/step-8/training/state.json")
                                .toFile())
                        .get("scheduleOffset")
                        .asLong())
                .isEqualTo(6);
    }
}
