package org.t5j.data.metric;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code multirc}, in percent: {@code f1} of class 1 over all answers, where an answer that is neither 0 nor 1 is wrong
 * ({@code multirc_f1_over_all_answers}), and {@code exact_match}, the share of questions of which every answer is right.
 */
public final class MultiRc implements Metric {
    private static final String F1_NAME = "f1";
    private static final String EXACT_MATCH = "exact_match";

    private final Metric f1 = BinaryF1.withInvalid(F1_NAME);
    private final String questionField;

    /** @param questionField the examples' field that is equal for the answers to one question */
    public MultiRc(String questionField) {
        this.questionField = questionField;
    }

    @Override
    public List<String> scoreNames(String name) {
        return List.of(F1_NAME, EXACT_MATCH);
    }

    @Override
    public Map<String, Double> compute(List<Scored> results) {
        return resampling(results).scores();
    }

    /** Draws questions, each with all of its answers. */
    @Override
    public Resampling resampling(List<Scored> results) {
        Map<String, List<Scored>> questions = new LinkedHashMap<>();
        results.forEach(result -> questions
                .computeIfAbsent(result.example().get(questionField), id -> new ArrayList<>())
                .add(result));
        return Resampling.of(List.copyOf(questions.values()), this::scores);
    }

    @Override
    public List<String> fields() {
        return List.of(questionField);
    }

    private Map<String, Double> scores(List<List<Scored>> questions) {
        long allRight = questions.stream()
                .filter(answers -> answers.stream().allMatch(MultiRc::isRight))
                .count();
        List<Scored> answers = questions.stream().flatMap(List::stream).toList();
        return Map.of(F1_NAME, f1.compute(answers).get(F1_NAME), EXACT_MATCH, 100.0 * allRight / questions.size());
    }

    private static boolean isRight(Scored result) {
        return ClassNumber.wanted(result, 2, F1_NAME) == ClassNumber.predicted(result, 2);
    }
}
