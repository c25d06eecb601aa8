package org.t5j.train.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.t5j.data.DataException;
import org.t5j.data.dataset.TrainingData;
import org.t5j.train.Fixtures;
import org.t5j.train.TrainingListener;
import org.t5j.train.TrainingState;
import org.t5j.train.config.ConfigException;
import org.t5j.train.evaluate.EvaluationReport;
import org.t5j.train.run.Training;
import org.t5j.train.run.TrainingResult;
import org.t5j.train.run.VocabularyFiles;

/** Pre-training on a corpus and tasks together, and mixtures of a configuration. */
class MultiTaskTest {
    private static final String TASK =
            "{name: %s, format: tsv, columns: [input, target], train: %s, validation: %2$s, inputLength: 16, targetLength: 4}";

    @TempDir
    Path directory;

    private Path corpus;
    private String tasks;

    @BeforeEach
    void makeFiles() {
        corpus = Fixtures.corpus(directory.resolve("corpus.txt"), 40);
        Path few = Fixtures.pairs(directory.resolve("few.tsv"), 20);
        Path many = Fixtures.pairs(directory.resolve("many.tsv"), 60);
        tasks = "data.tasks=[" + TASK.formatted("few", few) + ", " + TASK.formatted("many", many) + "]";
    }

    private TrainConfig config(String... settings) {
        return Fixtures.pretraining(
                corpus, Stream.concat(Stream.of(tasks), Stream.of(settings)).toArray(String[]::new));
    }

    private TrainingData data(TrainConfig config) {
        return Learning.of(config, VocabularyFiles.of(config.tokenizer()).tokenizer(), directory)
                .data();
    }

    private static void assertShares(TrainingData data, List<String> names, double... shares) {
        assertThat(data.parts()).extracting(part -> part.dataset().name()).isEqualTo(names);
        double sum = data.parts().stream().mapToDouble(TrainingData.Part::rate).sum();
        for (int i = 0; i < shares.length; i++) {
            assertThat(data.parts().get(i).rate() / sum).as(names.get(i)).isCloseTo(shares[i], within(1e-12));
        }
    }

    @Test
    void theCorpusIsLearntWithTheTasks() {
        TrainConfig config = config(
                "data.mixture={name: m, rates: {corpus: 100}, proportional: [few, many], maximum: 50}",
                "data.validationFiles=" + corpus,
                "optim.totalSteps=2",
                "eval.examples=4");
        assertShares(data(config), List.of("corpus", "few", "many"), 100 / 170.0, 20 / 170.0, 50 / 170.0);
        TrainingResult result = Training.of(config).run(directory.resolve("run"), false);
        assertThat(result.state().examples()).isEqualTo(8);
        assertThat(result.scores())
                .containsKeys("validation/loss", "validation/perplexity", "few/accuracy", "many/accuracy", "average");
        TrainingResult resumed = Training.ofRun(directory.resolve("run"), List.of("optim.totalSteps=3"))
                .run(directory.resolve("run"), true);
        assertThat(resumed.state().step()).isEqualTo(3);
    }

    @Test
    void theSharesOfAMixtureAreShown() {
        TrainConfig config = config("data.mixture={name: m, rates: {corpus: 1, few: 20, many: 62.3}}");
        assertThat(Learning.shares(data(config))).isEqualTo("corpus 1.2 %, few 24 %, many 75 %");
    }

    @Test
    void aCorpusThatTeachesHardlyAnythingIsDoubted() {
        assertThat(Learning.doubts(config())).isEmpty();
        assertThat(Learning.doubts(config("objective.inputLength=16", "objective.noiseDensity=0", "data.maxTokens=3")))
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("objective.noiseDensity is 0"),
                        second -> assertThat(second)
                                .startsWith("data.maxTokens is 3, less than objective.inputLength 16"));
    }

    @Test
    void evaluatingOnWhatIsTrainedOnIsDoubted() {
        assertThat(Learning.doubts(config("data.validationFiles=" + corpus)))
                .singleElement()
                .asString()
                .contains("data.validationFiles names " + corpus + ", which data.files names too");
        Logger logger = (Logger) LoggerFactory.getLogger(Learning.class);
        ListAppender<ILoggingEvent> messages = new ListAppender<>();
        messages.start();
        logger.addAppender(messages);
        try {
            Path pairs = Fixtures.pairs(directory.resolve("pairs.tsv"), 20);
            Path others = Fixtures.pairs(directory.resolve("others.tsv"), 20);
            data(Fixtures.fineTuning(pairs, others));
            assertThat(messages.list).isEmpty();
            data(Fixtures.fineTuning(pairs, directory.resolve("../" + directory.getFileName() + "/pairs.tsv")));
        } finally {
            logger.detachAppender(messages);
        }
        assertThat(messages.list).singleElement().satisfies(event -> assertThat(event.getFormattedMessage())
                .startsWith("task 'letter' is evaluated on " + directory.resolve("pairs.tsv")));
    }

    @Test
    void anObjectiveThatDoesNotFitIsAWrongSetting() {
        assertThatThrownBy(() -> data(config("objective={name: span_coruption}")))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("objective: ")
                .hasMessageContaining("span_corruption");
    }

    @Test
    void listenersHearOfAnEvaluationBeforeItsScores() {
        List<String> told = new ArrayList<>();
        TrainConfig config = config("optim.totalSteps=1", "eval.examples=2");
        Training.of(config)
                .listener(new TrainingListener() {
                    @Override
                    public void evaluating(TrainingState state) {
                        told.add("evaluating " + state.step());
                    }

                    @Override
                    public void evaluated(EvaluationReport report) {
                        told.add("evaluated " + report.step());
                    }
                })
                .run(directory.resolve("run"), false);
        assertThat(told).containsExactly("evaluating 1", "evaluated 1");
    }

    @Test
    void severalObjectivesShareTheRateOfTheCorpus() {
        TrainConfig config = config(
                "objective={name: ul2, inputLength: 32, modeTokens: false,"
                        + " rates: {r_3_15: 3, s: 1, r_8_15: 0, x_3_50: 0, x_8_50: 0, x_64_15: 0, x_64_50: 0}}",
                "data.mixture={name: m, rates: {corpus: 8, few: 2}}");
        assertShares(data(config), List.of("corpus/r_3_15", "corpus/s", "few"), 0.6, 0.2, 0.2);
    }

    @Test
    void withoutAMixtureSizesDecide() {
        assertShares(data(config()), List.of("corpus", "few", "many"), 40 / 120.0, 20 / 120.0, 60 / 120.0);
        assertShares(data(Fixtures.pretraining(corpus)), List.of("corpus"), 1);
    }

    @Test
    void mixturesNestAndOneValueLeavesAPartOut() {
        String mixtures = "data.mixtures=[{name: tasks, proportional: [few, many], temperature: 2}]";
        String mixture = "data.mixture={name: all, rates: {corpus: 3, tasks: 1}}";
        double few = Math.sqrt(20) / (Math.sqrt(20) + Math.sqrt(60));
        assertShares(data(config(mixtures, mixture)), List.of("corpus", "few", "many"), 0.75, few / 4, (1 - few) / 4);
        assertShares(
                data(config(mixtures, mixture, "data.mixture.leaveOut=few")), List.of("corpus", "many"), 0.75, 0.25);
        assertShares(
                data(config(mixtures, mixture, "data.mixtures.0.temperature=Infinity")),
                List.of("corpus", "few", "many"),
                0.75,
                0.125,
                0.125);
    }

    @Test
    void aMixtureWithoutTheCorpusOrWithAnUnknownNameIsRefused() {
        assertThatThrownBy(() -> data(config("data.mixture={name: m, rates: {few: 1}}")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("data.mixture does not draw from the corpus of data.files");
        assertThatThrownBy(() -> data(config("mode=FINETUNE", "data.mixture={name: m, rates: {corpus: 1, few: 1}}")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("Mixture 'm' draws from the corpus 'corpus', but there is none. Pre-train");
        assertThatThrownBy(() -> data(config("data.mixture={name: m, rates: {corpus: 1, man: 1}}")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("data: mixture \"m\" names \"man\"; did you mean \"many\"?");
    }
}
