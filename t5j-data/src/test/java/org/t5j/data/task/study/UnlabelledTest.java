package org.t5j.data.task.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.t5j.data.DataException;
import org.t5j.data.Example;
import org.t5j.data.task.Task;

/** Test sets of the study without labels: what they are asked, that they can be ranked, and that nothing scores them. */
class UnlabelledTest {

    @Test
    void unlabelledTestSetsHaveNoTarget() {
        Map<String, String> targets = new LinkedHashMap<>();
        for (String set : List.of("cola", "sst2", "mrpc", "qqp", "stsb", "mnli")) {
            Task task = StudyTasks.task(
                    "glue_" + set + "_v002", "tsv", Map.of("test", List.of(set + "/test.tsv")), MadeData.DIRECTORY);
            targets.put(set, task.examples(Task.TEST).get(0).targets());
            assertUnscored(task);
        }
        for (String set : List.of("boolq", "multirc", "record")) {
            Task task = StudyTasks.task(
                    "super_glue_" + set + "_v102",
                    "jsonl",
                    Map.of("test", List.of(set + "/test.jsonl")),
                    MadeData.DIRECTORY);
            targets.put(set, task.examples(Task.TEST).get(0).targets());
            assertUnscored(task);
        }
        assertThat(targets.remove("stsb")).isEqualTo("-1.0");
        assertThat(targets.values()).containsOnly("<unk>");
    }

    private static void assertUnscored(Task task) {
        List<Example> examples = task.examples(Task.TEST);
        assertThat(examples).noneMatch(task::hasLabel);
        assertThatThrownBy(() -> task.score(examples, MadeData.targets(examples)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(examples.get(0).origin() + " has no label");
    }

    @Test
    void unlabelledExamplesCanBeRanked() {
        Task boolq = StudyTasks.named("super_glue_boolq_v102")
                .ranked()
                .task("jsonl", Map.of("test", List.of("boolq/test.jsonl")), MadeData.DIRECTORY);
        assertThat(boolq.choices(boolq.examples(Task.TEST).get(0))).containsExactly("False", "True");
    }

    @Test
    void winogradTestSetsAreAskedWithoutLabels() {
        Task task = StudyTasks.task(
                "super_glue_wsc_v102_simple_eval",
                "jsonl",
                Map.of("test", List.of("wsc/test.jsonl")),
                MadeData.DIRECTORY);
        assertThat(MadeData.texts(task, Task.TEST))
                .containsExactly("wsc: The fox chased the hen because *it* was hungry . → The fox");
        assertUnscored(task);
    }
}
