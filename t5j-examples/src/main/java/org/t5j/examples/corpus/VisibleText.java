package org.t5j.examples.corpus;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.t5j.tokenizer.Tokenizer;

/** Ids as text in which special tokens are seen: sentinels as {@code <extra_id_0>}, the end of sequence as {@code </s>}. */
public final class VisibleText {
    private static final char WORD_START = '\u2581';

    private final Tokenizer tokenizer;
    private final Map<Integer, String> special = new HashMap<>();

    public VisibleText(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
        special.put(tokenizer.padId(), "<pad>");
        special.put(tokenizer.eosId(), "</s>");
        for (int i = 0; i < tokenizer.sentinelCount(); i++) {
            special.put(tokenizer.sentinelId(i), "<extra_id_" + i + ">");
        }
    }

    /** The text; a blank stands wherever a piece begins a word. */
    public String of(int... ids) {
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < ids.length; ) {
            String name = special.get(ids[at]);
            if (name != null) {
                text.append(name);
                at++;
                continue;
            }
            int end = at;
            while (end < ids.length && !special.containsKey(ids[end])) {
                end++;
            }
            boolean word = tokenizer.piece(ids[at]).indexOf(WORD_START) == 0;
            text.append(word && at > 0 ? " " : "").append(tokenizer.decode(Arrays.copyOfRange(ids, at, end)));
            at = end;
        }
        return text.toString();
    }
}
