package org.t5j.tokenizer.word;

import org.t5j.tokenizer.Segmentation;
import org.t5j.tokenizer.Segmenter;
import org.t5j.tokenizer.bytes.Bytes;
import org.t5j.tokenizer.model.Vocabulary;

/**
 * One piece for each word; a word that the vocabulary lacks is unknown as a whole. Every ▁ starts a word, even in models
 * trained with the space as suffix: SentencePiece does so.
 */
public final class WordSegmenter implements Segmenter {

    private final Vocabulary vocabulary;

    public WordSegmenter(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    @Override
    public void segment(Bytes text, Segmentation out) {
        byte[] bytes = text.array();
        int length = text.length();
        out.clear();
        for (int at = 0; at < length; ) {
            int end = WordSplitter.PREFIX.end(bytes, at, length);
            out.add(vocabulary.segmentId(bytes, at, end), end);
            at = end;
        }
    }
}
