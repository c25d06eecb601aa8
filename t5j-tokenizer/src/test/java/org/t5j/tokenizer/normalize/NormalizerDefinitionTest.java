package org.t5j.tokenizer.normalize;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.t5j.tokenizer.TestModels;
import org.t5j.tokenizer.bytes.ByteTrie;
import org.t5j.tokenizer.model.NormalizerSpec;

/** Random rules and user-defined pieces: the quick ways through plain text give what the definition step by step gives. */
class NormalizerDefinitionTest {

    private static final String ALPHABET = "ab \u0301\u65e5 ";

    /** What a text starts with: what it becomes and its length. */
    private record Step(String becomes, int length) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void everyTextIsNormalisedAsTheDefinitionSays(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 100; round++) {
            Map<String, String> rules = new HashMap<>();
            for (int n = random.nextInt(1, 5); n > 0; n--) {
                rules.put(text(random, 1 + random.nextInt(3)), text(random, random.nextInt(3)));
            }
            List<String> pieces = Stream.generate(() -> text(random, 1 + random.nextInt(3)))
                    .limit(random.nextInt(3))
                    .distinct()
                    .toList();
            boolean removeExtra = random.nextBoolean();
            NormalizerSpec spec = CharacterRules.of(rules).normalizerSpec().withSpaces(true, removeExtra, true);
            Normalizer normalizer = new Normalizer(
                    spec,
                    false,
                    ByteTrie.of(
                            pieces.stream().map(piece -> piece.getBytes(UTF_8)).toList()));
            for (int i = 0; i < 100; i++) {
                String text = text(random, random.nextInt(12));
                assertThat(normalizer.normalize(text))
                        .as("'%s' by %s, pieces %s, extra spaces removed: %s", text, rules, pieces, removeExtra)
                        .isEqualTo(defined(text, rules, pieces, removeExtra));
            }
        }
    }

    /** {@code Normalizer::Normalize} with a dummy prefix. */
    private static String defined(String text, Map<String, String> rules, List<String> pieces, boolean removeExtra) {
        List<Step> steps = new ArrayList<>();
        for (int at = 0; at < text.length(); at += steps.get(steps.size() - 1).length) {
            steps.add(step(text.substring(at), rules, pieces));
        }
        while (removeExtra && !steps.isEmpty() && steps.get(0).becomes.equals(" ")) {
            steps.remove(0);
        }
        if (steps.isEmpty()) {
            return "";
        }
        StringBuilder normalized = new StringBuilder("\u2581");
        boolean afterSpace = removeExtra;
        for (Step step : steps) {
            String added = afterSpace ? step.becomes.replaceFirst("^ +", "") : step.becomes;
            normalized.append(added.replace(' ', '\u2581'));
            afterSpace = removeExtra && (added.isEmpty() ? afterSpace : added.endsWith(" "));
        }
        return removeExtra ? normalized.toString().replaceFirst("\u2581+$", "") : normalized.toString();
    }

    private static Step step(String rest, Map<String, String> rules, List<String> pieces) {
        Optional<String> piece = longest(rest, pieces.stream());
        Optional<String> rule = longest(rest, rules.keySet().stream());
        String start = piece.or(() -> rule).orElse(rest.substring(0, 1));
        return new Step(piece.isPresent() ? start : rules.getOrDefault(start, start), start.length());
    }

    private static Optional<String> longest(String text, Stream<String> starts) {
        return starts.filter(text::startsWith).max(Comparator.comparingInt(String::length));
    }

    private static String text(SplittableRandom random, int length) {
        return TestModels.randomText(random, length, ALPHABET);
    }
}
