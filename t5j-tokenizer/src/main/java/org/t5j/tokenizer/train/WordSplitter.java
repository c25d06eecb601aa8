package org.t5j.tokenizer.train;

/**
 * Cuts normalised text into words at ▁ ({@code SplitIntoWords}).
 *
 * @param suffix whether ▁ ends a word, else it starts one
 * @param keepRuns whether several ▁ in a row stay together
 */
public record WordSplitter(boolean suffix, boolean keepRuns) {

    /** Receives words. */
    @FunctionalInterface
    public interface WordSink {

        /** The word is {@code [from, to)} of the text that is split, never empty. */
        void accept(int from, int to);
    }

    /** Gives the words of {@code text[from, to)}, which is UTF-8, to {@code sink} in their order. */
    public void split(byte[] text, int from, int to, WordSink sink) {
        int start = from;
        boolean afterSpace = from < to && isSpace(text, from, to);
        for (int at = from + (afterSpace ? 3 : 1); at < to; ) {
            boolean space = isSpace(text, at, to);
            if (startsWord(space, afterSpace)) {
                sink.accept(start, at);
                start = at;
            }
            afterSpace = space;
            at += space ? 3 : 1;
        }
        if (start < to) {
            sink.accept(start, to);
        }
    }

    private boolean startsWord(boolean space, boolean afterSpace) {
        if (suffix) {
            return afterSpace && !(keepRuns && space);
        }
        return space && !(keepRuns && afterSpace);
    }

    private static boolean isSpace(byte[] text, int at, int to) {
        return at + 2 < to && text[at] == (byte) 0xE2 && text[at + 1] == (byte) 0x96 && text[at + 2] == (byte) 0x81;
    }
}
