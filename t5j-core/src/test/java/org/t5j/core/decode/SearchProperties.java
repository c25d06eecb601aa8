package org.t5j.core.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

/** What every output must satisfy, whatever the search. */
final class SearchProperties {
    private SearchProperties() {}

    /** Minimal length, and no n-gram twice; the start token belongs to the sequence. */
    static void assertConstraints(Generated output, GenerationConfig config) {
        List<Integer> sequence = new ArrayList<>(List.of(config.startTokenId()));
        for (int token : output.tokens()) {
            sequence.add(token);
        }
        if (output.finished()) {
            assertThat(sequence).hasSizeGreaterThan(config.minLength());
        }
        List<List<Integer>> ngrams = new ArrayList<>();
        int n = config.noRepeatNgramSize();
        for (int start = 0; n > 0 && start + n <= sequence.size(); start++) {
            ngrams.add(sequence.subList(start, start + n));
        }
        assertThat(ngrams).doesNotHaveDuplicates();
    }

    /** After the longest output of an input its rows are fed padding, and some input is shorter than the search. */
    static void assertPaddingAfterTheEnd(
            MarkovDecoder decoder, List<List<Generated>> outputs, GenerationConfig config) {
        int padded = 0;
        for (int input = 0; input < outputs.size(); input++) {
            int[] fed = decoder.fed(input * config.rowsPerInput());
            int longest = outputs.get(input).stream()
                    .mapToInt(output -> output.tokens().length)
                    .max()
                    .orElseThrow();
            for (int position = longest + 1; position < fed.length; position++) {
                assertThat(fed[position]).isEqualTo(config.padTokenId());
                padded++;
            }
        }
        assertThat(padded).isPositive();
    }
}
