package org.t5j.tokenizer.character;

import org.t5j.tokenizer.TokenizerException;
import org.t5j.tokenizer.TrainerConfig;
import org.t5j.tokenizer.model.ModelProto;
import org.t5j.tokenizer.model.ModelType;
import org.t5j.tokenizer.train.FrequencyPieces;
import org.t5j.tokenizer.train.Progress;
import org.t5j.tokenizer.train.Setting;
import org.t5j.tokenizer.train.TrainingCorpus;
import org.t5j.tokenizer.train.TrainingInput;
import org.t5j.tokenizer.train.VocabularyLayout;
import org.t5j.tokenizer.train.VocabularyTrainer;

/** Makes a vocabulary of the most frequent characters, as {@code spm_train --model_type=char} does. */
public final class CharacterTrainer implements VocabularyTrainer {

    private final TrainerConfig config;
    private final VocabularyLayout layout;

    /**
     * @throws TokenizerException if the configuration asks for another type of model, or has no room for the special
     *     pieces
     */
    public CharacterTrainer(TrainerConfig config) {
        Setting.require(config.modelType() == ModelType.CHAR, "modelType", config.modelType(), "CHAR for this trainer");
        this.config = config;
        layout = new VocabularyLayout(config);
    }

    @Override
    public ModelProto train(TrainingInput input, Progress progress) {
        TrainingCorpus corpus = TrainingCorpus.load(input, config, layout, progress);
        long total = corpus.requiredChars().values().stream()
                .mapToLong(count -> count)
                .sum();
        FrequencyPieces pieces = new FrequencyPieces(total, layout.learnedCount());
        corpus.requiredChars().forEach((c, count) -> pieces.add(Character.toString(c), count));
        return layout.model(pieces.pieces(), corpus);
    }
}
