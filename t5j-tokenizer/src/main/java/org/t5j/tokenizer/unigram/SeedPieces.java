package org.t5j.tokenizer.unigram;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.t5j.tokenizer.train.PieceRule;
import org.t5j.tokenizer.train.Sentence;
import org.t5j.tokenizer.train.TrainingCorpus;
import org.t5j.tokenizer.word.WordSplitter;

/**
 * The pieces that training starts from: every character, and the substrings that cover most of the text.
 *
 * <p>Candidates are the inner nodes of the text's suffix tree, that is the substrings that go on in more than one way,
 * up to the longest piece. They are found by sorting the suffixes of the distinct words a character at a time, which
 * for words is far less than the suffix array over the whole text that {@code spm_train} builds, and finds the same.
 */
final class SeedPieces {

    private static final int END_OF_LINE = 0;

    private final PieceRule rule;
    private final int[] text;
    private final long[] weights;
    private final int[] suffixes;
    private final List<Substring> found = new ArrayList<>();

    private record Substring(int start, int length, long score) {}

    private SeedPieces(TrainingCorpus source, PieceRule rule) {
        this.rule = rule;
        List<int[]> copies = new ArrayList<>();
        List<Long> counts = new ArrayList<>();
        Map<String, long[]> words = rule.splitByWhitespace() ? endings(source) : lines(source);
        words.forEach((letters, count) -> {
            addCopy(letters, PieceRule.SPACE, count[0], copies, counts);
            addCopy(letters, END_OF_LINE, count[1], copies, counts);
        });
        text = new int[copies.stream().mapToInt(copy -> copy.length).reduce(0, Math::addExact)];
        weights = new long[text.length];
        suffixes = new int[text.length - copies.size()];
        int at = 0;
        int suffix = 0;
        for (int i = 0; i < copies.size(); i++) {
            int[] copy = copies.get(i);
            System.arraycopy(copy, 0, text, at, copy.length);
            for (int k = 0; k < copy.length - 1; k++) {
                weights[at + k] = counts.get(i);
                suffixes[suffix++] = at + k;
            }
            at += copy.length;
        }
    }

    /** How often each word stands before a space and at the end of a line. */
    private static Map<String, long[]> endings(TrainingCorpus source) {
        Map<String, long[]> words = new TreeMap<>();
        for (Sentence line : source.sentences()) {
            int end = line.text().length;
            for (int from = 0; from < end; ) {
                int to = WordSplitter.PREFIX.end(line.text(), from, end);
                String word = new String(line.text(), from, to - from, StandardCharsets.UTF_8);
                words.computeIfAbsent(word, unused -> new long[2])[to < end ? 0 : 1] += line.count();
                from = to;
            }
        }
        return words;
    }

    private static Map<String, long[]> lines(TrainingCorpus source) {
        Map<String, long[]> lines = new TreeMap<>();
        for (Sentence line : source.sentences()) {
            lines.computeIfAbsent(new String(line.text(), StandardCharsets.UTF_8), unused -> new long[2])[1] +=
                    line.count();
        }
        return lines;
    }

    private static void addCopy(String word, int next, long count, List<int[]> copies, List<Long> counts) {
        if (count > 0) {
            copies.add(IntStream.concat(word.codePoints(), IntStream.of(next)).toArray());
            counts.add(count);
        }
    }

    /** The seed of {@code source}, at most {@code size} pieces beside the characters, scored by their share of the text. */
    static PieceTable of(TrainingCorpus source, PieceRule rule, int size) {
        List<byte[]> pieces = new ArrayList<>();
        List<Double> coverage = new ArrayList<>();
        for (Map.Entry<Integer, Long> character : source.requiredChars().entrySet()) {
            pieces.add(Character.toString(character.getKey()).getBytes(StandardCharsets.UTF_8));
            coverage.add((double) character.getValue());
        }
        SeedPieces seeds = new SeedPieces(source, rule);
        seeds.visit(0, seeds.suffixes.length, 0);
        seeds.found.sort(Comparator.comparingLong(Substring::score).reversed());
        for (Substring substring : seeds.found.subList(0, Math.min(size, seeds.found.size()))) {
            pieces.add(new String(seeds.text, substring.start, substring.length).getBytes(StandardCharsets.UTF_8));
            coverage.add((double) substring.score);
        }
        double logSum = StrictMath.log(coverage.stream().mapToDouble(c -> c).sum());
        float[] scores = new float[pieces.size()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = (float) (StrictMath.log(coverage.get(i)) - logSum);
        }
        return new PieceTable(pieces, scores);
    }

    /** Visits the suffix tree below the first {@code depth} characters, which {@code suffixes[from, to)} share. */
    private void visit(int from, int to, int depth) {
        sort(from, to, depth);
        int branches = 0;
        for (int start = from; start < to; ) {
            int letter = text[suffixes[start] + depth];
            int stop = start;
            while (stop < to && text[suffixes[stop] + depth] == letter) {
                stop++;
            }
            branches++;
            boolean ends = letter == END_OF_LINE
                    || letter == PieceRule.UNKNOWN
                    || letter == PieceRule.SPACE && rule.splitByWhitespace() && depth > 0;
            if (!ends && depth < rule.maxLength() && stop - start > 1) {
                visit(start, stop, depth + 1);
            }
            start = stop;
        }
        if (branches > 1 && depth > 1 && rule.allows(text, suffixes[from], suffixes[from] + depth)) {
            long count = 0;
            for (int i = from; i < to; i++) {
                count += weights[suffixes[i]];
            }
            found.add(new Substring(suffixes[from], depth, count * depth));
        }
    }

    /** Quicksort in three parts by the character at {@code depth}. */
    private void sort(int from, int to, int depth) {
        int low = from;
        int high = to;
        while (high - low > 1) {
            int pivot = text[suffixes[low + high >>> 1] + depth];
            int less = low;
            int more = high;
            for (int i = low; i < more; ) {
                int letter = text[suffixes[i] + depth];
                if (letter < pivot) {
                    swap(i++, less++);
                } else if (letter > pivot) {
                    swap(i, --more);
                } else {
                    i++;
                }
            }
            if (less - low < high - more) {
                sort(low, less, depth);
                low = more;
            } else {
                sort(more, high, depth);
                high = less;
            }
        }
    }

    private void swap(int i, int j) {
        int suffix = suffixes[i];
        suffixes[i] = suffixes[j];
        suffixes[j] = suffix;
    }
}
