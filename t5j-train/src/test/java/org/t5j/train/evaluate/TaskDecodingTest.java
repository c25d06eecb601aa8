package org.t5j.train.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.t5j.core.T5Exception;
import org.t5j.core.T5Model;
import org.t5j.core.decode.BeamRule;
import org.t5j.core.decode.EarlyStopping;
import org.t5j.core.decode.GenerationConfig;
import org.t5j.core.decode.LengthNormalization;
import org.t5j.core.decode.Sampling;
import org.t5j.data.Example;
import org.t5j.data.source.Source;
import org.t5j.data.task.Task;
import org.t5j.data.task.TaskGeneration;
import org.t5j.tokenizer.ByteTokenizer;
import org.t5j.train.Fixtures;
import org.t5j.train.setup.TrainConfig;

/** How a task's own way of writing goes over defaults, from YAML to the outputs of evaluations. */
class TaskDecodingTest {
    private static final GenerationConfig GREEDY =
            GenerationConfig.builder().maxLength(20).build();
    private static final GenerationConfig SAMPLING =
            GREEDY.toBuilder().sampling(new Sampling(0.7, 50, 0.9, 0, 3)).build();

    private static TaskGeneration read(String yaml) {
        return config(yaml).data().tasks().get(0).generation();
    }

    private static TrainConfig config(String yaml) {
        return TrainConfig.ofSettings(
                List.of("data.tasks=[{name: t, format: lines, train: [t.txt], generation: {" + yaml + "}}]"));
    }

    private static GenerationConfig over(GenerationConfig defaults, String yaml) {
        return TaskDecoding.over(defaults, read(yaml));
    }

    @Test
    void whatIsLeftOpenIsAsInTheDefaults() {
        assertThat(over(GREEDY, "")).isEqualTo(GREEDY);
        assertThat(TaskDecoding.over(SAMPLING, TaskGeneration.NONE)).isEqualTo(SAMPLING);
        assertThat(TaskDecoding.over(GREEDY, TaskGeneration.NONE)).isEqualTo(GREEDY);
    }

    @Test
    void everyValueReachesTheSearch() {
        assertThat(over(
                        GREEDY,
                        "beams: 4, lengthNormalization: gnmt, lengthPenalty: 0.8, earlyStopping: true, maxLength: 9,"
                                + " minLength: 3, noRepeatNgramSize: 2, repetitionPenalty: 1.5"))
                .isEqualTo(GenerationConfig.builder()
                        .numBeams(4)
                        .lengthNormalization(LengthNormalization.GNMT)
                        .lengthPenalty(0.8)
                        .earlyStopping(EarlyStopping.TRUE)
                        .maxLength(9)
                        .minLength(3)
                        .noRepeatNgramSize(2)
                        .repetitionPenalty(1.5)
                        .build());
        assertThat(over(GREEDY, "sample: true, temperature: 0.5, topK: 5, topP: 0.8, minP: 0.1, seed: 7"))
                .isEqualTo(GREEDY.toBuilder()
                        .sampling(new Sampling(0.5, 5, 0.8, 0.1, 7))
                        .build());
        assertThat(over(SAMPLING, "sample: true, temperature: 0.5").sampling())
                .isEqualTo(new Sampling(0.5, 50, 0.9, 0, 3));
    }

    @Test
    void theRuleOfT5xBringsItsNormalisationAndBeamsEndSampling() {
        GenerationConfig t5x = over(GREEDY, "beams: 4, beamRule: t5x");
        assertThat(t5x.beamRule()).isEqualTo(BeamRule.T5X);
        assertThat(t5x.lengthNormalization()).isEqualTo(LengthNormalization.GNMT);
        assertThat(t5x.lengthPenalty()).isEqualTo(0.6);
        assertThat(over(GREEDY, "beams: 4, beamRule: t5x, lengthPenalty: 1").lengthPenalty())
                .isEqualTo(1);
        assertThat(over(SAMPLING, "beams: 2").sampling()).isNull();
        assertThat(over(SAMPLING, "sample: false")).isEqualTo(GREEDY);
        assertThat(over(t5x, "sample: true").numBeams()).isEqualTo(1);
        assertThat(over(GREEDY.toBuilder().numBeams(2).build(), "beamRule: t5x").lengthPenalty())
                .isEqualTo(0.6);
        assertThatThrownBy(() -> over(GREEDY, "beamRule: t5x"))
                .isInstanceOf(T5Exception.class)
                .hasMessage("beamRule is t5x, but there is no search with beams; set numBeams to 2 or more, or leave it"
                        + " out");
        for (BeamRule rule : BeamRule.values()) {
            assertThat(over(GREEDY, "beams: 2, beamRule: " + rule).beamRule()).isEqualTo(rule);
        }
    }

    @Test
    void whatIsWrongIsRefusedWhenTheConfigurationIsRead() {
        refuses("beams: 0", "task \"t\" cannot generate so: beams must be at least 1 (1: greedy), found 0");
        refuses("beams: 2, sample: true", "beams must be 1 with sampling, found 2");
        refuses("beamRule: t5", "beamRule is \"t5\"; did you mean T5X? Known: HUGGING_FACE, T5X");
        refuses("temperature: 0.5", "temperature is 0.5, but nothing is drawn; set sample too, or leave it out");
        refuses("sample: true, earlyStopping: never", "earlyStopping is never, but there is no search with beams");
        refuses("sample: true, topP: 2", "topP must be above 0 and at most 1");
        refuses("maxLength: 1", "maxLength must be at least 2");
        refuses("beam: 4", "did you mean beams?");
        assertThatThrownBy(() -> TrainConfig.ofSettings(List.of("data.study=[{name: glue_rte_v002, format: tsv,"
                        + " train: [t.tsv], generation: {beams: -1}}]")))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("task \"glue_rte_v002\" cannot generate so: beams must be at least 1");
    }

    private static void refuses(String yaml, String message) {
        assertThatThrownBy(() -> read(yaml)).isInstanceOf(T5Exception.class).hasMessageContaining(message);
    }

    @Test
    void aConfigurationIsWrittenAndReadAgainWithIt() {
        assertThat(config("beams: 4, topK: null").toYaml()).contains("beams: 4").doesNotContain("topK");
        assertThat(TrainConfig.ofSettings(List.of("data.tasks=[{name: t, format: lines, train: [t.txt]}]"))
                        .toYaml())
                .doesNotContain("generation");
    }

    @Test
    void evaluationsWriteAsTheTaskSays() {
        try (T5Model model = Fixtures.fineTuning(Fixtures.vocabulary(), Fixtures.vocabulary())
                .model()
                .create(ByteTokenizer.original().vocabSize(), 3)) {
            List<String> greedy = predictions(model, TaskGeneration.NONE, 1);
            List<String> beams = predictions(model, TaskGeneration.NONE, 3);
            assertThat(beams).isNotEqualTo(greedy);
            assertThat(predictions(model, read("beams: 3"), 1)).isEqualTo(beams);
            assertThat(predictions(model, read("beams: 1"), 3)).isEqualTo(greedy);
            List<String> drawn = predictions(model, read("sample: true, seed: 5"), 3);
            assertThat(drawn)
                    .isNotEqualTo(greedy)
                    .isEqualTo(predictions(model, read("sample: true, seed: 5"), 1))
                    .isNotEqualTo(predictions(model, read("sample: true, seed: 6"), 1));
            assertThat(drawn.stream().collect(Collectors.toSet()))
                    .as("examples of different batches draw by different seeds")
                    .hasSizeGreaterThan(2);
            assertThat(predictions(model, read("maxLength: 2"), 1)).allMatch(text -> text.length() <= 1);
        }
    }

    private static List<String> predictions(T5Model model, TaskGeneration generation, int beams) {
        Example[] examples = new Example[8];
        Arrays.fill(examples, Example.of("the same input", "target"));
        Task task = Task.builder("t")
                .source(Task.TEST, Source.of(List.of(examples)))
                .targetLength(8)
                .metric("accuracy")
                .generation(generation)
                .build();
        return new TaskEvaluation(task, Task.TEST, ByteTokenizer.original(), 2, 99, beams)
                .evaluate(model).predictions().stream()
                        .map(Evaluation.Prediction::prediction)
                        .toList();
    }
}
