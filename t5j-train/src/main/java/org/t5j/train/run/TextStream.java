package org.t5j.train.run;

import java.util.Arrays;
import java.util.function.Consumer;
import org.t5j.tokenizer.Tokenizer;

/**
 * Tokens of one output, as they are chosen, to pieces of text that joined are the text of the whole. What later tokens can
 * still change is held back: the bytes of a character that has not ended.
 */
final class TextStream {
    private static final char MALFORMED = '\uFFFD';

    private final Tokenizer tokenizer;
    private final Consumer<String> pieces;
    private int[] ids = new int[64];
    private int count;
    private int told;

    TextStream(Tokenizer tokenizer, Consumer<String> pieces) {
        this.tokenizer = tokenizer;
        this.pieces = pieces;
    }

    void add(int id) {
        if (count == ids.length) {
            ids = Arrays.copyOf(ids, 2 * count);
        }
        ids[count++] = id;
        String text = text();
        int settled = text.length();
        while (settled > 0 && text.charAt(settled - 1) == MALFORMED) {
            settled--;
        }
        tell(text, settled);
    }

    /** No token follows: characters that have not ended never will. */
    void finish() {
        String text = text();
        tell(text, text.length());
    }

    private String text() {
        return tokenizer.decodeOutput(Arrays.copyOf(ids, count));
    }

    private void tell(String text, int settled) {
        if (settled > told) {
            pieces.accept(text.substring(told, settled));
            told = settled;
        }
    }
}
