package org.t5j.data.task.study;

import java.util.List;
import org.t5j.data.Example;
import org.t5j.data.preprocess.Preprocessor;

/**
 * The mending that makes SuperGLUE's {@code wsc} its {@code wsc.fixed}: where a span does not occur in the text, its case
 * and punctuation are made those of the text.
 */
final class WinogradSpans implements Preprocessor {

    @Override
    public List<Example> apply(Example example) {
        return List.of(mend(mend(example, "span1"), "span2"));
    }

    /** The spans of an original line, which are members of its {@code target}, as fields. */
    static Example flat(Example line) {
        JsonField target = JsonField.of(line, "target");
        Example result = line;
        for (String span : List.of("span1_text", "span1_index", "span2_text", "span2_index")) {
            result = result.with(span, target.get(span).text());
        }
        return result;
    }

    private static Example mend(Example example, String span) {
        String text = example.get("text");
        String words = example.get(span + "_text");
        boolean beyondMending = words.equals("Kamenev and Zinoviev") || words.equals("Kamenev, Zinoviev, and Stalin");
        if (text.contains(words) || beyondMending || words.isEmpty()) {
            return example;
        }
        String[] all = text.strip().split("\\s+");
        int place = Integer.parseInt(example.get(span + "_index").strip());
        boolean lower = place >= 0 && place < all.length && Character.isLowerCase(all[place].charAt(0));
        String first = words.substring(0, 1);
        String mended = (lower ? first.toLowerCase() : first.toUpperCase()) + words.substring(1);
        mended = mended.replaceAll("\\.+$", "").replace('\n', ' ');
        Example result = example.with(span + "_text", mended);
        return words.contains("theyscold") ? result.with("span2_index", "10") : result;
    }
}
