package org.t5j.tokenizer.unigram;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.t5j.tokenizer.train.Sentence;

/**
 * Drops the pieces that the text needs least ({@code Trainer::PruneSentencePieces}). What a piece is worth is the
 * likelihood that the text loses when each of its occurrences is written with the second best segmentation instead.
 */
final class Pruning {

    private static final float UNKNOWN_PENALTY = 10;

    private final List<Sentence> text;
    private final PieceTable table;
    private final Lattice lattice = new Lattice();

    private record Candidate(int piece, double loss) {}

    Pruning(List<Sentence> text, PieceTable table) {
        this.text = text;
        this.table = table;
    }

    /** The table without its least useful pieces, about {@code size} of them; characters always stay. */
    PieceTable keep(int size) {
        double[] frequency = new double[table.size()];
        double words = 0;
        for (Sentence word : text) {
            words += word.count();
            lattice.fill(word.text(), table);
            lattice.findTwoBest();
            for (int piece : lattice.path(0)) {
                if (piece != Lattice.UNKNOWN) {
                    frequency[piece] += word.count();
                }
            }
        }
        double sum = 0;
        for (double count : frequency) {
            sum += count;
        }
        List<Integer> kept = new ArrayList<>();
        List<Candidate> candidates = new ArrayList<>();
        for (int piece = 0; piece < table.size(); piece++) {
            if (frequency[piece] == 0) {
                continue;
            }
            lattice.fill(table.text(piece), table);
            lattice.findTwoBest();
            int[] alternative = lattice.path(1);
            if (alternative.length == 0) {
                kept.add(piece);
            } else if (lattice.path(0).length == 1) {
                candidates.add(new Candidate(piece, loss(frequency, piece, alternative, sum, words)));
            }
        }
        candidates.sort(Comparator.comparingDouble(Candidate::loss).reversed());
        candidates.stream().limit(Math.max(0, size - kept.size())).forEach(candidate -> kept.add(candidate.piece));
        return select(kept);
    }

    private double loss(double[] frequency, int piece, int[] alternative, double sum, double words) {
        double count = frequency[piece];
        double logProbability = StrictMath.log(count / sum);
        double logSumWithout = StrictMath.log(sum + count * (alternative.length - 1));
        double logAlternative = 0;
        for (int part : alternative) {
            logAlternative += part == Lattice.UNKNOWN
                    ? table.minScore() - UNKNOWN_PENALTY
                    : StrictMath.log(frequency[part] + count) - logSumWithout;
        }
        return count / words * (logProbability - logAlternative);
    }

    private PieceTable select(List<Integer> pieces) {
        List<byte[]> texts = new ArrayList<>(pieces.size());
        float[] scores = new float[pieces.size()];
        for (int i = 0; i < scores.length; i++) {
            texts.add(table.text(pieces.get(i)));
            scores[i] = table.score(pieces.get(i));
        }
        return new PieceTable(texts, scores);
    }
}
