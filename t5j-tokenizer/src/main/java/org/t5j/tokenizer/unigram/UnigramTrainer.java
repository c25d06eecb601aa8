package org.t5j.tokenizer.unigram;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.t5j.tokenizer.TokenizerException;
import org.t5j.tokenizer.TrainerConfig;
import org.t5j.tokenizer.model.ModelProto;
import org.t5j.tokenizer.model.ModelType;
import org.t5j.tokenizer.model.Piece;

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
public final class UnigramTrainer {

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

    /**
     * Trains on text files in UTF-8, one sentence or paragraph a line.
     *
     * @throws TokenizerException if a file cannot be read, or the text is too small or too varied for the vocabulary
     */
    public ModelProto train(List<Path> files) {
        return trainOn(lines -> {
            for (Path file : files) {
                try (BufferedReader reader =
                        new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
                    reader.lines().forEach(lines);
                } catch (IOException | UncheckedIOException failed) {
                    throw new TokenizerException("The text file " + file + " cannot be read: " + failed, failed);
                }
            }
        });
    }

    /**
     * Trains on lines of text; see {@link #train(List)}.
     *
     * @throws TokenizerException if the text is too small or too varied for the vocabulary
     */
    public ModelProto train(Stream<String> lines) {
        return trainOn(lines::forEachOrdered);
    }

    private ModelProto trainOn(Consumer<Consumer<String>> source) {
        TrainingText.Builder collected = new TrainingText.Builder(config, layout.specialTexts());
        if (config.maxLines() == 0) {
            source.accept(collected::add);
        } else {
            sample(source).forEach(collected::add);
        }
        TrainingText text = collected.build();
        int needed = text.characters().size() + layout.specialCount();
        if (needed > config.vocabSize()) {
            throw new TokenizerException("A vocabulary of " + config.vocabSize() + " pieces is too small: the text has "
                    + text.characters().size() + " characters to cover, and there are " + layout.specialCount()
                    + " special pieces. Set vocabSize to " + needed + " or more, or lower characterCoverage ("
                    + config.characterCoverage() + ")");
        }
        return layout.model(finalPieces(learn(text), text));
    }

    /** Draws lines uniformly (reservoir sampling). */
    private List<String> sample(Consumer<Consumer<String>> source) {
        List<String> drawn = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(config.seed());
        long[] seen = {0};
        source.accept(line -> {
            if (drawn.size() < config.maxLines()) {
                drawn.add(line);
            } else {
                long place = random.nextLong(seen[0] + 1);
                if (place < drawn.size()) {
                    drawn.set((int) place, line);
                }
            }
            seen[0]++;
        });
        return drawn;
    }

    private PieceTable learn(TrainingText text) {
        PieceTable table = SeedPieces.of(text, PieceRule.of(config), config.seedSize());
        int wanted = (int) (config.vocabSize() * SIZE_BEFORE_FINAL_CUT);
        while (true) {
            for (int i = 0; i < config.subIterations(); i++) {
                table = maximize(table, expected(text, table));
            }
            if (table.size() <= wanted) {
                return table;
            }
            table = new Pruning(text, table).keep(Math.max(wanted, (int) (config.shrinkingFactor() * table.size())));
        }
    }

    /** E-step: how often each piece is expected in the text. */
    private static double[] expected(TrainingText text, PieceTable table) {
        double[] expected = new double[table.size()];
        Lattice lattice = new Lattice();
        for (TrainingText.Word word : text.words()) {
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
    private List<Piece> finalPieces(PieceTable table, TrainingText text) {
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
        for (int c : text.characters().keySet()) {
            Piece piece = learned.remove(Character.toString(c));
            if (piece == null) {
                piece = new Piece(Character.toString(c), table.minScore() + penalty, Piece.Type.NORMAL);
                penalty += REQUIRED_CHARACTER_STEP;
            }
            pieces.add(piece);
        }
        int room = config.vocabSize() - layout.specialCount();
        learned.values().stream().sorted(byScore).limit(room - pieces.size()).forEach(pieces::add);
        if (pieces.size() < room) {
            throw new TokenizerException("A vocabulary of " + config.vocabSize()
                    + " pieces is too large for this text. Set" + " vocabSize to "
                    + (pieces.size() + layout.specialCount()) + " or less, or give more text");
        }
        pieces.sort(byScore);
        return pieces;
    }
}
