package org.t5j.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.t5j.tokenizer.bytes.Bytes;
import org.t5j.tokenizer.bytes.Utf8;
import org.t5j.tokenizer.model.Vocabulary;

/**
 * ByT5's vocabulary: padding 0, end of sequence 1, unknown 2 (never made), then the 256 bytes of UTF-8, so that byte
 * {@code b} is the id {@code b + 3}. There are two conventions for sentinels, and a model knows only one of them.
 *
 * <p>Any text is encoded without loss; a lone surrogate becomes U+FFFD. Decoding drops bytes that are not UTF-8, as both
 * origins do, and writes sentinels that are tokens by their names, without blanks around them. Immutable and thread-safe.
 */
public final class ByteTokenizer implements Tokenizer {

    /** Number of sentinels of Hugging Face's {@code ByT5Tokenizer}. */
    public static final int EXTRA_IDS = 125;

    private static final List<String> SPECIAL = List.of("<pad>", "</s>", "<unk>");
    private static final int FIRST_BYTE = SPECIAL.size();
    private static final int BYTES_END = FIRST_BYTE + 256;
    private static final int REUSED_BYTES = 100;

    private final int extraIds;
    private final boolean reusesBytes;
    private final SpecialTokens specialTokens;

    private ByteTokenizer(int extraIds, boolean reusesBytes) {
        if (extraIds < 0 || extraIds > SentencePieceTokenizer.MAX_EXTRA_IDS) {
            throw new TokenizerException("extraIds is " + extraIds + "; it is 0 to "
                    + SentencePieceTokenizer.MAX_EXTRA_IDS + ", " + EXTRA_IDS + " for ByT5");
        }
        this.extraIds = extraIds;
        this.reusesBytes = reusesBytes;
        Map<String, Integer> tokens = new HashMap<>();
        for (int id = 0; id < vocabSize(); id++) {
            if (id < FIRST_BYTE || id >= BYTES_END) {
                tokens.put(piece(id), id);
            }
        }
        specialTokens = reusesBytes ? null : new SpecialTokens(tokens, id -> id < FIRST_BYTE);
    }

    /**
     * Hugging Face's {@code ByT5Tokenizer} (4.34 and later): sentinels follow the bytes and count upward, {@code
     * <extra_id_0>} is 259. They are recognised in text, as are {@code <pad>}, {@code </s>} and {@code <unk>}, which
     * swallow the white space around them.
     *
     * @param extraIds number of sentinels, {@value #EXTRA_IDS} in all published models: 384 ids
     * @throws TokenizerException if it is negative or above 100,000
     */
    public static ByteTokenizer huggingFace(int extraIds) {
        return new ByteTokenizer(extraIds, false);
    }

    /**
     * The convention of ByT5's pre-training (seqio's {@code ByteVocabulary}): 259 ids, and the highest of them, which
     * stand for bytes too, serve as 100 sentinels that count downward, {@code <extra_id_0>} is 258. Nothing is recognised
     * in text. The first eleven stand for bytes that UTF-8 never uses, the others are ambiguous.
     */
    public static ByteTokenizer original() {
        return new ByteTokenizer(0, true);
    }

    @Override
    public int[] encode(String text) {
        if (specialTokens == null || !specialTokens.occurIn(text)) {
            return encodeBytes(text);
        }
        return specialTokens.split(text).stream()
                .map(part -> part.isText() ? encodeBytes(part.text()) : new int[] {part.id()})
                .flatMapToInt(Arrays::stream)
                .toArray();
    }

    private static int[] encodeBytes(String text) {
        Bytes utf8 = new Bytes(0);
        utf8.append(text, 0, text.length());
        int[] ids = new int[utf8.length()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = FIRST_BYTE + (utf8.array()[i] & 0xFF);
        }
        return ids;
    }

    @Override
    public String decode(int... ids) {
        Bytes text = new Bytes(ids.length);
        for (int id : ids) {
            checked(id);
            if (id >= BYTES_END) {
                text.append(piece(id).getBytes(StandardCharsets.US_ASCII));
            } else if (id >= FIRST_BYTE) {
                text.append((byte) (id - FIRST_BYTE));
            }
        }
        return withoutMalformed(text).toString();
    }

    private static Bytes withoutMalformed(Bytes text) {
        Bytes kept = new Bytes(text.length());
        for (int at = 0; at < text.length(); ) {
            int length = Utf8.wellFormedLength(text.array(), at, text.length());
            kept.append(text.array(), at, at + length);
            at += Math.max(length, 1);
        }
        return kept;
    }

    @Override
    public int vocabSize() {
        return BYTES_END + extraIds;
    }

    /** {@inheritDoc} Bytes are written {@code <0x41>}. */
    @Override
    public String piece(int id) {
        checked(id);
        return id < FIRST_BYTE
                ? SPECIAL.get(id)
                : id < BYTES_END ? Vocabulary.bytePiece(id - FIRST_BYTE) : SpecialTokens.sentinel(id - BYTES_END);
    }

    @Override
    public int padId() {
        return 0;
    }

    @Override
    public int eosId() {
        return 1;
    }

    @Override
    public int unkId() {
        return 2;
    }

    @Override
    public int sentinelCount() {
        return reusesBytes ? REUSED_BYTES : extraIds;
    }

    @Override
    public int sentinelId(int index) {
        if (index < 0 || index >= sentinelCount()) {
            throw new TokenizerException("There is no sentinel " + index + "; the tokenizer has " + sentinelCount()
                    + ", counted from 0. Mask fewer spans");
        }
        return reusesBytes ? BYTES_END - 1 - index : BYTES_END + index;
    }

    /** True for the convention of {@link #original()}. */
    public boolean reusesBytes() {
        return reusesBytes;
    }

    private void checked(int id) {
        if (id < 0 || id >= vocabSize()) {
            throw new TokenizerException("The id " + id + " is not in the vocabulary, which has the ids 0 to "
                    + (vocabSize() - 1) + ". Were the ids made with another vocabulary?");
        }
    }
}
