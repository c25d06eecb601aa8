package org.t5j.tokenizer.bpe;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.t5j.tokenizer.TokenizerException;
import org.t5j.tokenizer.TrainerConfig;
import org.t5j.tokenizer.model.ModelProto;
import org.t5j.tokenizer.model.ModelType;
import org.t5j.tokenizer.model.Piece;
import org.t5j.tokenizer.train.Progress;
import org.t5j.tokenizer.train.Sentence;
import org.t5j.tokenizer.train.Setting;
import org.t5j.tokenizer.train.TrainingCorpus;
import org.t5j.tokenizer.train.TrainingInput;
import org.t5j.tokenizer.train.VocabularyLayout;
import org.t5j.tokenizer.train.VocabularyTrainer;

/**
 * Makes a BPE vocabulary, as {@code spm_train --model_type=bpe} does ({@code bpe_model_trainer.cc}): merges the most
 * frequent pair of symbols into one, over and over.
 */
public final class BpeTrainer implements VocabularyTrainer {

    private static final int PIECES_BETWEEN_UPDATES = 100;

    private final TrainerConfig config;
    private final VocabularyLayout layout;

    /**
     * @throws TokenizerException if the configuration asks for another type of model, or has no room for the special
     *     pieces
     */
    public BpeTrainer(TrainerConfig config) {
        Setting.require(config.modelType() == ModelType.BPE, "modelType", config.modelType(), "BPE for this trainer");
        this.config = config;
        layout = new VocabularyLayout(config);
    }

    @Override
    public ModelProto train(TrainingInput input, Progress progress) {
        TrainingCorpus corpus = TrainingCorpus.load(input, config, layout, progress);
        List<Piece> pieces = learn(corpus, progress);
        for (int c : corpus.requiredChars().keySet()) {
            pieces.add(piece(Character.toString(c), pieces.size()));
        }
        return layout.model(pieces, corpus);
    }

    private List<Piece> learn(TrainingCorpus corpus, Progress progress) {
        BigramTable symbols = new BigramTable(config.pieceRule());
        SymbolText text = text(corpus, symbols);
        ActiveBigrams active = new ActiveBigrams(symbols, text);
        Merger merger = new Merger(text, active);
        merger.findPairs();
        int wanted = layout.learnedCount() - corpus.requiredChars().size();
        List<Piece> pieces = new ArrayList<>(wanted);
        Set<String> texts = new HashSet<>();
        while (pieces.size() < wanted) {
            if (pieces.size() % PIECES_BETWEEN_UPDATES == 0) {
                progress.report("pieces learned", pieces.size(), wanted);
                active.update();
            }
            Bigram best = active.best();
            if (best == null) {
                break;
            }
            // The same text may come of another pair, as "aaa" of "aa", "a" and of "a", "aa".
            if (texts.add(best.text())) {
                pieces.add(piece(best.text(), pieces.size()));
                merger.merge(best);
            }
            symbols.remove(best);
        }
        progress.report("pieces learned", pieces.size(), pieces.size());
        return pieces;
    }

    private SymbolText text(TrainingCorpus corpus, BigramTable symbols) {
        List<Sentence> sentences = config.pieceRule().splitByWhitespace() ? corpus.words() : corpus.sentences();
        return new SymbolText(sentences, symbols);
    }

    private static Piece piece(String text, int rank) {
        return new Piece(text, -(float) rank, Piece.Type.NORMAL);
    }
}
