package org.t5j.tokenizer;

import org.t5j.tokenizer.bpe.BpeSegmenter;
import org.t5j.tokenizer.character.CharacterSegmenter;
import org.t5j.tokenizer.model.ModelType;
import org.t5j.tokenizer.model.Vocabulary;
import org.t5j.tokenizer.unigram.UnigramSegmenter;
import org.t5j.tokenizer.word.WordSegmenter;

/** The segmenter that each type of model asks for. */
final class Segmenters {

    private Segmenters() {}

    static Segmenter of(ModelType type, Vocabulary vocabulary) {
        return switch (type) {
            case UNIGRAM -> new UnigramSegmenter(vocabulary);
            case BPE -> new BpeSegmenter(vocabulary);
            case WORD -> new WordSegmenter(vocabulary);
            case CHAR -> new CharacterSegmenter(vocabulary);
        };
    }
}
