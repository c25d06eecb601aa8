package org.t5j.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.t5j.tokenizer.bytes.ByteTrie;
import org.t5j.tokenizer.bytes.Bytes;
import org.t5j.tokenizer.bytes.Utf8;
import org.t5j.tokenizer.model.ModelProto;
import org.t5j.tokenizer.model.NormalizerSpec;
import org.t5j.tokenizer.model.Piece;
import org.t5j.tokenizer.model.Vocabulary;
import org.t5j.tokenizer.normalize.Normalizer;

/**
 * Ids or pieces back to text, equal to {@code SentencePieceProcessor::Decode}. What each id stands for is worked out
 * once; a sequence is then put together by copying. Immutable.
 */
final class Detokenizer {

    /** Stands for itself. */
    private static final byte TEXT = 0;
    /** Text that starts with a space, which is dropped at the start of a sequence. */
    private static final byte SPACED_TEXT = 1;
    /** One byte of a character. */
    private static final byte BYTE = 2;

    private static final byte[] REPLACEMENT_CHARACTER = "\uFFFD".getBytes(StandardCharsets.UTF_8);

    private final byte[] surfaces;
    /** Where the surface of each id starts, which is where the one before it ends. */
    private final int[] starts;

    private final byte[] kinds;
    private final boolean dropsFirstSpace;
    private final boolean dropsLeadingSpaces;
    private final Normalizer denormalizer;

    /** @param names texts of the ids that follow the pieces, as words of their own; the first id first */
    Detokenizer(ModelProto model, Vocabulary vocabulary, List<String> names) {
        NormalizerSpec spec = model.normalizerSpec();
        dropsLeadingSpaces = spec.removeExtraWhitespaces();
        dropsFirstSpace = spec.addDummyPrefix() || dropsLeadingSpaces;
        denormalizer = model.denormalizerSpec().precompiledCharsmap().length == 0
                ? null
                : new Normalizer(model.denormalizerSpec(), false, ByteTrie.of(List.of()));
        starts = new int[vocabulary.size() + names.size() + 1];
        kinds = new byte[starts.length - 1];
        Bytes texts = new Bytes(8 * kinds.length);
        for (int id = 0; id < kinds.length; id++) {
            if (id < vocabulary.size()) {
                // As the C++ code does, the id is looked up again by its text.
                int found = vocabulary.idOf(vocabulary.piece(id).text());
                kinds[id] = append(vocabulary.piece(found), model.trainerSpec().unkSurface(), texts);
            } else {
                kinds[id] = appendText(SentencePieceTokenizer.SPACE + names.get(id - vocabulary.size()), texts);
            }
            starts[id + 1] = texts.length();
        }
        surfaces = Arrays.copyOf(texts.array(), texts.length());
    }

    private static byte append(Piece piece, String unkSurface, Bytes texts) {
        switch (piece.type()) {
            case CONTROL -> {
                return TEXT;
            }
            case UNKNOWN -> {
                texts.append(unkSurface, 0, unkSurface.length());
                return TEXT;
            }
            case BYTE -> {
                texts.append((byte) Integer.parseInt(piece.text().substring(3, 5), 16));
                return BYTE;
            }
            default -> {
                return appendText(piece.text(), texts);
            }
        }
    }

    private static byte appendText(String text, Bytes texts) {
        texts.append(text.replace(SentencePieceTokenizer.SPACE, ' '), 0, text.length());
        return text.charAt(0) == SentencePieceTokenizer.SPACE ? SPACED_TEXT : TEXT;
    }

    /** Collects the text of one sequence. */
    final class Text {

        private static final int USUAL_BYTES = 5;

        private final Bytes out;
        private boolean atStart = dropsFirstSpace;
        private int bytesFrom = -1;

        /** @param tokens how many are about to come */
        Text(int tokens) {
            out = new Bytes((int) Math.min(USUAL_BYTES * (long) tokens + 16, Integer.MAX_VALUE - 8));
        }

        void add(int id) {
            int from = starts[id];
            byte kind = kinds[id];
            if (kind == BYTE) {
                bytesFrom = bytesFrom < 0 ? out.length() : bytesFrom;
                out.append(surfaces[from]);
                return;
            }
            endBytes();
            if (atStart) {
                atStart = out.length() == 0;
                if (atStart && kind == SPACED_TEXT) {
                    from++;
                    atStart = dropsLeadingSpaces;
                }
            }
            out.append(surfaces, from, starts[id + 1]);
        }

        /** Adds what an unknown piece stands for, as it is. */
        void addUnknown(String surface) {
            endBytes();
            out.append(surface, 0, surface.length());
        }

        /** Bytes have been appended as they came; those that are no UTF-8 become U+FFFD, each of them. */
        private void endBytes() {
            if (bytesFrom < 0) {
                return;
            }
            byte[] bytes = Arrays.copyOfRange(out.array(), bytesFrom, out.length());
            out.truncate(bytesFrom);
            for (int at = 0; at < bytes.length; ) {
                int length = Utf8.wellFormedLength(bytes, at, bytes.length);
                if (length == 0) {
                    out.append(REPLACEMENT_CHARACTER);
                } else {
                    out.append(bytes, at, at + length);
                }
                at += Math.max(length, 1);
            }
            bytesFrom = -1;
        }

        @Override
        public String toString() {
            endBytes();
            if (denormalizer == null) {
                return out.toString();
            }
            Bytes denormalized = new Bytes(out.length());
            denormalizer.normalize(out, Normalizer.Position.WHOLE, denormalized);
            return denormalized.toString();
        }
    }
}
