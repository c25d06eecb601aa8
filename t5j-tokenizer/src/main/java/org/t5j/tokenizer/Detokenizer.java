package org.t5j.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.t5j.tokenizer.bytes.ByteTrie;
import org.t5j.tokenizer.bytes.Bytes;
import org.t5j.tokenizer.bytes.Utf8;
import org.t5j.tokenizer.model.ModelProto;
import org.t5j.tokenizer.model.NormalizerSpec;
import org.t5j.tokenizer.model.Piece;
import org.t5j.tokenizer.model.Vocabulary;
import org.t5j.tokenizer.normalize.Normalizer;

/** Pieces back to text, equal to {@code SentencePieceProcessor::Decode}. Immutable. */
final class Detokenizer {

    private static final String REPLACEMENT_CHARACTER = "\uFFFD";

    private final Vocabulary vocabulary;
    private final String unkSurface;
    private final boolean dropsFirstSpace;
    private final boolean dropsLeadingSpaces;
    private final Normalizer denormalizer;

    Detokenizer(ModelProto model, Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
        NormalizerSpec spec = model.normalizerSpec();
        unkSurface = model.trainerSpec().unkSurface();
        dropsLeadingSpaces = spec.removeExtraWhitespaces();
        dropsFirstSpace = spec.addDummyPrefix() || dropsLeadingSpaces;
        denormalizer = model.denormalizerSpec().precompiledCharsmap().length == 0
                ? null
                : new Normalizer(model.denormalizerSpec(), false, ByteTrie.of(List.of()));
    }

    /** Collects the text of one sequence. */
    final class Text {

        private final StringBuilder text = new StringBuilder();
        private final Bytes pendingBytes = new Bytes(16);
        private boolean atStart = true;
        private boolean firstSpaceDropped;

        void add(int id) {
            // As the C++ code does, the id is looked up again by its text.
            Piece piece = vocabulary.piece(vocabulary.idOf(vocabulary.piece(id).text()));
            if (piece.type() == Piece.Type.BYTE) {
                pendingBytes.append((byte) Integer.parseInt(piece.text().substring(3, 5), 16));
                return;
            }
            flushBytes();
            switch (piece.type()) {
                case CONTROL -> atStart = atStart();
                case UNKNOWN -> {
                    atStart = atStart();
                    text.append(unkSurface);
                }
                default -> addSpaced(piece.text());
            }
        }

        /** Adds a piece in which ▁ stands for a space. */
        void addSpaced(String piece) {
            flushBytes();
            atStart = atStart();
            int from = 0;
            if (atStart && dropsFirstSpace && piece.charAt(0) == SentencePieceTokenizer.SPACE) {
                from = 1;
                firstSpaceDropped = !dropsLeadingSpaces;
            }
            text.append(piece.substring(from).replace(SentencePieceTokenizer.SPACE, ' '));
        }

        private boolean atStart() {
            return atStart && !firstSpaceDropped && text.length() == 0;
        }

        private void flushBytes() {
            byte[] bytes = pendingBytes.array();
            for (int at = 0; at < pendingBytes.length(); ) {
                int length = Utf8.wellFormedLength(bytes, at, pendingBytes.length());
                if (length == 0) {
                    text.append(REPLACEMENT_CHARACTER);
                    at++;
                } else {
                    text.append(new String(bytes, at, length, StandardCharsets.UTF_8));
                    at += length;
                }
            }
            pendingBytes.clear();
        }

        @Override
        public String toString() {
            flushBytes();
            if (denormalizer == null) {
                return text.toString();
            }
            Bytes in = new Bytes(3 * text.length());
            in.append(text, 0, text.length());
            Bytes out = new Bytes(in.length());
            denormalizer.normalize(in, Normalizer.Position.WHOLE, out);
            return out.toString();
        }
    }
}
