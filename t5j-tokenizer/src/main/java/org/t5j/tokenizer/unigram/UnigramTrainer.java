package org.t5j.tokenizer.unigram;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.t5j.tokenizer.TokenizerException;
import org.t5j.tokenizer.TrainerConfig;
import org.t5j.tokenizer.model.ModelProto;
import org.t5j.tokenizer.model.ModelType;
import org.t5j.tokenizer.model.Piece;
import org.t5j.tokenizer.train.PieceRule;
import org.t5j.tokenizer.train.Progress;
import org.t5j.tokenizer.train.Sentence;
import org.t5j.tokenizer.train.TrainingCorpus;
import org.t5j.tokenizer.train.TrainingInput;
import org.t5j.tokenizer.train.VocabularyLayout;
import org.t5j.tokenizer.train.VocabularyTrainer;
import org.t5j.tokenizer.train.Workers;

/**
 * Makes a unigram vocabulary from text, as {@code spm_train --model_type=unigram} does ({@code
 * unigram_model_trainer.cc}): seed pieces from frequent substrings, rounds of EM under a Dirichlet prior, pruning
 * between them until the size is reached. Numbers are rounded to floats where {@code spm_train} rounds them, so that
 * the pieces are those of {@code spm_train} 0.1.97. The same text and configuration give the same bytes on every
 * machine.
 *
 * <pre>{@code
 * ModelProto model = new UnigramTrainer(TrainerConfig.ofVocabSize(8000)).train(List.of(Path.of("text.txt")));
 * model.write(Path.of("spiece.model"));
 * }</pre>
 *
 * <p>Memory grows with the text: its bytes, and at the start 16 bytes for each character of its distinct words, or 12
 * for each character of the text where it is not split by whitespace.
 */
public final class UnigramTrainer implements VocabularyTrainer {

    private static final float MIN_EXPECTED = 0.5f;
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
        try (Workers workers = new Workers(config.threads())) {
            PieceTable table = learn(corpus, workers, progress);
            return layout.model(finalPieces(table, corpus.requiredChars()), corpus);
        }
    }

    private PieceTable learn(TrainingCorpus corpus, Workers workers, Progress progress) {
        PieceTable table = seed(corpus, progress);
        List<Sentence> words = config.pieceRule().splitByWhitespace() ? corpus.words() : corpus.sentences();
        Partitions text = new Partitions(words, config.threads(), workers);
        int seeds = table.size();
        int wanted = (int) (config.vocabSize() * SIZE_BEFORE_FINAL_CUT);
        while (true) {
            for (int i = 0; i < config.unigram().subIterations(); i++) {
                table = maximize(table, expected(text, table));
                int toDrop = Math.max(0, seeds - wanted);
                progress.report("seed pieces dropped", Math.min(toDrop, seeds - table.size()), toDrop);
            }
            if (table.size() <= wanted) {
                return table;
            }
            int kept = (int) (config.unigram().shrinkingFactor() * table.size());
            table = new Pruning(text, table).keep(Math.max(wanted, kept));
        }
    }

    private PieceTable seed(TrainingCorpus corpus, Progress progress) {
        PieceRule rule = config.pieceRule();
        SeedText text = SeedText.of(corpus, rule);
        progress.report("characters to sort", text.symbols().length, -1);
        PieceTable seed = SeedPieces.of(
                text, corpus.requiredChars(), rule, config.unigram().seedSize());
        progress.report("seed pieces found", seed.size(), seed.size());
        return seed;
    }

    /** E-step: how often each piece is expected in the text. */
    private static float[] expected(Partitions text, PieceTable table) {
        List<float[]> parts = text.map(partition -> {
            float[] expected = new float[table.size()];
            TrainingLattice lattice = new TrainingLattice();
            for (int i = 0; i < text.size(partition); i++) {
                Sentence word = text.word(partition, i);
                lattice.fill(word.text(), table);
                lattice.addExpected(word.count(), expected);
            }
            return expected;
        });
        float[] sum = parts.get(0);
        for (float[] part : parts.subList(1, parts.size())) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += part[i];
            }
        }
        return sum;
    }

    /** M-step with a sparse prior (Liang and Klein 2007): digamma in place of the logarithm. */
    private static PieceTable maximize(PieceTable table, float[] expected) {
        int[] kept = IntStream.range(0, expected.length)
                .filter(i -> expected[i] >= MIN_EXPECTED)
                .toArray();
        float sum = 0;
        for (int piece : kept) {
            sum += expected[piece];
        }
        float logSum = (float) digamma(sum);
        float[] scores = new float[kept.length];
        for (int i = 0; i < kept.length; i++) {
            scores[i] = (float) (digamma(expected[kept[i]]) - logSum);
        }
        return table.select(kept, scores);
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
        double tail = StrictMath.log(x)
                + 1.0 / 24 * xx2
                - 7.0 / 960 * xx4
                + 31.0 / 8064 * xx4 * xx2
                - 127.0 / 30720 * xx4 * xx4;
        return result + tail;
    }

    /** All covered characters and the best of the rest, by descending score. */
    private List<Piece> finalPieces(PieceTable table, Map<Integer, Long> characters) {
        Comparator<Piece> byScore = Comparator.comparingDouble((Piece piece) -> -piece.score())
                .thenComparing(piece -> piece.text().getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);
        Map<String, Piece> learned = new HashMap<>();
        for (int i = 0; i < table.size(); i++) {
            String text = new String(table.text(i), StandardCharsets.UTF_8);
            learned.put(text, new Piece(text, table.score(i), Piece.Type.NORMAL));
        }
        List<Piece> pieces = new ArrayList<>();
        float penalty = 0;
        for (int c : characters.keySet()) {
            String text = Character.toString(c);
            Piece piece = learned.remove(text);
            if (piece == null) {
                piece = new Piece(text, table.minScore() + penalty, Piece.Type.NORMAL);
                penalty += REQUIRED_CHARACTER_STEP;
            }
            pieces.add(piece);
        }
        int room = layout.learnedCount() - pieces.size();
        learned.values().stream().sorted(byScore).limit(room).forEach(pieces::add);
        pieces.sort(byScore);
        return pieces;
    }
}
