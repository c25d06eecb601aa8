package org.t5j.train.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.t5j.data.Example;
import org.t5j.data.source.Source;
import org.t5j.data.task.Task;
import org.t5j.tokenizer.ByteTokenizer;

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
