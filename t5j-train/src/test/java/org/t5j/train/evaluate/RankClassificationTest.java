package org.t5j.train.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.t5j.core.T5Batch;
import org.t5j.core.T5Model;
import org.t5j.data.DataException;
import org.t5j.data.Example;
import org.t5j.data.source.Source;
import org.t5j.data.task.Task;
import org.t5j.tokenizer.Tokenizer;
import org.t5j.train.Fixtures;
import org.t5j.train.run.VocabularyFiles;
import org.t5j.train.setup.TrainConfig;

/** Rank classification against the model's loss of every choice alone, and areas under curves against scikit-learn's. */
class RankClassificationTest {
    private static final List<String> INPUTS =
            List.of("the king walked", "nothing more", "a letter from town", "great joy", "spring", "his sister");

    private final Tokenizer tokenizer = VocabularyFiles.of(
                    TrainConfig.ofSettings(List.of("tokenizer.file=" + Fixtures.vocabulary()))
                            .tokenizer())
            .tokenizer();

    private static Task task(List<String> choices, int... targets) {
        return Task.builder("rank")
                .source(
                        Task.VALIDATION,
                        Source.of(IntStream.range(0, INPUTS.size())
                                .mapToObj(i -> Example.of(INPUTS.get(i), choices.get(targets[i])))
                                .toList()))
                .choices(choices.toArray(new String[0]))
                .inputLength(16)
                .targetLength(16)
                .metric("accuracy")
                .build();
    }

    private T5Model model() {
        return Fixtures.fineTuning(Fixtures.vocabulary(), Fixtures.vocabulary())
                .model()
                .create(tokenizer.vocabSize(), 3);
    }

    /** {@code log p(choice | inputs)} of a batch of one, by the loss. */
    private double[] likelihoods(T5Model model, String inputs, List<String> choices) {
        int[] read = ended(inputs);
        return choices.stream()
                .mapToDouble(choice -> {
                    int[] written = ended(choice);
                    return -model.evaluateLoss(
                                    T5Batch.of(model.config(), 1, read.length, written.length, read, written))
                            .negativeLogLikelihood();
                })
                .toArray();
    }

    private int[] ended(String text) {
        int[] ids = tokenizer.encode(text);
        int[] ended = Arrays.copyOf(ids, ids.length + 1);
        ended[ids.length] = tokenizer.eosId();
        return ended;
    }

    private static int largest(double[] values) {
        return IntStream.range(0, values.length)
                .reduce((a, b) -> values[b] > values[a] ? b : a)
                .getAsInt();
    }

    @Test
    void theLikeliestChoiceIsTheAnswer() {
        List<String> choices = List.of("joy", "the market in spring and nothing", "king");
        Task task = task(choices, 0, 1, 2, 0, 1, 2);
        try (T5Model model = model()) {
            List<String> expected = new ArrayList<>();
            int right = 0;
            int rightPerToken = 0;
            for (int i = 0; i < INPUTS.size(); i++) {
                double[] sums = likelihoods(model, INPUTS.get(i), choices);
                double[] means = IntStream.range(0, sums.length)
                        .mapToDouble(c -> sums[c] / ended(choices.get(c)).length)
                        .toArray();
                expected.add(choices.get(largest(sums)));
                right += largest(sums) == i % 3 ? 1 : 0;
                rightPerToken += largest(means) == i % 3 ? 1 : 0;
            }
            TaskEvaluation evaluation = new TaskEvaluation(task, Task.VALIDATION, tokenizer, 4, 100, 1);
            Evaluation.Result result = evaluation.evaluate(model);
            assertThat(result.predictions())
                    .extracting(Evaluation.Prediction::prediction)
                    .isEqualTo(expected);
            assertThat(result.scores().get("rank/accuracy")).isCloseTo(100.0 * right / 6, within(1e-9));
            assertThat(result.scores().get("rank/accuracy_length_normalized"))
                    .isCloseTo(100.0 * rightPerToken / 6, within(1e-9));
            assertThat(result.scores().get("rank/perplexity"))
                    .isEqualTo(Math.exp(result.scores().get("rank/loss")));
            assertThat(result.scores().keySet())
                    .isEqualTo(evaluation.scoreNames())
                    .doesNotContain("rank/auc_roc");
            assertThat(evaluation.higherIsBetter("rank/accuracy_length_normalized"))
                    .isTrue();
            assertThat(evaluation.higherIsBetter("rank/perplexity")).isFalse();
        }
    }

    @Test
    void twoChoicesAreRankedByTheirOdds() {
        List<String> choices = List.of("nothing", "joy");
        int[] targets = {0, 1, 1, 0, 0, 1};
        try (T5Model model = model()) {
            double[] odds = INPUTS.stream()
                    .mapToDouble(inputs -> {
                        double[] sums = likelihoods(model, inputs, choices);
                        return sums[1] - sums[0];
                    })
                    .toArray();
            int above = 0;
            for (int i = 0; i < targets.length; i++) {
                for (int j = 0; j < targets.length; j++) {
                    above += targets[i] == 1 && targets[j] == 0 && odds[i] > odds[j] ? 1 : 0;
                }
            }
            Map<String, Double> scores = new TaskEvaluation(
                            task(choices, targets), Task.VALIDATION, tokenizer, 5, 100, 1)
                    .evaluate(model)
                    .scores();
            assertThat(scores.get("rank/auc_roc")).isCloseTo(100.0 * above / 9, within(1e-9));
            assertThat(scores).containsKey("rank/auc_pr");
        }
    }

    @Test
    void oneClassAloneHasNoCurve() {
        assertThat(new TaskEvaluation(
                                task(List.of("nothing", "joy"), 0, 0, 0, 0, 0, 0),
                                Task.VALIDATION,
                                tokenizer,
                                5,
                                100,
                                1)
                        .scoreNames())
                .contains("rank/accuracy")
                .doesNotContain("rank/auc_roc", "rank/auc_pr");
    }

    @Test
    void areasUnderCurvesCountTiesByHalf() {
        double[] values = {2.0, 1.5, 1.5, 0.3, -0.2, -0.2, -1.0, -4.0};
        boolean[] positive = {true, false, true, true, false, true, false, false};
        BinaryRanking ranking = new BinaryRanking(values, i -> positive[i]);
        // by counting pairs, and by the definition of scikit-learn's average_precision_score, in Python
        assertThat(ranking.rocArea()).isCloseTo(0.8125, within(1e-12));
        assertThat(ranking.averagePrecision()).isCloseTo(0.7708333333333333, within(1e-12));
        assertThat(new BinaryRanking(new double[] {1, 1, 1}, i -> i == 0).rocArea())
                .isEqualTo(0.5);
    }

    @Test
    void aTargetThatIsNoChoiceIsNamed() {
        Task task = Task.builder("rank")
                .source(Task.VALIDATION, Source.of(List.of(Example.of("a", "maybe"))))
                .choices("yes", "no")
                .build();
        assertThatThrownBy(() -> new TaskEvaluation(task, Task.VALIDATION, tokenizer, 4, 100, 1))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("has the target 'maybe' and the choices [yes, no] of task 'rank'");
    }
}
