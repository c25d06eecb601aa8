package org.t5j.tokenizer.unigram;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.t5j.tokenizer.train.PieceRule;

/**
 * The pieces that training starts from ({@code Trainer::MakeSeedSentencePieces}): every character, and the substrings
 * that cover most of the text.
 *
 * <p>Candidates are the inner nodes of the text's suffix tree, that is the substrings that go on in more than one way.
 * They are found as intervals of the suffix array in which neighbours share a prefix, in post order, which also decides
 * between substrings that cover the same.
 */
final class SeedPieces {

    private final SeedText source;
    private final PieceRule rule;
    private final int[] suffixes;
    private final int[] codePoints;
    private final Substrings found = new Substrings();

    private SeedPieces(SeedText source, PieceRule rule) {
        this.source = source;
        this.rule = rule;
        suffixes = SuffixArray.of(source.symbols(), source.alphabet());
        codePoints = new int[rule.maxLength()];
    }

    /**
     * The seed of {@code source}, scored by the share of the text that each piece covers.
     *
     * @param characters counts of the characters, the most frequent first; those that do not occur are left out
     * @param size most pieces to take, characters included
     */
    static PieceTable of(SeedText source, Map<Integer, Long> characters, PieceRule rule, int size) {
        List<Map.Entry<Integer, Long>> occurring = characters.entrySet().stream()
                .filter(character -> character.getValue() > 0)
                .toList();
        SeedPieces seeds = new SeedPieces(source, rule);
        seeds.visitTree(SuffixArray.commonPrefixes(source.symbols(), seeds.suffixes));
        int[] best = seeds.found.best(size < occurring.size() ? Integer.MAX_VALUE : size - occurring.size());
        byte[][] pieces = new byte[occurring.size() + best.length][];
        float[] scores = new float[pieces.length];
        int next = 0;
        for (Map.Entry<Integer, Long> character : occurring) {
            pieces[next] = Character.toString(character.getKey()).getBytes(StandardCharsets.UTF_8);
            scores[next++] = character.getValue();
        }
        for (int substring : best) {
            int length = seeds.found.length(substring);
            seeds.read(seeds.found.start(substring), length);
            pieces[next] = new String(seeds.codePoints, 0, length).getBytes(StandardCharsets.UTF_8);
            scores[next++] = seeds.found.score(substring);
        }
        toLogProbabilities(scores);
        return new PieceTable(pieces, scores);
    }

    private static void toLogProbabilities(float[] scores) {
        float sum = 0;
        for (float score : scores) {
            sum += score;
        }
        float logSum = (float) StrictMath.log(sum);
        for (int i = 0; i < scores.length; i++) {
            scores[i] = (float) (StrictMath.log(scores[i]) - logSum);
        }
    }

    /**
     * Visits the inner nodes in post order.
     *
     * @param common by position in the text, how much its suffix shares with the one sorted before it
     */
    private void visitTree(int[] common) {
        int[] left = new int[64];
        int[] depth = new int[64];
        long[] countBefore = new long[64];
        int open = 0;
        long count = 0;
        for (int i = 1; i <= suffixes.length; i++) {
            int shared = i == suffixes.length ? 0 : common[suffixes[i]];
            int from = i - 1;
            long before = count;
            count += source.count(suffixes[i - 1]);
            for (; open > 0 && depth[open - 1] > shared; open--) {
                from = left[open - 1];
                before = countBefore[open - 1];
                visit(suffixes[from], depth[open - 1], count - before);
            }
            if (shared > 0 && (open == 0 || depth[open - 1] < shared)) {
                if (open == left.length) {
                    left = Arrays.copyOf(left, 2 * open);
                    depth = Arrays.copyOf(depth, 2 * open);
                    countBefore = Arrays.copyOf(countBefore, 2 * open);
                }
                left[open] = from;
                depth[open] = shared;
                countBefore[open++] = before;
            }
        }
    }

    private void visit(int start, int length, long count) {
        if (length > 1 && length <= rule.maxLength() && read(start, length) && rule.allows(codePoints, 0, length)) {
            found.add(start, length, count * length);
        }
    }

    /** Reads a substring into {@code codePoints}; false if it runs over the end of a word or line. */
    private boolean read(int start, int length) {
        int[] symbols = source.symbols();
        for (int i = 0; i < length; i++) {
            int c = source.codePoint(symbols[start + i]);
            if (c == SeedText.BOUNDARY) {
                return false;
            }
            codePoints[i] = c;
        }
        return true;
    }

    /** A list of substrings with scores. */
    private static final class Substrings {

        private int[] starts = new int[1024];
        private short[] lengths = new short[1024];
        private long[] scores = new long[1024];
        private int size;

        void add(int start, int length, long score) {
            if (size == starts.length) {
                starts = Arrays.copyOf(starts, 2 * size);
                lengths = Arrays.copyOf(lengths, 2 * size);
                scores = Arrays.copyOf(scores, 2 * size);
            }
            starts[size] = start;
            lengths[size] = (short) length;
            scores[size++] = score;
        }

        int start(int substring) {
            return starts[substring];
        }

        int length(int substring) {
            return lengths[substring];
        }

        long score(int substring) {
            return scores[substring];
        }

        /** The {@code limit} of the highest scores, by descending score; of equal ones the first come first. */
        int[] best(int limit) {
            int kept = Math.min(limit, size);
            if (kept == 0) {
                return new int[0];
            }
            long[] ascending = Arrays.copyOf(scores, size);
            Arrays.parallelSort(ascending);
            long least = ascending[size - kept];
            int above = size - kept;
            while (above < size && ascending[above] == least) {
                above++;
            }
            int ofLeast = kept - (size - above);
            Integer[] best = new Integer[kept];
            int next = 0;
            for (int i = 0; i < size; i++) {
                if (scores[i] > least || scores[i] == least && ofLeast-- > 0) {
                    best[next++] = i;
                }
            }
            Arrays.parallelSort(best, (one, other) -> Long.compare(scores[other], scores[one]));
            return Arrays.stream(best).mapToInt(i -> i).toArray();
        }
    }
}
