package org.t5j.data.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.t5j.data.DataException;
import org.t5j.data.Example;
import org.t5j.data.metric.Metrics;
import org.t5j.data.preprocess.Preprocessors;
import org.t5j.data.source.Source;

/** Tasks, mixtures, rates and the registry: what they do and what they refuse. */
class TaskTest {

    private static Task task(String name, int size) {
        List<Example> examples = IntStream.range(0, size)
                .mapToObj(i -> Example.of("in " + i, "out " + i))
                .toList();
        return Task.builder(name).source(Task.TRAIN, Source.of(examples)).build();
    }

    @Test
    void preprocessorsRunInTheirOrderAndMayDropOrMultiply() {
        Task task = Task.builder("t")
                .source(Task.TRAIN, Source.of(List.of(Example.of("a b", "x"), Example.of("c", "y"))))
                .preprocess(example -> List.of(example, example.with(Example.TARGETS, "z")))
                .preprocess(Preprocessors.filter(example -> !example.targets().equals("y")))
                .prefix("go: ")
                .preprocess(Preprocessors.rekey(Map.of("inputs", "inputs", "targets", "targets", "copy", "inputs")))
                .build();
        List<Example> examples = task.examples(Task.TRAIN);
        assertThat(examples).extracting(Example::targets).containsExactly("x", "z", "z");
        assertThat(examples).extracting(Example::inputs).containsExactly("go: a b", "go: a b", "go: c");
        assertThat(examples.get(0).get("copy")).isEqualTo("go: a b");
        assertThat(task.examples(Task.TRAIN, 2)).hasSize(2);
    }

    @Test
    void aFilterThatKeepsNothingIsNamed() {
        Task task = Task.builder("t")
                .source(Task.TRAIN, Source.of(List.of(Example.of("a", "x"))))
                .preprocess(Preprocessors.filter(example -> false))
                .build();
        assertThatThrownBy(() -> task.examples(Task.TRAIN))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("leave no example of split 'train'");
    }

    @Test
    void anUnknownSplitOrFieldIsNamed() {
        assertThatThrownBy(() -> task("t", 1).examples("trian"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no split of task 't' named 'trian'. Did you mean 'train'?");
        assertThatThrownBy(() -> Example.of("a", "b").get("label"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("has no field 'label' (it has [inputs, targets])");
    }

    @Test
    void anIncompleteTaskIsRefused() {
        assertThatThrownBy(() -> Task.builder("t").build())
                .isInstanceOf(DataException.class)
                .hasMessageContaining("has no source");
        assertThatThrownBy(() -> Task.builder("t")
                        .source(Task.TRAIN, Source.of(List.of(Example.of("a", "b"))))
                        .targetLength(1)
                        .build())
                .isInstanceOf(DataException.class)
                .hasMessageContaining("must be at least 2");
    }

    @Test
    void postprocessingAppliesToBothSides() {
        Task task = Task.builder("t")
                .source(Task.TRAIN, Source.of(List.of(Example.of("a", "Yes "))))
                .postprocess(text -> text.strip().toLowerCase(Locale.ROOT))
                .metric("accuracy")
                .metric("word_error_rate")
                .build();
        assertThat(task.score(task.examples(Task.TRAIN), List.of(" yes")))
                .containsExactly(Map.entry("accuracy", 100.0), Map.entry("word_error_rate", 0.0));
    }

    private static Task.Builder scoredBy(String... metrics) {
        Task.Builder builder = Task.builder("t").source(Task.TRAIN, Source.of(List.of(Example.of("a", "1"))));
        List.of(metrics).forEach(builder::metric);
        return builder;
    }

    @Test
    void aMetricMayGiveSeveralScoresAndSaysWhichIsTheMainOne() {
        Task task = scoredBy("squad", "word_error_rate", "bleu").build();
        assertThat(task.scores().keySet()).containsExactly("em", "f1", "word_error_rate", "bleu");
        assertThat(task.scores().get("f1").higherIsBetter()).isTrue();
        assertThat(task.scores().get("word_error_rate").higherIsBetter()).isFalse();
        assertThat(task.score(task.examples(Task.TRAIN), List.of("1")).keySet())
                .containsExactlyElementsOf(task.scores().keySet());
        assertThat(task.signatures(task.examples(Task.TRAIN)))
                .isEqualTo(Map.of("bleu", "nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp|version:t5j"));
    }

    @Test
    void everyMetricGivesTheScoresThatItNames() {
        Example example = Example.of("", "1")
                .with("idx.question", "0")
                .with("idx.passage", "0")
                .with("idx.query", "0");
        for (String metric : Metrics.names()) {
            Task task = Task.builder("t")
                    .source(Task.TRAIN, Source.of(List.of(example)))
                    .metric(metric)
                    .build();
            for (String prediction : List.of("1", "", "0", " ", "😀")) {
                assertThat(task.score(List.of(example), List.of(prediction)).values())
                        .as("%s of '%s'", metric, prediction)
                        .isNotEmpty()
                        .allMatch(Double::isFinite);
            }
        }
    }

    @Test
    void twoMetricsThatGiveAScoreOfTheSameNameAreRefused() {
        assertThatThrownBy(() -> scoredBy("f1", "squad").build())
                .isInstanceOf(DataException.class)
                .hasMessage("Metrics 'f1' and 'squad' of task 't' both give a score 'f1'. Leave one of them out.");
    }

    @Test
    void aMetricThatGivesOtherScoresThanItNamesIsExplained() {
        Task task = scoredBy().metric("mine", results -> Map.of("yours", 1.0)).build();
        assertThatThrownBy(() -> task.score(task.examples(Task.TRAIN), List.of("1")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("Metric 'mine' of task 't' says that it scores [mine], but gave [yours].");
    }

    @Test
    void proportionalRatesLimitAfterScalingAndBeforeTheTemperature() {
        MixingRate rate = MixingRate.proportional(1000, 2, 2);
        assertThat(rate.rate(200)).isCloseTo(20, within(1e-12));
        assertThat(rate.rate(1_000_000)).isCloseTo(Math.sqrt(1000), within(1e-12));
        assertThat(MixingRate.equal().rate(5)).isEqualTo(MixingRate.equal().rate(500));
        assertThatThrownBy(() -> MixingRate.constant(0)).isInstanceOf(DataException.class);
        assertThatThrownBy(() -> MixingRate.proportional(0, 1, 1)).isInstanceOf(DataException.class);
    }

    @Test
    void theRegistryAnswersUnknownNamesWithTheNearest() {
        TaskRegistry registry = new TaskRegistry()
                .add(task("sentiment", 1))
                .add(task("translation", 1))
                .add(Mixture.of("both", MixingRate.equal(), task("sentiment", 1), task("translation", 1)));
        assertThat(registry.task("sentiment").name()).isEqualTo("sentiment");
        assertThat(registry.mixture("both").members()).hasSize(2);
        assertThatThrownBy(() -> registry.task("sentimnet"))
                .isInstanceOf(DataException.class)
                .hasMessage("There is no task named 'sentimnet'. Did you mean 'sentiment'? "
                        + "Known: sentiment, translation.");
        assertThatThrownBy(() -> registry.task("bogus"))
                .hasMessage("There is no task named 'bogus'. Known: sentiment, translation.");
        assertThatThrownBy(() -> registry.add(task("both", 1)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("already is a mixture named 'both'");
        assertThatThrownBy(() -> registry.add(task("sentiment", 1))).isInstanceOf(DataException.class);
    }

    @Test
    void mixturesAreWrittenByRatesOrBySize() {
        TaskRegistry registry = new TaskRegistry().add(task("a", 100)).add(task("b", 400));
        Mixture bySize =
                new MixtureConfig("m", null, List.of("a", "b"), null, null, 2.0, null, null).toMixture(registry);
        assertThat(bySize.members())
                .extracting(member -> member.rate().rate(400))
                .containsExactly(20.0, 20.0);
        Mixture byRate =
                new MixtureConfig("m", Map.of("a", 3.0), List.of(), null, null, null, null, null).toMixture(registry);
        assertThat(byRate.members().get(0).rate().rate(1)).isEqualTo(3);
        assertThatThrownBy(() -> new MixtureConfig("m", null, null, null, null, null, null, null))
                .isInstanceOf(DataException.class);
        assertThatThrownBy(() -> Mixture.of("m", MixingRate.equal(), task("a", 1), task("a", 1)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("has a task twice");
    }

    @Test
    void taskConfigurationsAreChecked() {
        assertThatThrownBy(() -> config("tsv", List.of("a", "b"), "text", "b", null))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("Task 't' takes 'text', but its columns are [a, b]");
        assertThatThrownBy(() -> config("tsv", List.of("a", "b"), "a", "b", List.of("acc")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("Did you mean 'accuracy'?");
        assertThatThrownBy(
                        () -> config("tsx", List.of("a", "b"), "a", "b", null).toTask(Path.of(".")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("Did you mean 'tsv'?");
        assertThatThrownBy(
                        () -> config("tsv", List.of("a", "b"), "a", "b", null).toTask(Path.of(".")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("There is no file")
                .hasMessageContaining("nowhere.tsv");
        assertThat(config("jsonl", null, null, null, null).columns()).containsExactly("input", "target");
        assertThat(config("lines", null, null, null, null).input()).isEqualTo("text");
    }

    private static TaskConfig config(
            String format, List<String> columns, String input, String target, List<String> metrics) {
        return new TaskConfig(
                "t",
                format,
                List.of("nowhere.tsv"),
                null,
                null,
                columns,
                null,
                null,
                null,
                null,
                input,
                target,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                metrics,
                null);
    }
}
