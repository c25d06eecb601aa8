package org.t5j.tokenizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.t5j.tokenizer.bytes.Bytes;
import org.t5j.tokenizer.model.Vocabulary;
import org.t5j.tokenizer.normalize.Normalizer;
import org.t5j.tokenizer.normalize.Normalizer.Position;

/**
 * Text to ids: special tokens, normalisation, segmentation, then what is unknown (one id for a run of unknown
 * characters, or their bytes). Works in buffers that each thread keeps. Thread-safe.
 */
final class TextEncoder {

    private static final int MAX_KEPT_BYTES = 1 << 20;

    private final Vocabulary vocabulary;
    private final Normalizer normalizer;
    private final Segmenter segmenter;
    private final boolean byteFallback;
    private final SpecialTokens specialTokens;
    private final SentinelConvention convention;
    private final ThreadLocal<Scratch> scratch = ThreadLocal.withInitial(Scratch::new);

    private static final class Scratch {
        final Bytes utf8 = new Bytes(1024);
        final Bytes normalized = new Bytes(1024);
        final Segmentation pieces = new Segmentation();
        int[] ids = new int[256];
        int size;

        void add(int id) {
            if (size == ids.length) {
                ids = Arrays.copyOf(ids, 2 * size);
            }
            ids[size++] = id;
        }
    }

    /** @param specialTokens what is recognised in the text; null for nothing */
    TextEncoder(
            Vocabulary vocabulary,
            Normalizer normalizer,
            Segmenter segmenter,
            boolean byteFallback,
            SpecialTokens specialTokens,
            SentinelConvention convention) {
        this.vocabulary = vocabulary;
        this.normalizer = normalizer;
        this.segmenter = segmenter;
        this.byteFallback = byteFallback;
        this.specialTokens = specialTokens;
        this.convention = convention;
    }

    int[] encode(String text) {
        Scratch buffers = scratch.get();
        buffers.size = 0;
        encodeParts(text, buffers, null);
        int[] ids = Arrays.copyOf(buffers.ids, buffers.size);
        if (buffers.utf8.capacity() > MAX_KEPT_BYTES) {
            scratch.remove();
        }
        return ids;
    }

    List<String> encodePieces(String text) {
        List<String> pieces = new ArrayList<>();
        encodeParts(text, new Scratch(), pieces);
        return pieces;
    }

    /** Appends the ids to {@code buffers.ids} and, unless it is null, the pieces to {@code pieces}. */
    private void encodeParts(String text, Scratch buffers, List<String> pieces) {
        boolean plain =
                specialTokens == null || convention == SentinelConvention.HF_LEGACY && !specialTokens.occurIn(text);
        if (plain) {
            encodeText(text, Position.WHOLE, buffers, pieces);
            return;
        }
        String spaced = convention == SentinelConvention.HF_LEGACY || text.isEmpty()
                ? text
                : SentencePieceTokenizer.SPACE + text.replace(SentencePieceTokenizer.SPACE, ' ');
        for (SpecialTokens.Part part : specialTokens.split(spaced)) {
            if (!part.isText()) {
                dropLoneSpace(buffers, pieces);
                buffers.add(part.id());
                addPiece(part.text(), pieces);
            } else if (convention == SentinelConvention.HF_LEGACY) {
                encodeText(part.text(), Position.WHOLE, buffers, pieces);
            } else {
                char first = part.text().charAt(0);
                boolean afterSpace = first == SentencePieceTokenizer.SPACE || first == ' ';
                encodeText(part.text(), afterSpace ? Position.CONTINUATION : Position.NO_DUMMY_PREFIX, buffers, pieces);
            }
        }
    }

    /** Before a special token: one that starts the text has no ▁ before it ({@link SentinelConvention#HF_EXACT}). */
    private void dropLoneSpace(Scratch buffers, List<String> pieces) {
        boolean loneSpace = convention == SentinelConvention.HF_EXACT
                && buffers.size == 1
                && buffers.ids[0] == vocabulary.idOf(String.valueOf(SentencePieceTokenizer.SPACE));
        if (loneSpace) {
            buffers.size = 0;
            if (pieces != null) {
                pieces.clear();
            }
        }
    }

    private void encodeText(String text, Position position, Scratch buffers, List<String> pieces) {
        buffers.utf8.clear();
        buffers.utf8.append(text, 0, text.length());
        Bytes normalized = buffers.normalized;
        normalizer.normalize(buffers.utf8, position, normalized);
        Segmentation found = buffers.pieces;
        segmenter.segment(normalized, found);
        for (int i = 0; i < found.size(); i++) {
            int id = found.id(i);
            int start = found.start(i);
            if (id != vocabulary.unkId()) {
                buffers.add(id);
                addPiece(vocabulary.piece(id).text(), pieces);
            } else if (byteFallback) {
                for (int at = start; at < found.end(i); at++) {
                    int byteId = vocabulary.byteId(normalized.array()[at]);
                    buffers.add(byteId);
                    addPiece(vocabulary.piece(byteId).text(), pieces);
                }
            } else {
                while (i + 1 < found.size() && found.id(i + 1) == id) {
                    i++;
                }
                buffers.add(id);
                addPiece(normalized.substring(start, found.end(i)), pieces);
            }
        }
    }

    private static void addPiece(String piece, List<String> pieces) {
        if (pieces != null) {
            pieces.add(piece);
        }
    }
}
