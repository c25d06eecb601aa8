package org.t5j.tokenizer.character;

import org.t5j.tokenizer.Segmentation;
import org.t5j.tokenizer.Segmenter;
import org.t5j.tokenizer.bytes.ByteTrie;
import org.t5j.tokenizer.bytes.Bytes;
import org.t5j.tokenizer.bytes.Utf8;
import org.t5j.tokenizer.model.Vocabulary;

/** One piece for each character or user-defined symbol, the longest symbol first. */
public final class CharacterSegmenter implements Segmenter {

    private final Vocabulary vocabulary;

    public CharacterSegmenter(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    @Override
    public void segment(Bytes text, Segmentation out) {
        byte[] bytes = text.array();
        int length = text.length();
        ByteTrie userDefined = vocabulary.userDefined();
        out.clear();
        for (int at = 0; at < length; ) {
            int symbol = userDefined.longestMatch(bytes, at, length);
            int end = symbol > 0 ? at + symbol : Math.min(at + Utf8.length(bytes[at]), length);
            out.add(vocabulary.segmentId(bytes, at, end), end);
            at = end;
        }
    }
}
