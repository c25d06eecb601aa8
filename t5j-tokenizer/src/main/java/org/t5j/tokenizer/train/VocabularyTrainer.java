package org.t5j.tokenizer.train;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.t5j.tokenizer.TokenizerException;
import org.t5j.tokenizer.TrainerConfig;
import org.t5j.tokenizer.bpe.BpeTrainer;
import org.t5j.tokenizer.character.CharacterTrainer;
import org.t5j.tokenizer.model.ModelProto;
import org.t5j.tokenizer.unigram.UnigramTrainer;
import org.t5j.tokenizer.word.WordTrainer;

/** Makes a vocabulary from text, as {@code spm_train} does. Immutable: one trainer may be used many times. */
public interface VocabularyTrainer {

    /**
     * The trainer for the type of model that {@code config} asks for.
     *
     * @throws TokenizerException if the vocabulary has no room for the special pieces
     */
    static VocabularyTrainer of(TrainerConfig config) {
        return switch (config.modelType()) {
            case UNIGRAM -> new UnigramTrainer(config);
            case BPE -> new BpeTrainer(config);
            case WORD -> new WordTrainer(config);
            case CHAR -> new CharacterTrainer(config);
        };
    }

    /**
     * Trains on {@code input}.
     *
     * @param progress is told how far the training has come
     * @throws TokenizerException if the text cannot be read, or does not fit the size of the vocabulary
     */
    ModelProto train(TrainingInput input, Progress progress);

    /** Trains on text files in UTF-8, one sentence or paragraph a line; see {@link #train(TrainingInput, Progress)}. */
    default ModelProto train(List<Path> files) {
        return train(TrainingInput.files(files), Progress.NONE);
    }

    /** Trains on lines of text; see {@link #train(TrainingInput, Progress)}. */
    default ModelProto train(Stream<String> lines) {
        return train(TrainingInput.lines(lines), Progress.NONE);
    }
}
