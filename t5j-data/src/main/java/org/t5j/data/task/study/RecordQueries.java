package org.t5j.data.task.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.t5j.data.DataException;
import org.t5j.data.Example;
import org.t5j.data.preprocess.ClassLabels;

/** ReCoRD: which entity of a news passage fills the gap of a query. */
final class RecordQueries {
    /** The list of the entities to choose from. */
    static final String ENTITIES = "entities";

    private static final Pattern HIGHLIGHT_AFTER_SENTENCE = Pattern.compile("([.?!\"'])\n@highlight\n");

    private RecordQueries() {}

    /**
     * {@code "record query: Q entities: A, B passage: P"}, one example for each accepted answer, all of them with all
     * answers; without answers one example whose target is unknown.
     */
    static List<Example> text(Example example) {
        String passage =
                HIGHLIGHT_AFTER_SENTENCE.matcher(example.get("passage")).replaceAll("$1 ");
        Example asked = example.with(
                Example.INPUTS,
                "record query: " + example.get("query")
                        + " entities: " + String.join(", ", example.list(ENTITIES))
                        + " passage: " + passage.replace("\n@highlight\n", ". "));
        List<String> answers = example.list(AllAnswers.ANSWERS);
        return (answers.isEmpty() ? List.of(ClassLabels.UNKNOWN) : answers)
                .stream().map(answer -> asked.with(Example.TARGETS, answer)).toList();
    }

    /** Entities and answers each once, in alphabetical order, as T5 has read them. */
    static Example sorted(Example example) {
        return example.with(ENTITIES, distinct(example.list(ENTITIES)))
                .with(AllAnswers.ANSWERS, distinct(example.list(AllAnswers.ANSWERS)));
    }

    private static List<String> distinct(List<String> texts) {
        return List.copyOf(new TreeSet<>(texts));
    }

    /** One example for each query of an original line, which holds a passage with the places of its entities. */
    static List<Example> queries(Example line) {
        JsonField passage = JsonField.of(line, "passage");
        String text = passage.get("text").text();
        List<String> entities = passage.get("entities").elements().stream()
                .map(entity -> entity(text, entity))
                .toList();
        List<Example> examples = new ArrayList<>();
        for (JsonField query : JsonField.of(line, "qas").elements()) {
            Map<String, String> fields = new LinkedHashMap<>();
            fields.put("passage", text);
            fields.put("query", query.get("query").text());
            fields.put("idx.passage", line.get("idx"));
            fields.put("idx.query", query.get("idx").text());
            List<String> answers = !query.has("answers")
                    ? List.of()
                    : query.get("answers").elements().stream()
                            .map(answer -> answer.get("text").text())
                            .toList();
            examples.add(sorted(
                    new Example(fields, Map.of(ENTITIES, entities, AllAnswers.ANSWERS, answers), query.place())));
        }
        return examples;
    }

    /** The text between two places, in code points, the end included. */
    private static String entity(String text, JsonField entity) {
        int start = entity.get("start").number();
        int end = entity.get("end").number() + 1;
        DataException.check(
                start >= 0 && start < end && end <= text.codePointCount(0, text.length()),
                "%s goes from %d to %d, but its passage has %d characters. Mend the places.",
                entity.place(),
                start,
                end - 1,
                text.codePointCount(0, text.length()));
        int from = text.offsetByCodePoints(0, start);
        return text.substring(from, text.offsetByCodePoints(from, end - start));
    }
}
