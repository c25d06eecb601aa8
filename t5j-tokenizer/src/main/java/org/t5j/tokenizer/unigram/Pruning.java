package org.t5j.tokenizer.unigram;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.t5j.tokenizer.train.Sentence;

/**
 * Drops the pieces that the text needs least ({@code Trainer::PruneSentencePieces}). What a piece is worth is the
 * likelihood that the text loses when each of its occurrences is written with the second best segmentation instead.
 */
final class Pruning {

    private final PieceTable table;
    private final float[] frequency;
    private final float[] shareOfWords;
    private final float sum;
    private final float logSum;

    private record Candidate(int piece, float loss) implements Comparable<Candidate> {

        @Override
        public int compareTo(Candidate other) {
            return loss == other.loss ? Integer.compare(piece, other.piece) : loss > other.loss ? -1 : 1;
        }
    }

    /** The pieces on the best paths of one partition's words, one after another, and how many each word has. */
    private record Paths(int[] pieces, int[] lengths, float[] frequency, float wordCount) {}

    Pruning(Partitions words, PieceTable table) {
        this.table = table;
        List<Paths> partitions = words.map(partition -> paths(words, partition, table));
        frequency = new float[table.size()];
        float wordCount = 0;
        for (Paths paths : partitions) {
            wordCount += paths.wordCount;
            for (int i = 0; i < frequency.length; i++) {
                frequency[i] += paths.frequency[i];
            }
        }
        shareOfWords = new float[table.size()];
        for (int n = 0; n < partitions.size(); n++) {
            addCounts(words, n, partitions.get(n));
        }
        for (int i = 0; i < shareOfWords.length; i++) {
            shareOfWords[i] /= wordCount;
        }
        double total = 0;
        for (float count : frequency) {
            total += count;
        }
        sum = (float) total;
        logSum = (float) StrictMath.log(sum);
    }

    private static Paths paths(Partitions words, int partition, PieceTable table) {
        TrainingLattice lattice = new TrainingLattice();
        float[] frequency = new float[table.size()];
        float wordCount = 0;
        int[] pieces = new int[1024];
        int[] lengths = new int[words.size(partition)];
        int size = 0;
        for (int i = 0; i < lengths.length; i++) {
            Sentence word = words.word(partition, i);
            float count = word.count();
            wordCount += count;
            lattice.fill(word.text(), table);
            lattice.findBest();
            int before = size;
            for (int edge = lattice.lastOfBest(); edge >= 0; edge = lattice.before(edge)) {
                if (size == pieces.length) {
                    pieces = Arrays.copyOf(pieces, 2 * size);
                }
                pieces[size++] = lattice.piece(edge);
                frequency[lattice.piece(edge)] += count;
            }
            lengths[i] = size - before;
        }
        return new Paths(Arrays.copyOf(pieces, size), lengths, frequency, wordCount);
    }

    /** Adds the count of a word to each of its pieces, all partitions in one row: floats depend on the order. */
    private void addCounts(Partitions words, int partition, Paths paths) {
        int at = 0;
        for (int i = 0; i < paths.lengths.length; i++) {
            float count = words.word(partition, i).count();
            for (int end = at + paths.lengths[i]; at < end; at++) {
                shareOfWords[paths.pieces[at]] += count;
            }
        }
    }

    /** The table without its least useful pieces, {@code size} of them or fewer; characters always stay. */
    PieceTable keep(int size) {
        int[][] alternatives = alternatives();
        IntStream.Builder kept = IntStream.builder();
        int keptCount = 0;
        List<Candidate> candidates = new ArrayList<>();
        for (int piece = 0; piece < alternatives.length; piece++) {
            if (alternatives[piece] == null) {
                continue;
            }
            if (alternatives[piece].length == 0) {
                kept.add(piece);
                keptCount++;
            } else {
                candidates.add(new Candidate(piece, loss(piece, alternatives[piece])));
            }
        }
        Candidate[] sorted = candidates.toArray(Candidate[]::new);
        Arrays.parallelSort(sorted);
        Arrays.stream(sorted).limit(Math.max(0, size - keptCount)).forEach(candidate -> kept.add(candidate.piece));
        int[] pieces = kept.build().toArray();
        float[] scores = new float[pieces.length];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = table.score(pieces[i]);
        }
        return table.select(pieces, scores);
    }

    /** By piece, its second best segmentation: null where the text can do without it, empty where there is none. */
    private int[][] alternatives() {
        ThreadLocal<Alternatives> search = ThreadLocal.withInitial(Alternatives::new);
        return IntStream.range(0, table.size())
                .parallel()
                .mapToObj(piece -> frequency[piece] == 0 ? null : search.get().of(table.text(piece), table))
                .toArray(int[][]::new);
    }

    /** {@code spm_train} divides as if a piece were replaced by as many as there are, not by its alternative. */
    private float loss(int piece, int[] alternative) {
        float count = frequency[piece];
        float logProbability = (float) (StrictMath.log(count) - logSum);
        float logSumWithout = (float) StrictMath.log(sum + count * (float) (table.size() - 1));
        float logAlternative = 0;
        for (int part : alternative) {
            logAlternative = (float) (logAlternative + (StrictMath.log(frequency[part] + count) - logSumWithout));
        }
        return shareOfWords[piece] * (logProbability - logAlternative);
    }
}
