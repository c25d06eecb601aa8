package org.t5j.tokenizer.model;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.t5j.tokenizer.TokenizerException;
import org.t5j.tokenizer.bytes.Utf8;

/**
 * An entry of the vocabulary.
 *
 * @param text its text, spaces as U+2581 ▁; not empty
 * @param score log-probability for unigram models, merge rank for BPE; finite
 * @param type what it stands for
 * @param extensions further fields of the entry in the file, kept as they are
 */
public record Piece(String text, float score, Type type, ProtoMessage extensions) {

    private static final int TEXT = 1;
    private static final int SCORE = 2;
    private static final int TYPE = 3;

    /** What a piece stands for; the ordinal is the number in the file less one. */
    public enum Type {
        /** Text, chosen by its score. */
        NORMAL,
        /** What the vocabulary lacks; exactly one piece. */
        UNKNOWN,
        /** Structure that never stands in text: padding, end of sequence. Decodes to nothing. */
        CONTROL,
        /** Text that always stays in one piece. */
        USER_DEFINED,
        /** Text that is never chosen. */
        UNUSED,
        /** One byte of an unknown character, written {@code <0xNN>}. */
        BYTE
    }

    public Piece {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(extensions, "extensions");
        if (text.isEmpty()) {
            throw new TokenizerException("a piece has no text");
        }
        if (!Float.isFinite(score)) {
            throw new TokenizerException("the score of piece '" + text + "' is " + score + ", not a finite number");
        }
    }

    public Piece(String text, float score, Type type) {
        this(text, score, type, ProtoMessage.EMPTY);
    }

    static Piece of(ProtoMessage message) {
        byte[] text = message.getBytes(TEXT);
        if (!Utf8.isWellFormed(text)) {
            throw new TokenizerException(
                    "a piece is not UTF-8 text: '" + new String(text, StandardCharsets.UTF_8) + "'");
        }
        int type = message.getInt(TYPE, 1);
        if (type < 1 || type > Type.values().length) {
            throw new TokenizerException("a piece has the unknown type " + type);
        }
        return new Piece(
                new String(text, StandardCharsets.UTF_8),
                message.getFloat(SCORE, 0),
                Type.values()[type - 1],
                message.without(number -> number <= TYPE));
    }

    ProtoMessage toMessage() {
        ProtoMessage.Builder message =
                new ProtoMessage.Builder().add(TEXT, text).add(SCORE, score);
        if (type != Type.NORMAL) {
            message.add(TYPE, (long) type.ordinal() + 1);
        }
        return message.addAll(extensions).build();
    }
}
