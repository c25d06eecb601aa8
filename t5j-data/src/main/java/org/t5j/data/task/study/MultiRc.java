package org.t5j.data.task.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.t5j.data.Example;
import org.t5j.data.preprocess.ClassLabels;
import org.t5j.data.preprocess.KeyedText;
import org.t5j.data.preprocess.Preprocessor;
import org.t5j.data.preprocess.Preprocessors;

/** MultiRC: whether an answer to a question on a paragraph is right; several answers of a question may be. */
final class MultiRc {
    /** The field that groups the answers to one question; a number that upstream takes alone, without the paragraph's. */
    static final String QUESTION = "idx.question";

    private static final Pattern BOLD = Pattern.compile("</?b>");

    private MultiRc() {}

    /** {@code "multirc question: Q answer: A paragraph: P"}, in this order, without the paragraph's HTML. */
    static Preprocessor text() {
        return new KeyedText("multirc", List.of("question", "answer", "paragraph"))
                .then(Preprocessors.map(example -> example.with(Example.INPUTS, withoutMarkup(example.inputs()))));
    }

    private static String withoutMarkup(String text) {
        return BOLD.matcher(text.replace("<br>", " ")).replaceAll("");
    }

    /** One example for each answer of an original line, which holds a paragraph with all of its questions. */
    static List<Example> answers(Example line) {
        JsonField passage = JsonField.of(line, "passage");
        List<Example> examples = new ArrayList<>();
        for (JsonField question : passage.get("questions").elements()) {
            for (JsonField answer : question.get("answers").elements()) {
                Map<String, String> fields = new LinkedHashMap<>();
                fields.put("paragraph", passage.get("text").text());
                fields.put("question", question.get("question").text());
                fields.put("answer", answer.get("text").text());
                fields.put(
                        ClassLabels.LABEL,
                        answer.has("label") ? answer.get("label").text() : "");
                fields.put("idx.paragraph", line.get("idx"));
                fields.put(QUESTION, question.get("idx").text());
                fields.put("idx.answer", answer.get("idx").text());
                examples.add(new Example(fields, answer.place()));
            }
        }
        return examples;
    }
}
