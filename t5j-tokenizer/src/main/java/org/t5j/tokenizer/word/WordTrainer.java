package org.t5j.tokenizer.word;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.t5j.tokenizer.TokenizerException;
import org.t5j.tokenizer.TrainerConfig;
import org.t5j.tokenizer.model.ModelProto;
import org.t5j.tokenizer.model.ModelType;
import org.t5j.tokenizer.train.FrequencyPieces;
import org.t5j.tokenizer.train.PieceRule;
import org.t5j.tokenizer.train.Progress;
import org.t5j.tokenizer.train.Sentence;
import org.t5j.tokenizer.train.Setting;
import org.t5j.tokenizer.train.TrainingCorpus;
import org.t5j.tokenizer.train.TrainingInput;
import org.t5j.tokenizer.train.VocabularyLayout;
import org.t5j.tokenizer.train.VocabularyTrainer;

/** Makes a vocabulary of the most frequent words, as {@code spm_train --model_type=word} does. */
public final class WordTrainer implements VocabularyTrainer {

    private final TrainerConfig config;
    private final VocabularyLayout layout;

    /**
     * @throws TokenizerException if the configuration asks for another type of model, or has no room for the special
     *     pieces
     */
    public WordTrainer(TrainerConfig config) {
        Setting.require(config.modelType() == ModelType.WORD, "modelType", config.modelType(), "WORD for this trainer");
        this.config = config;
        layout = new VocabularyLayout(config);
    }

    @Override
    public ModelProto train(TrainingInput input, Progress progress) {
        TrainingCorpus corpus = TrainingCorpus.load(input, config, layout, progress);
        // Words start at ▁ even if it is a suffix elsewhere: so spm_train has it.
        List<Sentence> words = corpus.words(WordSplitter.PREFIX);
        long total = words.stream().mapToLong(Sentence::count).sum();
        FrequencyPieces pieces = new FrequencyPieces(total, layout.learnedCount());
        for (Sentence word : words) {
            String text = new String(word.text(), StandardCharsets.UTF_8);
            if (text.indexOf(PieceRule.UNKNOWN) < 0) {
                pieces.add(text, word.count());
            }
        }
        return layout.model(pieces.pieces(), corpus);
    }
}
