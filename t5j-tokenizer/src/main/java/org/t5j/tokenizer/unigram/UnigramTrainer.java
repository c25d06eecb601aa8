package org.t5j.tokenizer.unigram;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.t5j.tokenizer.TokenizerException;
import org.t5j.tokenizer.TrainerConfig;
import org.t5j.tokenizer.model.ModelProto;
import org.t5j.tokenizer.model.ModelType;
import org.t5j.tokenizer.model.Piece;
import org.t5j.tokenizer.train.Progress;
import org.t5j.tokenizer.train.Sentence;
import org.t5j.tokenizer.train.TrainingCorpus;
import org.t5j.tokenizer.train.TrainingInput;
import org.t5j.tokenizer.train.VocabularyLayout;
import org.t5j.tokenizer.train.VocabularyTrainer;

/**
 * Makes a unigram vocabulary from text, as {@code spm_train --model_type=unigram} does ({@code
 * unigram_model_trainer.cc}): seed pieces from frequent substrings, rounds of EM under a Dirichlet prior, pruning
 * between them until the size is reached. The same text and configuration give the same bytes on every machine.
 *
 * <pre>{@code
 * ModelProto model = new UnigramTrainer(TrainerConfig.ofVocabSize(8000)).train(List.of(Path.of("text.txt")));
 * model.write(Path.of("spiece.model"));
 * }</pre>
 */
public final class UnigramTrainer implements VocabularyTrainer {

    private static final double MIN_EXPECTED = 0.5;
    private static final double SIZE_BEFORE_FINAL_CUT = 1.1;
    private static final float REQUIRED_CHARACTER_STEP = 0.0001f;

    private final TrainerConfig config;
    private final VocabularyLayout layout;

    /**
     * @throws TokenizerException if the configuration asks for another type of model, or has no room for the special
     *     pieces
     */
    public UnigramTrainer(TrainerConfig config) {
        if (config.modelType() != ModelType.UNIGRAM) {
            throw new TokenizerException("TrainerConfig: modelType is " + config.modelType()
                    + "; only UNIGRAM vocabularies" + " can be trained");
        }
        this.config = config;
        layout = new VocabularyLayout(config);
    }

    @Override
    public ModelProto train(TrainingInput input, Progress progress) {
        TrainingCorpus corpus = TrainingCorpus.load(input, config, layout, progress);
        PieceTable table = learn(corpus);
        return layout.model(finalPieces(table, corpus), corpus);
    }

    private PieceTable learn(TrainingCorpus corpus) {
        List<Sentence> text = config.pieceRule().splitByWhitespace() ? corpus.words() : corpus.sentences();
        PieceTable table =
                SeedPieces.of(corpus, config.pieceRule(), config.unigram().seedSize());
        int wanted = (int) (config.vocabSize() * SIZE_BEFORE_FINAL_CUT);
        while (true) {
            for (int i = 0; i < config.unigram().subIterations(); i++) {
                table = maximize(table, expected(text, table));
            }
            if (table.size() <= wanted) {
                return table;
            }
            table = new Pruning(text, table)
                    .keep(Math.max(wanted, (int) (config.unigram().shrinkingFactor() * table.size())));
        }
    }

    /** E-step: how often each piece is expected in the text. */
    private static double[] expected(List<Sentence> text, PieceTable table) {
        double[] expected = new double[table.size()];
        Lattice lattice = new Lattice();
        for (Sentence word : text) {
            lattice.fill(word.text(), table);
            lattice.addExpected(word.count(), expected);
        }
        return expected;
    }

    /** M-step with a sparse prior (Liang and Klein 2007): digamma in place of the logarithm. */
    private static PieceTable maximize(PieceTable table, double[] expected) {
        List<byte[]> texts = new ArrayList<>();
        double sum = 0;
        for (int i = 0; i < expected.length; i++) {
            if (expected[i] >= MIN_EXPECTED) {
                texts.add(table.text(i));
                sum += expected[i];
            }
        }
        double logSum = digamma(sum);
        float[] scores = new float[texts.size()];
        int kept = 0;
        for (double count : expected) {
            if (count >= MIN_EXPECTED) {
                scores[kept++] = (float) (digamma(count) - logSum);
            }
        }
        return new PieceTable(texts, scores);
    }

    private static double digamma(double value) {
        double result = 0;
        double x = value;
        for (; x < 7; x++) {
            result -= 1 / x;
        }
        x -= 0.5;
        double xx = 1 / x;
        double xx2 = xx * xx;
        double xx4 = xx2 * xx2;
        return result
                + StrictMath.log(x)
                + 1.0 / 24 * xx2
                - 7.0 / 960 * xx4
                + 31.0 / 8064 * xx4 * xx2
                - 127.0 / 30720 * xx4 * xx4;
    }

    /** All covered characters and the best of the rest, by descending score. */
    private List<Piece> finalPieces(PieceTable table, TrainingCorpus text) {
        Comparator<Piece> byScore = Comparator.comparingDouble((Piece piece) -> -piece.score())
                .thenComparing(piece -> piece.text().getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);
        Map<String, Piece> learned = new HashMap<>();
        for (int i = 0; i < table.size(); i++) {
            Piece piece =
                    new Piece(new String(table.text(i), StandardCharsets.UTF_8), table.score(i), Piece.Type.NORMAL);
            learned.put(piece.text(), piece);
        }
        List<Piece> pieces = new ArrayList<>();
        float penalty = 0;
        for (int c : text.requiredChars().keySet()) {
            Piece piece = learned.remove(Character.toString(c));
            if (piece == null) {
                piece = new Piece(Character.toString(c), table.minScore() + penalty, Piece.Type.NORMAL);
                penalty += REQUIRED_CHARACTER_STEP;
            }
            pieces.add(piece);
        }
        int room = config.vocabSize() - layout.specialCount();
        learned.values().stream().sorted(byScore).limit(room - pieces.size()).forEach(pieces::add);
        pieces.sort(byScore);
        return pieces;
    }
}
