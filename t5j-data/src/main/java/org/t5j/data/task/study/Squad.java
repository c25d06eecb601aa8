package org.t5j.data.task.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.t5j.data.Example;
import org.t5j.data.preprocess.ClassLabels;
import org.t5j.data.preprocess.Preprocessor;
import org.t5j.data.preprocess.Preprocessors;
import org.t5j.data.preprocess.Spacing;

/** SQuAD v1.1: answers to questions on a paragraph, or from memory. */
final class Squad {
    private static final int TARGET_LENGTH = 97;

    private Squad() {}

    /** All tasks. */
    static List<StudyTask> tasks() {
        return List.of(
                task("squad_v010_allanswers", "question:", true),
                task("squad_v010_context_free", "squad trivia question:", false));
    }

    private static StudyTask task(String name, String prefix, boolean withContext) {
        return new StudyTask(name, task -> task.preprocess(Preprocessors.map(
                                example -> text(example, prefix, withContext)))
                        .postprocess(new AllAnswers())
                        .metric("squad")
                        .targetLength(TARGET_LENGTH))
                .layout("json", Layout.of("json", List.of("paragraphs"), Squad::questions))
                .layout("parquet", huggingFace("parquet"))
                .layout("jsonl", huggingFace("jsonl"));
    }

    private static Layout huggingFace(String format) {
        return Layout.of(
                format,
                List.of("id", "context", "question", "answers.text"),
                Preprocessors.map(example -> example.with(AllAnswers.ANSWERS, example.list("answers.text"))));
    }

    /** Everything padded; the first answer is the target, all of them count. */
    private static Example text(Example example, String prefix, boolean withContext) {
        String question = Spacing.padPunctuation(example.get("question"));
        String context = Spacing.padPunctuation(example.get("context"));
        List<String> answers = example.list(AllAnswers.ANSWERS).stream()
                .map(Spacing::padPunctuation)
                .toList();
        String inputs = withContext
                ? Spacing.join(prefix, question, "context:", context)
                : Spacing.join(prefix, question);
        return example.with("question", question)
                .with("context", context)
                .with(AllAnswers.ANSWERS, answers)
                .with(Example.INPUTS, inputs)
                .with(Example.TARGETS, answers.isEmpty() ? ClassLabels.UNKNOWN : answers.get(0));
    }

    /** One example for each question of an original article. */
    private static List<Example> questions(Example article) {
        List<Example> examples = new ArrayList<>();
        for (JsonField paragraph : JsonField.of(article, "paragraphs").elements()) {
            String context = paragraph.get("context").text().strip();
            for (JsonField question : paragraph.get("qas").elements()) {
                Map<String, String> fields = Map.of(
                        "id", question.get("id").text(),
                        "context", context,
                        "question", question.get("question").text().strip());
                List<String> answers = question.get("answers").elements().stream()
                        .map(answer -> answer.get("text").text().strip())
                        .toList();
                examples.add(new Example(fields, Map.of(AllAnswers.ANSWERS, answers), question.place()));
            }
        }
        return examples;
    }
}
