package org.t5j.data.dedup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.t5j.data.clean.Sentences;

/** What a document is cut into to find repetition. Pure functions. */
public enum Units {
    /** The document as a whole. */
    DOCUMENTS {
        @Override
        public long[] hashes(String text) {
            return new long[] {TextHash.of(text)};
        }

        @Override
        public Rest without(String text, boolean[] repeated) {
            return repeated[0] ? new Rest("", List.of(text)) : new Rest(text, List.of());
        }
    },

    /** Its lines, as C4's code removes them ({@code remove_duplicate_text} in {@code c4_utils.py}). */
    LINES {
        @Override
        public long[] hashes(String text) {
            return Arrays.stream(text.split("\n", -1)).mapToLong(TextHash::of).toArray();
        }

        @Override
        public Rest without(String text, boolean[] repeated) {
            List<String> kept = new ArrayList<>();
            List<String> removed = new ArrayList<>();
            String[] lines = text.split("\n", -1);
            for (int i = 0; i < lines.length; i++) {
                (repeated[i] ? removed : kept).add(lines[i]);
            }
            return new Rest(String.join("\n", kept), removed);
        }
    },

    /**
     * Every three sentences that follow each other, as the paper on C4 has it: "we discarded all but one of any
     * three-sentence span occurring more than once in the data set" (Raffel et al. 2020, section 2.2).
     */
    SPANS {
        @Override
        public long[] hashes(String text) {
            long[] sentences =
                    Sentences.of(text).stream().mapToLong(TextHash::of).toArray();
            long[] spans = new long[Math.max(0, sentences.length - SPAN + 1)];
            for (int i = 0; i < spans.length; i++) {
                spans[i] = TextHash.combine(TextHash.combine(sentences[i], sentences[i + 1]), sentences[i + 2]);
            }
            return spans;
        }

        @Override
        public Rest without(String text, boolean[] repeated) {
            boolean[] drop = dropped(hashes(text), repeated);
            StringBuilder kept = new StringBuilder();
            List<String> removed = new ArrayList<>();
            int sentence = 0;
            for (String line : text.split("\n", -1)) {
                int start = kept.length();
                for (String each : Sentences.of(line)) {
                    if (drop[sentence++]) {
                        removed.add(each);
                    } else {
                        kept.append(kept.length() == 0 ? "" : kept.length() == start ? "\n" : " ")
                                .append(each);
                    }
                }
            }
            return new Rest(kept.toString(), removed);
        }

        /** The sentences of repeated spans; of one that overlaps its first occurrence only the last, which breaks it. */
        private boolean[] dropped(long[] spans, boolean[] repeated) {
            boolean[] drop = new boolean[spans.length + SPAN - 1];
            for (int i = 0; i < spans.length; i++) {
                if (repeated[i]) {
                    boolean overlaps = i >= 1 && spans[i] == spans[i - 1] || i >= 2 && spans[i] == spans[i - 2];
                    Arrays.fill(drop, overlaps ? i + SPAN - 1 : i, i + SPAN, true);
                }
            }
            return drop;
        }
    };

    private static final int SPAN = 3;

    /**
     * What is left of a document.
     *
     * @param text empty if nothing is
     * @param removed the parts that were removed
     */
    public record Rest(String text, List<String> removed) {}

    /** The hash of each unit, in order. */
    public abstract long[] hashes(String text);

    /**
     * The document without what is repeated; one without repetition stays as it is.
     *
     * @param repeated for each of {@link #hashes}, whether it occurred before
     */
    public final Rest remove(String text, boolean[] repeated) {
        for (boolean one : repeated) {
            if (one) {
                return without(text, repeated);
            }
        }
        return new Rest(text, List.of());
    }

    abstract Rest without(String text, boolean[] repeated);
}
