package org.t5j.data.task.study;

import java.util.List;
import org.t5j.data.Example;
import org.t5j.data.preprocess.Preprocessor;
import org.t5j.data.preprocess.Preprocessors;

/**
 * Questions answered from memory (Roberts, Raffel and Shazeer 2020): the first accepted answer is the target, any counts.
 * Upstream trains on a part of the training set and validates on the rest; cut the files the same way to compare.
 */
final class ClosedBook {
    private static final String QUESTION = "question";

    private ClosedBook() {}

    /** All tasks. */
    static List<StudyTask> tasks() {
        return List.of(
                questions("natural_questions_open", "nq question: ", "squad")
                        .layout("jsonl", answers("jsonl", "answer"))
                        .layout("parquet", answers("parquet", "answer")),
                questions("web_questions_open", "wq question: ", "squad")
                        .layout("jsonl", answers("jsonl", AllAnswers.ANSWERS))
                        .layout("parquet", answers("parquet", AllAnswers.ANSWERS)),
                questions("trivia_qa_open", "trivia_qa question: ", "trivia_qa")
                        .layout("json", originalTrivia())
                        .layout("jsonl", trivia("jsonl"))
                        .layout("parquet", trivia("parquet")));
    }

    private static StudyTask questions(String name, String prefix, String metric) {
        return new StudyTask(name, task -> task.preprocess(Preprocessors.inputsAndTargets(QUESTION, "answer"))
                .prefix(prefix)
                .postprocess(new AllAnswers())
                .metric(metric));
    }

    /** A list of answers, the first of which is the target. */
    private static Layout answers(String format, String list) {
        return Layout.of(format, List.of(QUESTION, list), Preprocessors.map(example -> {
            List<String> answers = example.list(list);
            return new Example(example.fields(), example.origin())
                    .with("answer", answers.isEmpty() ? "" : answers.get(0))
                    .with(AllAnswers.ANSWERS, answers);
        }));
    }

    /** The columns of the Hugging Face data set {@code trivia_qa}. */
    private static Layout trivia(String format) {
        return Layout.of(
                format,
                List.of(QUESTION, "answer.value", "answer.aliases"),
                trivia(QUESTION, "answer.value", "answer.aliases"));
    }

    private static Layout originalTrivia() {
        return new Layout(
                files -> files.openRecords("Data", List.of("Question", "Answer.Value", "Answer.Aliases")),
                trivia("Question", "Answer.Value", "Answer.Aliases"));
    }

    /** An answer and its other names. */
    private static Preprocessor trivia(String question, String value, String aliases) {
        return Preprocessors.map(example -> example.with(QUESTION, example.get(question))
                .with("answer", example.get(value))
                .with(AllAnswers.ANSWERS, example.list(aliases)));
    }
}
