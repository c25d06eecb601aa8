package org.t5j.examples.cli;

import java.util.Arrays;
import java.util.function.IntFunction;
import org.t5j.tokenizer.bytes.Bytes;

/** How the ids of a vocabulary are written, in UTF-8. */
final class TokenTexts {
    private final byte[] texts;
    private final int[] ends;

    /** @param text of the ids 0 to {@code size - 1} */
    TokenTexts(int size, IntFunction<String> text) {
        Bytes all = new Bytes(8 * size);
        ends = new int[size + 1];
        for (int id = 0; id < size; id++) {
            String one = text.apply(id);
            all.append(one, 0, one.length());
            ends[id + 1] = all.length();
        }
        texts = Arrays.copyOf(all.array(), all.length());
    }

    /** Appends the texts of {@code ids[0, count)}, with spaces between them. */
    void append(int[] ids, int count, Bytes out) {
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                out.append((byte) ' ');
            }
            out.append(texts, ends[ids[i]], ends[ids[i] + 1]);
        }
    }
}
