package org.t5j.tokenizer.unigram;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.t5j.tokenizer.TokenizerException;
import org.t5j.tokenizer.TrainerConfig;
import org.t5j.tokenizer.bytes.ByteTrie;
import org.t5j.tokenizer.bytes.Bytes;
import org.t5j.tokenizer.bytes.Utf8;
import org.t5j.tokenizer.normalize.Normalizer;

/**
 * The text that a vocabulary is trained on, reduced to distinct words with their counts: normalised, rare characters
 * replaced by {@link PieceRule#UNKNOWN}, the most frequent first. Without {@code splitByWhitespace} a word is a line.
 */
final class TrainingText {

    private final List<Word> words;
    private final Map<Integer, Long> characters;

    /**
     * @param text the word, UTF-8, with its leading ▁
     * @param beforeSpace occurrences with a word after it
     * @param atEnd occurrences at the end of a line
     */
    record Word(byte[] text, long beforeSpace, long atEnd) {
        long count() {
            return beforeSpace + atEnd;
        }
    }

    private TrainingText(List<Word> words, Map<Integer, Long> characters) {
        this.words = words;
        this.characters = characters;
    }

    List<Word> words() {
        return words;
    }

    /** The characters that get a piece of their own and their counts, the most frequent first. */
    Map<Integer, Long> characters() {
        return characters;
    }

    /** Collects lines. */
    static final class Builder {

        private static final byte MASK = '\t';

        private final TrainerConfig config;
        private final Normalizer normalizer;
        private final ByteTrie specialPieces;
        private final Bytes line = new Bytes(1024);
        private final Bytes normalized = new Bytes(1024);
        private final Bytes masked = new Bytes(1024);
        private final Map<String, long[]> counts = new HashMap<>();

        Builder(TrainerConfig config, List<String> specialPieces) {
            this.config = config;
            normalizer = new Normalizer(config.normalization().spec(), false, ByteTrie.of(List.of()));
            this.specialPieces = ByteTrie.of(specialPieces.stream()
                    .map(piece -> piece.getBytes(StandardCharsets.UTF_8))
                    .toList());
        }

        void add(String text) {
            line.clear();
            line.append(text, 0, text.length());
            normalizer.normalize(line, Normalizer.Position.WHOLE, normalized);
            maskSpecialPieces();
            int start = 0;
            for (int at = 1; at < masked.length() && config.splitByWhitespace(); at++) {
                if (startsWithSpace(at)) {
                    count(start, at)[0]++;
                    start = at;
                }
            }
            if (start < masked.length()) {
                count(start, masked.length())[1]++;
            }
        }

        private void maskSpecialPieces() {
            masked.clear();
            byte[] in = normalized.array();
            for (int at = 0; at < normalized.length(); ) {
                int special = specialPieces.longestMatch(in, at, normalized.length());
                if (special > 0) {
                    masked.append(MASK);
                    at += special;
                } else {
                    int next = Math.min(at + Utf8.length(in[at]), normalized.length());
                    masked.append(in, at, next);
                    at = next;
                }
            }
        }

        private boolean startsWithSpace(int at) {
            byte[] text = masked.array();
            return at + 2 < masked.length()
                    && text[at] == (byte) 0xE2
                    && text[at + 1] == (byte) 0x96
                    && text[at + 2] == (byte) 0x81;
        }

        private long[] count(int from, int to) {
            return counts.computeIfAbsent(masked.substring(from, to), word -> new long[2]);
        }

        TrainingText build() {
            Map<Integer, Long> characters = characters();
            Map<String, long[]> known = new HashMap<>();
            counts.forEach((word, count) -> known.merge(
                    withoutRare(word, characters), count.clone(), (a, b) -> new long[] {a[0] + b[0], a[1] + b[1]}));
            List<Word> words = new ArrayList<>(known.size());
            known.forEach(
                    (word, count) -> words.add(new Word(word.getBytes(StandardCharsets.UTF_8), count[0], count[1])));
            words.sort(Comparator.comparingLong(Word::count)
                    .reversed()
                    .thenComparing(Word::text, Arrays::compareUnsigned));
            return new TrainingText(words, characters);
        }

        private Map<Integer, Long> characters() {
            Map<Integer, Long> all = new HashMap<>();
            counts.forEach((word, count) ->
                    word.codePoints().filter(c -> c != 0).forEach(c -> all.merge(c, count[0] + count[1], Long::sum)));
            long total = all.values().stream().mapToLong(count -> count).sum();
            if (total == 0) {
                throw new TokenizerException(
                        "There is no text to train a vocabulary on: every line is empty. Check the" + " input files");
            }
            List<Map.Entry<Integer, Long>> byCount = new ArrayList<>(all.entrySet());
            byCount.sort(
                    Map.Entry.<Integer, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()));
            Map<Integer, Long> covered = new LinkedHashMap<>();
            long sum = 0;
            for (Map.Entry<Integer, Long> entry : byCount) {
                if ((float) ((double) sum / total) >= config.characterCoverage()) {
                    break;
                }
                sum += entry.getValue();
                if (entry.getKey() != MASK && entry.getKey() != PieceRule.UNKNOWN) {
                    covered.put(entry.getKey(), entry.getValue());
                }
            }
            return covered;
        }

        private static String withoutRare(String word, Map<Integer, Long> known) {
            return word.codePoints()
                    .map(c -> known.containsKey(c) ? c : PieceRule.UNKNOWN)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
        }
    }
}
