package org.t5j.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
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
        final IdBuffer ids = new IdBuffer();
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
        buffers.ids.clear();
        encodeParts(text, segmenter, buffers, buffers.ids, null);
        int[] ids = buffers.ids.toArray();
        letGo(buffers);
        return ids;
    }

    /** Writes the ids to {@code into} from index {@code offset} on; returns their number, negative if they do not fit. */
    int encode(String text, int[] into, int offset) {
        Scratch buffers = scratch.get();
        buffers.ids.clear();
        encodeParts(text, segmenter, buffers, buffers.ids, null);
        return put(buffers, into, offset);
    }

    /** As {@link #encode(String, int[], int)}, of the text in UTF-8 at {@code text[from, to)}. */
    int encode(byte[] text, int from, int to, int[] into, int offset) {
        Scratch buffers = scratch.get();
        buffers.ids.clear();
        encode(text, from, to, buffers.ids);
        return put(buffers, into, offset);
    }

    private int put(Scratch buffers, int[] into, int offset) {
        int size = buffers.ids.size();
        boolean fits = size <= into.length - offset;
        if (fits) {
            System.arraycopy(buffers.ids.array(), 0, into, offset, size);
        }
        letGo(buffers);
        return fits ? size : -size;
    }

    /** Appends the ids of the text in UTF-8 at {@code text[from, to)}; malformed bytes count as U+FFFD. */
    void encode(byte[] text, int from, int to, IdBuffer ids) {
        Scratch buffers = scratch.get();
        encodeParts(text, from, to, buffers, ids, null);
        letGo(buffers);
    }

    List<String> encodePieces(byte[] text, int from, int to) {
        List<String> pieces = new ArrayList<>();
        encodeParts(text, from, to, new Scratch(), new IdBuffer(), pieces);
        return pieces;
    }

    private void encodeParts(byte[] text, int from, int to, Scratch buffers, IdBuffer ids, List<String> pieces) {
        if (specialTokens == null
                || convention == SentinelConvention.HF_LEGACY && indexOf((byte) '<', text, from, to) < 0) {
            buffers.utf8.clear();
            buffers.utf8.append(text, from, to);
            encodeUtf8(Position.WHOLE, segmenter, buffers, ids, pieces);
        } else {
            IdBuffer found = new IdBuffer();
            encodeParts(new String(text, from, to - from, StandardCharsets.UTF_8), segmenter, buffers, found, pieces);
            ids.addAll(found);
        }
    }

    private static int indexOf(byte wanted, byte[] text, int from, int to) {
        int at = from;
        while (at < to && text[at] != wanted) {
            at++;
        }
        return at < to ? at : -1;
    }

    List<String> encodePieces(String text) {
        List<String> pieces = new ArrayList<>();
        encodeParts(text, segmenter, new Scratch(), new IdBuffer(), pieces);
        return pieces;
    }

    int[] sample(String text, Sampling sampling, RandomGenerator random) {
        IdBuffer ids = new IdBuffer();
        encodeParts(text, sampling.drawing(segmenter, random), new Scratch(), ids, null);
        return ids.toArray();
    }

    List<String> samplePieces(String text, Sampling sampling, RandomGenerator random) {
        List<String> pieces = new ArrayList<>();
        encodeParts(text, sampling.drawing(segmenter, random), new Scratch(), new IdBuffer(), pieces);
        return pieces;
    }

    List<int[]> encodeNBest(String text, int size) {
        List<int[]> found = new ArrayList<>();
        nBest(text, size, (ids, pieces) -> found.add(ids.toArray()));
        return found;
    }

    List<List<String>> encodeNBestPieces(String text, int size) {
        List<List<String>> found = new ArrayList<>();
        nBest(text, size, (ids, pieces) -> found.add(pieces));
        return found;
    }

    private void nBest(String text, int size, BiConsumer<IdBuffer, List<String>> sink) {
        if (!(segmenter instanceof NBestSegmenter nBest)) {
            throw new TokenizerException("The n best segmentations are known for models of type UNIGRAM only");
        }
        if (size < 1) {
            throw new TokenizerException("size is " + size + "; the n best segmentations are 1 or more");
        }
        Alternatives alternatives = new Alternatives(nBest, Math.min(size, NBestSegmenter.MAX_SIZE));
        do {
            IdBuffer ids = new IdBuffer();
            List<String> pieces = new ArrayList<>();
            encodeParts(text, alternatives, new Scratch(), ids, pieces);
            sink.accept(ids, pieces);
        } while (alternatives.next());
    }

    private void letGo(Scratch buffers) {
        if (buffers.utf8.capacity() > MAX_KEPT_BYTES) {
            scratch.remove();
        }
    }

    /**
     * Appends the ids to {@code ids} and, unless it is null, the pieces to {@code pieces}.
     *
     * @param ids empty
     * @param cutter what cuts the text between special tokens
     */
    private void encodeParts(String text, Segmenter cutter, Scratch buffers, IdBuffer ids, List<String> pieces) {
        boolean plain =
                specialTokens == null || convention == SentinelConvention.HF_LEGACY && !specialTokens.occurIn(text);
        if (plain) {
            encodeText(text, Position.WHOLE, cutter, buffers, ids, pieces);
            return;
        }
        String spaced = convention == SentinelConvention.HF_LEGACY || text.isEmpty()
                ? text
                : SentencePieceTokenizer.SPACE + text.replace(SentencePieceTokenizer.SPACE, ' ');
        for (SpecialTokens.Part part : specialTokens.split(spaced)) {
            if (!part.isText()) {
                dropLoneSpace(ids, pieces);
                ids.add(part.id());
                addPiece(part.text(), pieces);
            } else if (convention == SentinelConvention.HF_LEGACY) {
                encodeText(part.text(), Position.WHOLE, cutter, buffers, ids, pieces);
            } else {
                char first = part.text().charAt(0);
                boolean afterSpace = first == SentencePieceTokenizer.SPACE || first == ' ';
                Position position = afterSpace ? Position.CONTINUATION : Position.NO_DUMMY_PREFIX;
                encodeText(part.text(), position, cutter, buffers, ids, pieces);
            }
        }
    }

    /** Before a special token: one that starts the text has no ▁ before it ({@link SentinelConvention#HF_EXACT}). */
    private void dropLoneSpace(IdBuffer ids, List<String> pieces) {
        boolean loneSpace = convention == SentinelConvention.HF_EXACT
                && ids.size() == 1
                && ids.array()[0] == vocabulary.idOf(String.valueOf(SentencePieceTokenizer.SPACE));
        if (loneSpace) {
            ids.clear();
            if (pieces != null) {
                pieces.clear();
            }
        }
    }

    private void encodeText(
            String text, Position position, Segmenter cutter, Scratch buffers, IdBuffer ids, List<String> pieces) {
        buffers.utf8.clear();
        buffers.utf8.append(text, 0, text.length());
        encodeUtf8(position, cutter, buffers, ids, pieces);
    }

    /** Encodes what is in {@code buffers.utf8}. */
    private void encodeUtf8(Position position, Segmenter cutter, Scratch buffers, IdBuffer ids, List<String> pieces) {
        Bytes normalized = buffers.normalized;
        normalizer.normalize(buffers.utf8, position, normalized);
        Segmentation found = buffers.pieces;
        cutter.segment(normalized, found);
        for (int i = 0; i < found.size(); i++) {
            int id = found.id(i);
            int start = found.start(i);
            if (id != vocabulary.unkId()) {
                ids.add(id);
                if (pieces != null) {
                    pieces.add(vocabulary.piece(id).text());
                }
            } else if (byteFallback) {
                for (int at = start; at < found.end(i); at++) {
                    int byteId = vocabulary.byteId(normalized.array()[at]);
                    ids.add(byteId);
                    addPiece(vocabulary.piece(byteId).text(), pieces);
                }
            } else {
                while (i + 1 < found.size() && found.id(i + 1) == id) {
                    i++;
                }
                ids.add(id);
                if (pieces != null) {
                    pieces.add(normalized.substring(start, found.end(i)));
                }
            }
        }
    }

    private static void addPiece(String piece, List<String> pieces) {
        if (pieces != null) {
            pieces.add(piece);
        }
    }
}
