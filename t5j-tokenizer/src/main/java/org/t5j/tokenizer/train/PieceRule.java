package org.t5j.tokenizer.train;

/**
 * Which substrings of a text may become pieces ({@code TrainerInterface::IsValidSentencePiece}).
 *
 * @param maxLength longest piece in characters, 1 to 512
 * @param splitByWhitespace whether a piece stays within a word
 * @param splitByUnicodeScript whether a piece stays within a script, Han and Kana being one
 * @param splitByNumber whether digits count as a script of their own
 * @param splitDigits whether a digit is always a piece of its own
 * @param whitespaceAsSuffix whether a space belongs to the word before it
 * @param whitespaceOnlyPieces whether several spaces may be a piece
 */
public record PieceRule(
        int maxLength,
        boolean splitByWhitespace,
        boolean splitByUnicodeScript,
        boolean splitByNumber,
        boolean splitDigits,
        boolean whitespaceAsSuffix,
        boolean whitespaceOnlyPieces) {

    /** What {@code spm_train} does unless told otherwise: up to 16 characters of one word and script. */
    public static final PieceRule DEFAULT = new PieceRule(16, true, true, true, false, false, false);

    /** Stands for a space: ▁. */
    public static final int SPACE = 0x2581;

    /** Stands for a character that gets no piece: ▅. */
    public static final int UNKNOWN = 0x2585;

    private static final int ANY_SCRIPT = -1;
    private static final int LONG_VOWEL_MARK = 0x30FC;

    public PieceRule {
        Setting.require(maxLength >= 1 && maxLength <= 512, "maxPieceLength", maxLength, "1 to 512");
    }

    /** Whether {@code text[from, to)}, in code points, may be a piece. */
    public boolean allows(int[] text, int from, int to) {
        if (from == to || to - from > maxLength) {
            return false;
        }
        boolean spacesGoAnywhere = whitespaceOnlyPieces && onlySpaces(text, from, to);
        int previous = ANY_SCRIPT;
        for (int at = from; at < to; at++) {
            int c = text[at];
            if (c == UNKNOWN || c == 0 || c == '\t' || c == ' ') {
                return false;
            }
            if (c == SPACE) {
                if (!spacesGoAnywhere && !spaceMayStand(at == from, at == to - 1)) {
                    return false;
                }
                continue;
            }
            if (splitDigits && to - from > 1 && isDigit(c)) {
                return false;
            }
            int script = script(c, previous);
            if (splitByUnicodeScript && script != ANY_SCRIPT && previous != ANY_SCRIPT && script != previous) {
                return false;
            }
            previous = script;
        }
        return true;
    }

    private boolean spaceMayStand(boolean first, boolean last) {
        boolean outside = whitespaceAsSuffix ? last : first;
        boolean wrongEnd = whitespaceAsSuffix ? first : last;
        return outside || !splitByWhitespace && !wrongEnd;
    }

    private static boolean onlySpaces(int[] text, int from, int to) {
        for (int at = from; at < to; at++) {
            if (text[at] != SPACE) {
                return false;
            }
        }
        return true;
    }

    private int script(int c, int previous) {
        if (!splitByNumber && isDigit(c)) {
            return ANY_SCRIPT;
        }
        int script = Scripts.of(c);
        if (script == Scripts.HIRAGANA || script == Scripts.KATAKANA || c == LONG_VOWEL_MARK) {
            return Scripts.HAN;
        }
        return script == Scripts.INHERITED ? previous : script;
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9' || c >= 0xFF10 && c <= 0xFF19;
    }
}
