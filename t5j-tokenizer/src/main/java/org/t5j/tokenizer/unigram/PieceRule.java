package org.t5j.tokenizer.unigram;

import java.lang.Character.UnicodeScript;
import org.t5j.tokenizer.TrainerConfig;

/** Which substrings of a text may become pieces ({@code TrainerInterface::IsValidSentencePiece}). */
record PieceRule(int maxLength, boolean splitByWhitespace, boolean splitByScript, boolean splitByNumber) {

    /** Stands for a space. */
    static final int SPACE = 0x2581;

    /** Stands for a character that gets no piece. */
    static final int UNKNOWN = 0x2585;

    static PieceRule of(TrainerConfig config) {
        return new PieceRule(
                config.maxPieceLength(),
                config.splitByWhitespace(),
                config.splitByUnicodeScript(),
                config.splitByNumber());
    }

    /** Whether {@code text[from, to)}, in code points, may be a piece. */
    boolean allows(int[] text, int from, int to) {
        if (from == to || to - from > maxLength) {
            return false;
        }
        UnicodeScript previous = null;
        for (int at = from; at < to; at++) {
            int c = text[at];
            if (c == UNKNOWN) {
                return false;
            }
            if (c == SPACE) {
                boolean last = at == to - 1;
                if (at > from && (splitByWhitespace || last)) {
                    return false;
                }
                continue;
            }
            UnicodeScript script = script(c, previous);
            if (splitByScript && script != null && previous != null && script != previous) {
                return false;
            }
            previous = script;
        }
        return true;
    }

    /** The script that counts for {@code c}; null for one that goes with any. */
    private UnicodeScript script(int c, UnicodeScript previous) {
        boolean digit = c >= '0' && c <= '9' || c >= 0xFF10 && c <= 0xFF19;
        if (digit && !splitByNumber) {
            return null;
        }
        final int longVowelMark = 0x30FC;
        UnicodeScript script = UnicodeScript.of(c);
        return switch (script) {
            case HIRAGANA, KATAKANA -> UnicodeScript.HAN;
            case INHERITED -> previous;
            case UNKNOWN -> UnicodeScript.COMMON;
            default -> c == longVowelMark ? UnicodeScript.HAN : script;
        };
    }
}
