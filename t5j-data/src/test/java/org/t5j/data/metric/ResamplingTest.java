package org.t5j.data.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.t5j.data.Example;

/** Scores of samples: what is found once for each example gives what the metric says of the sample itself. */
class ResamplingTest {
    private static final Set<String> OF_GROUPS = Set.of("multirc", "record");

    static List<String> metricsOfExamples() {
        return Metrics.names().stream()
                .filter(name -> !OF_GROUPS.contains(name))
                .toList();
    }

    /** Texts that every metric can score: classes, which are numbers and words as well. */
    private static List<Scored> results(Random random, int count, boolean numbers) {
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    String target = numbers ? "" + random.nextInt(2) : sentence(random);
                    String prediction = numbers ? "" + random.nextInt(3) : sentence(random);
                    List<String> targets = numbers ? List.of(target) : List.of(target, sentence(random));
                    return new Scored(Example.of("", target), targets, prediction);
                })
                .toList();
    }

    private static String sentence(Random random) {
        return random.ints(3 + random.nextInt(9), 0, 5)
                .mapToObj(word -> "word" + word)
                .collect(Collectors.joining(" "));
    }

    private static boolean isOfNumbers(String metric) {
        return metric.startsWith("f1") || metric.endsWith("corrcoef") || metric.equals("mean_3class_f1");
    }

    @ParameterizedTest
    @MethodSource("metricsOfExamples")
    void aSampleScoresAsItsExamplesDo(String name) {
        Random random = new Random(3);
        List<Scored> results = results(random, 40, isOfNumbers(name));
        Metric metric = Metrics.named(name);
        Resampling resampling = metric.resampling(results);
        assertThat(resampling.units()).isEqualTo(40);
        assertThat(resampling.scores()).isEqualTo(metric.compute(results));
        for (int i = 0; i < 20; i++) {
            int[] drawn = random.ints(40, 0, 40).toArray();
            List<Scored> sample = Arrays.stream(drawn).mapToObj(results::get).toList();
            assertThat(resampling.scores(drawn)).isEqualTo(metric.compute(sample));
        }
    }

    @Test
    void bleuOfASampleIsThatOfTheCorpusItMakesUp() {
        List<Scored> results = results(new Random(5), 3, false);
        Metric bleu = Metrics.named("bleu");
        double twiceTheFirst =
                bleu.resampling(results).scores(new int[] {0, 0, 2}).get("bleu");
        List<Scored> corpus = List.of(results.get(0), results.get(0), results.get(2));
        assertThat(twiceTheFirst)
                .isEqualTo(bleu.compute(corpus).get("bleu"))
                .isNotEqualTo(bleu.compute(results).get("bleu"));
    }

    private static Scored answer(String question, String wanted, String given) {
        return new Scored(Example.of("", wanted).with("idx.question", question), List.of(wanted), given);
    }

    @Test
    void answersToOneQuestionAreDrawnTogether() {
        Metric metric = Metrics.named("multirc");
        Resampling questions = metric.resampling(
                List.of(answer("a", "1", "1"), answer("b", "1", "0"), answer("a", "0", "0"), answer("b", "0", "0")));
        assertThat(metric.fields()).containsExactly("idx.question");
        assertThat(questions.units()).isEqualTo(2);
        assertThat(questions.scores()).containsEntry("exact_match", 50.0);
        assertThat(questions.scores(new int[] {0, 0})).isEqualTo(Map.of("f1", 100.0, "exact_match", 100.0));
        assertThat(questions.scores(new int[] {0, 1, 1}).get("exact_match")).isEqualTo(100 / 3.0);
    }

    @Test
    void aGroupOfOneCountsAsOftenAsItIsDrawn() {
        List<Scored> results = new ArrayList<>();
        for (String query : List.of("1", "1", "2")) {
            Example example = Example.of("", "yes").with("idx.passage", "p").with("idx.query", query);
            results.add(new Scored(example, List.of("yes"), query.equals("1") ? "yes" : "no"));
        }
        Metric metric = Metrics.named("record");
        assertThat(metric.fields()).containsExactly("idx.passage", "idx.query");
        assertThat(metric.resampling(results).units()).isEqualTo(2);
        assertThat(metric.resampling(results).scores(new int[] {0, 0, 1})).containsEntry("em", 200 / 3.0);
    }

    @Test
    void scoresCanBeCalledOtherwise() {
        Resampling resampling = Resampling.of(
                        List.of(1.0, 3.0),
                        drawn -> Map.of(
                                "sum", drawn.stream().mapToDouble(each -> each).sum()))
                .named(name -> "task/" + name);
        assertThat(resampling.scores()).isEqualTo(Map.of("task/sum", 4.0));
        assertThat(resampling.scores(new int[] {1, 1})).isEqualTo(Map.of("task/sum", 6.0));
        assertThatThrownBy(() -> resampling.scores(new int[] {2})).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
