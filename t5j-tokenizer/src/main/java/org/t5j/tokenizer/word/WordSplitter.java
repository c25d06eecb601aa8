package org.t5j.tokenizer.word;

import org.t5j.tokenizer.bytes.Utf8;

/**
 * Where the words of normalised text end, as SentencePiece's {@code SplitIntoWords} tells.
 *
 * @param spaceIsSuffix whether ▁ ends the word before it; else it starts the word after it
 * @param joinsSpaces whether ▁s in a row stay together; else each of them belongs to a word of its own
 */
public record WordSplitter(boolean spaceIsSuffix, boolean joinsSpaces) {

    /** Every ▁ starts a word. */
    public static final WordSplitter PREFIX = new WordSplitter(false, false);

    /** End of the word that starts at {@code from}, which is below {@code to}, the end of the text. */
    public int end(byte[] text, int from, int to) {
        boolean space = isSpace(text, from, to);
        int at = Math.min(from + Utf8.length(text[from]), to);
        while (at < to) {
            boolean nextIsSpace = isSpace(text, at, to);
            boolean ends = spaceIsSuffix ? space : nextIsSpace;
            if (ends && !(joinsSpaces && space && nextIsSpace)) {
                return at;
            }
            space = nextIsSpace;
            at = Math.min(at + Utf8.length(text[at]), to);
        }
        return to;
    }

    private static boolean isSpace(byte[] text, int at, int to) {
        return to - at >= 3 && text[at] == (byte) 0xE2 && text[at + 1] == (byte) 0x96 && text[at + 2] == (byte) 0x81;
    }
}
