package org.t5j.data.task.study;

import java.util.List;
import org.t5j.data.Example;
import org.t5j.data.preprocess.ClassLabels;
import org.t5j.data.preprocess.Preprocessors;
import org.t5j.data.preprocess.Spacing;

/** SQuAD v1.1: answers to questions on a paragraph, or from memory. */
final class Squad {
    private static final int TARGET_LENGTH = 97;
    private static final String QUESTION = "question";
    private static final String CONTEXT = "context";
    private static final String ANSWER_TEXTS = "answers.text";
    private static final List<String> COLUMNS = List.of("id", CONTEXT, QUESTION, ANSWER_TEXTS);

    private Squad() {}

    /** All tasks. */
    static List<StudyTask> tasks() {
        return List.of(
                task("squad_v010_allanswers", "question:", true),
                task("squad_v010_context_free", "squad trivia question:", false));
    }

    private static StudyTask task(String name, String prefix, boolean withContext) {
        return new StudyTask(
                        name, task -> task.preprocess(Preprocessors.map(example -> text(example, prefix, withContext)))
                                .postprocess(new AllAnswers())
                                .metric("squad")
                                .targetLength(TARGET_LENGTH))
                .layout(
                        "json",
                        new Layout(
                                files -> files.openRecords("data.paragraphs.qas", COLUMNS),
                                Preprocessors.map(Squad::fields)))
                .layout("parquet", Layout.of("parquet", COLUMNS, Preprocessors.map(Squad::fields)))
                .layout("jsonl", Layout.of("jsonl", COLUMNS, Preprocessors.map(Squad::fields)));
    }

    /** The original file has white space around some texts. */
    private static Example fields(Example example) {
        return example.with(CONTEXT, example.get(CONTEXT).strip())
                .with(QUESTION, example.get(QUESTION).strip())
                .with(
                        AllAnswers.ANSWERS,
                        example.list(ANSWER_TEXTS).stream().map(String::strip).toList());
    }

    /** Everything padded; the first answer is the target, all of them count. */
    private static Example text(Example example, String prefix, boolean withContext) {
        String question = Spacing.padPunctuation(example.get(QUESTION));
        String context = Spacing.padPunctuation(example.get(CONTEXT));
        List<String> answers = example.list(AllAnswers.ANSWERS).stream()
                .map(Spacing::padPunctuation)
                .toList();
        String inputs =
                withContext ? Spacing.join(prefix, question, "context:", context) : Spacing.join(prefix, question);
        return example.with(QUESTION, question)
                .with(CONTEXT, context)
                .with(AllAnswers.ANSWERS, answers)
                .with(Example.INPUTS, inputs)
                .with(Example.TARGETS, answers.isEmpty() ? ClassLabels.UNKNOWN : answers.get(0));
    }
}
