package org.t5j.examples.cli;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.t5j.tokenizer.Sampling;
import org.t5j.tokenizer.SentencePieceTokenizer;
import org.t5j.tokenizer.bytes.Bytes;
import org.t5j.tokenizer.bytes.Utf8;

/**
 * Writes lines of text as lines of ids or pieces. Immutable; several threads may use it.
 *
 * @param sampling how segmentations are drawn, for the formats that do so
 * @param seed of the draws; what is drawn for a line depends on its number too, and not on the threads
 * @param nBest how many segmentations to write, for the formats that write several
 */
record LineEncoder(
        SentencePieceTokenizer tokenizer,
        EncodeFormat format,
        ExtraOptions extras,
        TokenTexts texts,
        Sampling sampling,
        long seed,
        int nBest) {
    private static final char REPLACEMENT = '\uFFFD';

    Bytes encode(LineBlock block) {
        Bytes out = new Bytes(2 * block.text().length + 16);
        Ids ids = new Ids(tokenizer);
        block.forEachLine((text, from, to, number) -> {
            switch (format) {
                case PIECE, ID -> appendBest(text, from, to, ids, out);
                case SAMPLE_PIECE, SAMPLE_ID -> appendSample(utf16(text, from, to), number, out);
                case NBEST_PIECE, NBEST_ID -> appendNBest(utf16(text, from, to), out);
            }
        });
        return out;
    }

    /** The ids of one line after the other. */
    static final class Ids {
        private final SentencePieceTokenizer tokenizer;
        private int[] ids = new int[1024];
        private int count;

        Ids(SentencePieceTokenizer tokenizer) {
            this.tokenizer = tokenizer;
        }

        void read(byte[] text, int from, int to) {
            count = tokenizer.encodeUtf8(text, from, to, ids, 0);
            if (count < 0) {
                ids = new int[-count];
                count = tokenizer.encodeUtf8(text, from, to, ids, 0);
            }
        }

        int count() {
            return count;
        }

        int get(int index) {
            return ids[index];
        }

        private boolean contain(int id) {
            for (int i = 0; i < count; i++) {
                if (ids[i] == id) {
                    return true;
                }
            }
            return false;
        }

        private List<Integer> asList() {
            return IntStream.range(0, count).mapToObj(this::get).toList();
        }
    }

    private void appendBest(byte[] text, int from, int to, Ids ids, Bytes out) {
        ids.read(text, from, to);
        if (!writesIds() && ids.contain(tokenizer.unkId())) {
            appendPieces(tokenizer.encodePiecesUtf8(text, from, to), out);
        } else if (extras.isEmpty()) {
            texts.append(ids.ids, ids.count, out);
            out.append((byte) '\n');
        } else {
            appendIds(ids.asList(), out);
        }
    }

    private void appendSample(String text, long line, Bytes out) {
        SplittableRandom random = new SplittableRandom(new SplittableRandom(seed).nextLong() + line);
        if (writesIds()) {
            appendIds(boxed(tokenizer.sample(text, sampling, random)), out);
        } else {
            appendPieces(tokenizer.samplePieces(text, sampling, random), out);
        }
    }

    private void appendNBest(String text, Bytes out) {
        if (writesIds()) {
            tokenizer.encodeNBest(text, nBest).forEach(ids -> appendIds(boxed(ids), out));
        } else {
            tokenizer.encodeNBestPieces(text, nBest).forEach(pieces -> appendPieces(pieces, out));
        }
    }

    /** Whether the text of unknown pieces is not wanted, so that ids say all. */
    private boolean writesIds() {
        return format.isIds() || extras.namesUnknown();
    }

    private void appendIds(List<Integer> ids, Bytes out) {
        int[] all = extras.ofIds(ids).stream().mapToInt(Integer::intValue).toArray();
        texts.append(all, all.length, out);
        out.append((byte) '\n');
    }

    private void appendPieces(List<String> pieces, Bytes out) {
        String line = String.join(" ", extras.ofPieces(pieces));
        out.append(line, 0, line.length());
        out.append((byte) '\n');
    }

    private static List<Integer> boxed(int[] ids) {
        return IntStream.of(ids).boxed().toList();
    }

    /** The text; unlike Java, SentencePiece counts every malformed byte as a U+FFFD of its own. */
    static String utf16(byte[] text, int from, int to) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(text, from, to - from))
                    .toString();
        } catch (CharacterCodingException malformed) {
            StringBuilder mended = new StringBuilder(to - from);
            for (int at = from; at < to; ) {
                int length = Utf8.wellFormedLength(text, at, to);
                mended.append(length == 0 ? REPLACEMENT + "" : new String(text, at, length, StandardCharsets.UTF_8));
                at += Math.max(1, length);
            }
            return mended.toString();
        }
    }
}
