package org.t5j.data.task.study;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.t5j.data.DataException;
import org.t5j.data.Example;
import org.t5j.data.preprocess.ClassLabels;
import org.t5j.data.preprocess.Preprocessor;

/**
 * Upstream's {@code definite_pronoun_resolution_simple}: the first occurrence of the pronoun between stars, the right one
 * of two candidates as target.
 */
final class PronounText implements Preprocessor {
    private static final ClassLabels CANDIDATES = ClassLabels.of("0", "1");

    @Override
    public List<Example> apply(Example example) {
        Pattern pronoun = Pattern.compile(" (" + Pattern.quote(example.get("pronoun")) + ")( |\\.|,)");
        String text = pronoun.matcher(example.get("sentence")).replaceFirst(" *$1*$2");
        List<String> candidates = example.list("candidates");
        int right = CANDIDATES.number(example);
        DataException.check(
                right >= 0 && right < candidates.size(),
                "%s says that candidate %d of %s is right. Give two candidates and the label 0 or 1.",
                example.origin(),
                right,
                candidates);
        return List.of(example.with(Example.INPUTS, "wsc: " + text).with(Example.TARGETS, candidates.get(right)));
    }

    /**
     * Reads an example of the original distribution: sentence, pronoun, candidates separated by a comma, right candidate,
     * each on a line of its own, then a blank line.
     *
     * @param block the lines of one example
     * @param origin where it was read
     */
    static Example parse(String block, String origin) {
        List<String> lines = block.lines().map(String::strip).toList();
        DataException.check(
                lines.size() == 4,
                "%s begins an example of %d lines, but it must be four: sentence, pronoun, candidates, answer.",
                origin,
                lines.size());
        List<String> candidates =
                Stream.of(lines.get(2).split(",", -1)).map(String::strip).toList();
        DataException.check(
                candidates.contains(lines.get(3)),
                "%s has the answer '%s', which is none of its candidates %s. Mend the fourth line.",
                origin,
                lines.get(3),
                candidates);
        return new Example(
                        Map.of(
                                "sentence",
                                lines.get(0),
                                "pronoun",
                                lines.get(1),
                                ClassLabels.LABEL,
                                Integer.toString(candidates.indexOf(lines.get(3)))),
                        origin)
                .with("candidates", candidates);
    }
}
