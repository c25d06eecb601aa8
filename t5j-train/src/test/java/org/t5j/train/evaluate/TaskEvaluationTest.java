package org.t5j.train.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.t5j.core.T5Model;
import org.t5j.data.DataException;
import org.t5j.data.Example;
import org.t5j.data.source.Source;
import org.t5j.data.task.Postprocessor;
import org.t5j.data.task.Task;
import org.t5j.tokenizer.ByteTokenizer;
import org.t5j.train.Fixtures;

/** How the scores of a task's metrics are called, and which way they go. */
class TaskEvaluationTest {

    private static TaskEvaluation evaluation(String... metrics) {
        Task.Builder task = Task.builder("t").source(Task.TEST, Source.of(List.of(Example.of("a", "1"))));
        List.of(metrics).forEach(task::metric);
        return new TaskEvaluation(task.build(), Task.TEST, ByteTokenizer.original(), 1, 1, 1);
    }

    @Test
    void theMainScoreIsTheFirstThatTheFirstMetricNames() {
        assertThat(evaluation("squad", "accuracy").mainScore()).isEqualTo("t/em");
        assertThat(evaluation("rouge").mainScore()).isEqualTo("t/rouge2");
        assertThat(evaluation("bleu_intl", "bleu").mainScore()).isEqualTo("t/bleu_intl");
        assertThat(evaluation().mainScore()).isEqualTo("t/loss");
    }

    private static final Example UNKNOWN = Example.of("b", "?");

    /** A task in which the target ? stands for an answer that is not known. */
    private static TaskEvaluation partly(Example... examples) {
        Task task = Task.builder("t")
                .source(Task.TEST, Source.of(List.of(examples)))
                .postprocess(new Postprocessor() {
                    @Override
                    public String prediction(String text, Example example) {
                        return text;
                    }

                    @Override
                    public boolean hasLabel(Example example) {
                        return !example.targets().equals("?");
                    }
                })
                .metric("bleu")
                .targetLength(4)
                .build();
        return new TaskEvaluation(task, Task.TEST, ByteTokenizer.original(), 2, 9, 1);
    }

    @Test
    void aSplitWithoutLabelsIsAnsweredAndNotScored() {
        TaskEvaluation unlabelled = partly(UNKNOWN, UNKNOWN);
        assertThat(unlabelled.scoreNames()).isEmpty();
        assertThat(unlabelled.signatures()).isEmpty();
        Evaluator alone = Evaluator.of(List.of(unlabelled), null);
        assertThat(alone.scores()).isFalse();
        Evaluator beside = Evaluator.of(List.of(unlabelled, partly(Example.of("a", "1"))), null);
        assertThat(beside.scores()).isTrue();
        assertThat(beside.bestScore()).isEqualTo("t/bleu");
        try (T5Model model = Fixtures.fineTuning(Fixtures.vocabulary(), Fixtures.vocabulary())
                .model()
                .create(ByteTokenizer.original().vocabSize(), 3)) {
            EvaluationReport report = alone.evaluate(model, 1);
            assertThat(report.scores()).isEmpty();
            assertThat(report.predictions())
                    .extracting(Evaluation.Prediction::inputs)
                    .containsExactly("b", "b");
            assertThat(beside.evaluate(model, 1).scores()).containsOnlyKeys("t/bleu", "t/loss", "t/perplexity");
        }
    }

    @Test
    void aSplitWithSomeLabelsIsRefusedBeforeItIsAnswered() {
        assertThatThrownBy(() -> partly(Example.of("a", "1"), UNKNOWN))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("1 of the 2 examples of task 't', split 'test', have no label");
    }

    @Test
    void everyScoreCanBeChosenAndHasTheDirectionOfItsMetric() {
        TaskEvaluation evaluation = evaluation("edit_distance", "rouge");
        assertThat(evaluation.scoreNames())
                .contains("t/mean_edit", "t/sum_edit", "t/rouge1", "t/rougeLsum", "t/loss")
                .contains(evaluation.mainScore());
        assertThat(evaluation.higherIsBetter("t/mean_edit")).isFalse();
        assertThat(evaluation.higherIsBetter("t/max_edit")).isFalse();
        assertThat(evaluation.higherIsBetter("t/rouge1")).isTrue();
        assertThat(evaluation.higherIsBetter("t/loss")).isFalse();
    }

    @Test
    void signaturesAreNamedAsTheirScores() {
        TaskEvaluation evaluation = evaluation("bleu_intl", "accuracy");
        Map<String, String> expected =
                Map.of("t/bleu_intl", "nrefs:1|case:mixed|eff:no|tok:intl|smooth:exp|version:t5j");
        assertThat(evaluation.signatures()).isEqualTo(expected);
        assertThat(Evaluator.of(List.of(evaluation), null).signatures()).isEqualTo(expected);
    }
}
