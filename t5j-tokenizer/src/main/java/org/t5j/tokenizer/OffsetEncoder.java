package org.t5j.tokenizer;

import org.t5j.tokenizer.bytes.Bytes;
import org.t5j.tokenizer.bytes.Utf8;
import org.t5j.tokenizer.model.Vocabulary;
import org.t5j.tokenizer.normalize.Alignment;
import org.t5j.tokenizer.normalize.Normalizer;
import org.t5j.tokenizer.normalize.Normalizer.Position;

/**
 * Text to ids, pieces and the places in the text that they stand for, as {@code
 * SentencePieceProcessor::PopulateSentencePieceText} finds them. The ids are those of {@link TextEncoder}. Thread-safe.
 */
final class OffsetEncoder {

    private final Vocabulary vocabulary;
    private final Normalizer normalizer;
    private final Segmenter segmenter;
    private final boolean byteFallback;
    private final SpecialTokens specialTokens;
    private final boolean exactSpacing;

    /**
     * @param specialTokens what is recognised in the text; null for nothing
     * @param exactSpacing whether only text after a space starts a word, where special tokens are recognised
     */
    OffsetEncoder(
            Vocabulary vocabulary,
            Normalizer normalizer,
            Segmenter segmenter,
            boolean byteFallback,
            SpecialTokens specialTokens,
            boolean exactSpacing) {
        this.vocabulary = vocabulary;
        this.normalizer = normalizer;
        this.segmenter = segmenter;
        this.byteFallback = byteFallback;
        this.specialTokens = specialTokens;
        this.exactSpacing = exactSpacing;
    }

    Encoding encode(String text) {
        Work work = new Work();
        if (specialTokens == null) {
            work.encode(text, 0, Position.WHOLE);
        } else {
            encodeParts(text, work);
        }
        return work.pieces.build();
    }

    private void encodeParts(String text, Work work) {
        boolean prefixed = exactSpacing && !text.isEmpty();
        String spaced =
                prefixed ? SentencePieceTokenizer.SPACE + text.replace(SentencePieceTokenizer.SPACE, ' ') : text;
        int added = prefixed ? 1 : 0;
        int at = 0;
        for (SpecialTokens.Part part : specialTokens.split(spaced)) {
            // Between two parts there is nothing but the white space that was taken away.
            int start = spaced.indexOf(part.text(), at);
            at = start + part.text().length();
            if (part.isText()) {
                work.encode(part.text(), start - added, positionOf(part.text()));
            } else {
                dropLoneSpace(work.pieces);
                work.pieces.add(part.id(), part.text(), start - added, at - added);
            }
        }
    }

    private Position positionOf(String part) {
        if (!exactSpacing) {
            return Position.WHOLE;
        }
        boolean afterSpace = part.charAt(0) == SentencePieceTokenizer.SPACE || part.charAt(0) == ' ';
        return afterSpace ? Position.CONTINUATION : Position.NO_DUMMY_PREFIX;
    }

    private void dropLoneSpace(Encoding.Builder pieces) {
        String space = String.valueOf(SentencePieceTokenizer.SPACE);
        if (exactSpacing && pieces.size() == 1 && pieces.firstId() == vocabulary.idOf(space)) {
            pieces.clear();
        }
    }

    /** The buffers of one call. */
    private final class Work {

        final Encoding.Builder pieces = new Encoding.Builder();
        private final Bytes utf8 = new Bytes(1024);
        private final Bytes normalized = new Bytes(1024);
        private final Alignment alignment = new Alignment();
        private final Segmentation found = new Segmentation();
        private int textStart;
        private int byteAt;
        private int charAt;

        /** Adds the pieces of {@code text}, which starts at {@code start} of the whole, -1 for an added first space. */
        void encode(String text, int start, Position position) {
            textStart = start;
            byteAt = 0;
            charAt = 0;
            utf8.clear();
            utf8.append(text, 0, text.length());
            normalizer.normalize(utf8, position, normalized, alignment);
            segmenter.segment(normalized, found);
            for (int i = 0; i < found.size(); i++) {
                int from = found.start(i);
                int id = found.id(i);
                if (id != vocabulary.unkId()) {
                    add(id, vocabulary.piece(id).text(), from, found.end(i));
                } else if (byteFallback) {
                    addBytes(from, found.end(i));
                } else {
                    while (i + 1 < found.size() && found.id(i + 1) == id) {
                        i++;
                    }
                    add(id, normalized.substring(from, found.end(i)), from, found.end(i));
                }
            }
        }

        private void add(int id, String piece, int from, int to) {
            int start = character(alignment.original(from));
            pieces.add(id, piece, start, character(alignment.original(to)));
        }

        private void addBytes(int from, int to) {
            int start = character(alignment.original(from));
            int end = character(alignment.original(to));
            for (int at = from; at < to; at++) {
                int id = vocabulary.byteId(normalized.array()[at]);
                pieces.add(id, vocabulary.piece(id).text(), start, at + 1 == to ? end : start);
            }
        }

        /** Where in the whole the character of byte {@code target} stands; targets ascend. */
        private int character(int target) {
            while (byteAt < target) {
                int length = Utf8.length(utf8.array()[byteAt]);
                if (byteAt + length > target) {
                    break;
                }
                byteAt += length;
                charAt += length == 4 ? 2 : 1;
            }
            return Math.max(0, textStart + charAt);
        }
    }
}
