package org.t5j.train.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.t5j.data.DataException;
import org.t5j.data.task.Mixture;
import org.t5j.data.task.Task;
import org.t5j.train.Fixtures;
import org.t5j.train.config.ConfigException;
import org.t5j.train.run.Training;
import org.t5j.train.run.TrainingResult;

/** Tasks and mixtures of the study in a configuration file. */
class StudySettingsTest {
    private static final String WSC = """
            {"text": "The fox chased the hen because it was hungry .", "label": %s, "idx": 0,
             "target": {"span1_text": "%s", "span1_index": 0, "span2_text": "it", "span2_index": 6}}
            """.replace("\n", " ");

    @TempDir
    Path directory;

    @BeforeEach
    void writeFiles() throws IOException {
        Files.writeString(
                directory.resolve("wsc.jsonl"),
                WSC.formatted("true", "The fox") + "\n" + WSC.formatted("false", "the hen"));
        Files.writeString(
                directory.resolve("dpr.txt"), "The fox saw the hen before he ate.\nhe\nThe fox,the hen\nThe fox\n");
    }

    private DataSection data(String... lines) throws IOException {
        Path file = directory.resolve("study.yaml");
        Files.writeString(file, """
                mode: FINETUNE
                data:
                  study:
                    - {name: dpr_v001_simple, format: documents, train: [dpr.txt]}
                    - {name: super_glue_wsc_v102_simple_train, format: jsonl, train: [wsc.jsonl]}
                    - {name: super_glue_wsc_v102_simple_eval, format: jsonl, validation: [wsc.jsonl]}
                """ + String.join("\n", lines));
        return TrainConfig.load(file, List.of()).data();
    }

    @Test
    void theStudysTasksAreReadFromTheFilesOfTheirDataSets() throws IOException {
        Mixture mixture = data().taskMixture();
        assertThat(mixture.tasks())
                .extracting(task -> task.examples(Task.TRAIN).get(0).inputs())
                .containsExactly(
                        "wsc: The fox saw the hen before *he* ate.",
                        "wsc: The fox chased the hen because *it* was hungry .");
    }

    @Test
    void aTaskWithoutTrainingFilesOnlyEvaluates() throws IOException {
        assertThat(data().evaluatedTasks()).extracting(Task::name).containsExactly("super_glue_wsc_v102_simple_eval");
        Path file = directory.resolve("only.yaml");
        Files.writeString(
                file,
                "mode: FINETUNE\ndata: {study: [{name: super_glue_wsc_v102_simple_eval, format: jsonl, test: [wsc.jsonl]}]}");
        DataSection only = TrainConfig.load(file, List.of()).data();
        assertThatThrownBy(only::taskMixture)
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("none of the tasks of data.tasks and data.study has files to train on");
    }

    @Test
    void theStudysMixturesAreKnownByName() throws IOException {
        Mixture mixture = data("  mixture: {name: m, rates: {wsc_dpr_simple_proportional: 1}}")
                .taskMixture();
        Map<String, Double> rates = mixture.rates(task -> 1).entrySet().stream()
                .collect(Collectors.toMap(each -> each.getKey().name(), Map.Entry::getValue));
        assertThat(rates).hasSize(2);
        assertThat(rates.get("dpr_v001_simple")).isCloseTo(1322.0 / 1581, within(1e-12));
        DataSection glue = data("  mixture: {name: m, rates: {glue_v002_proportional: 1}}");
        assertThatThrownBy(glue::taskMixture)
                .isInstanceOf(DataException.class)
                .hasMessageContaining("Mixture 'glue_v002_proportional' also needs the tasks [glue_cola_v002,");
    }

    /** Metrics that need lists, groups and class numbers, through training, generation, ranking and checkpoints. */
    @Test
    void aRunLearnsAndScoresTasksOfEveryKind() throws IOException {
        Files.writeString(directory.resolve("multirc.jsonl"), """
                {"idx": 5, "passage": {"text": "Ann came.", "questions": [{"question": "Who?", "idx": 8, \
                "answers": [{"text": "Ann", "idx": 1, "label": 1}, {"text": "Bo", "idx": 2, "label": 0}]}]}}
                """);
        Files.writeString(directory.resolve("record.jsonl"), """
                {"idx": 3, "passage": {"text": "Ann met Bo.", "entities": [{"start": 0, "end": 2}, {"start": 8, \
                "end": 9}]}, "qas": [{"idx": 7, "query": "@placeholder came", "answers": [{"text": "Ann"}]}]}
                """);
        Files.writeString(directory.resolve("squad.json"), """
                {"data": [{"paragraphs": [{"context": "Ann came.", "qas": [{"id": "q", "question": "Who came?", \
                "answers": [{"text": "Ann", "answer_start": 0}]}]}]}]}
                """);
        Files.writeString(
                directory.resolve("stsb.jsonl"), "{\"sentence1\": \"A\", \"sentence2\": \"B\", \"label\": 3.8}\n");
        Path file = directory.resolve("run.yaml");
        Files.writeString(file, """
                mode: FINETUNE
                model: {preset: tiny, dModel: 16, dKv: 8, dFf: 32, numHeads: 2, numLayers: 1}
                tokenizer: {file: %s}
                optim: {totalSteps: 2}
                data:
                  batchSize: 4
                  study:
                    - {name: super_glue_multirc_v102, format: jsonl, train: [multirc.jsonl], validation: [multirc.jsonl], ranked: true}
                    - {name: super_glue_record_v102, format: jsonl, train: [record.jsonl], validation: [record.jsonl], targetLength: 8}
                    - {name: squad_v010_allanswers, format: json, train: [squad.json], validation: [squad.json], targetLength: 8}
                    - {name: glue_stsb_v002, format: jsonl, train: [stsb.jsonl], validation: [stsb.jsonl], targetLength: 8}
                """.formatted(Fixtures.vocabulary()));
        TrainingResult result = Training.of(TrainConfig.load(file, List.of())).run(directory.resolve("run"), false);
        assertThat(result.scores())
                .containsKeys(
                        "super_glue_multirc_v102/f1",
                        "super_glue_multirc_v102/exact_match",
                        "super_glue_record_v102/em",
                        "squad_v010_allanswers/f1",
                        "glue_stsb_v002/pearson_corrcoef",
                        "glue_stsb_v002/spearman_corrcoef");
    }

    @Test
    void aWrongNameIsAnsweredWithTheNearest() {
        assertThatThrownBy(() -> data("    - {name: glue_cola, format: tsv}"))
                .hasStackTraceContaining("Did you mean 'glue_cola_v002'?");
    }
}
