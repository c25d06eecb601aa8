package org.t5j.examples.cli;

import java.util.ArrayList;
import java.util.List;

/** Lists as SentencePiece's flags have them: {@code a,"b,c","say ""d"""} is a; b,c; say "d". Spaces count. */
final class CommaSeparated {
    private CommaSeparated() {}

    /** The texts of the list; none for an empty one. What follows a closing quote up to the next comma is dropped. */
    static List<String> parse(String list) {
        List<String> texts = new ArrayList<>();
        for (int at = 0; at < list.length(); at++) {
            if (list.charAt(at) == '"') {
                StringBuilder quoted = new StringBuilder();
                at = readQuoted(list, at + 1, quoted);
                texts.add(quoted.toString());
                at = comma(list, at);
            } else {
                int end = comma(list, at);
                texts.add(list.substring(at, end));
                at = end;
            }
        }
        return texts;
    }

    /** Returns where the text after the closing quote starts. */
    private static int readQuoted(String list, int from, StringBuilder quoted) {
        int at = from;
        for (; at < list.length(); at++) {
            if (list.charAt(at) == '"') {
                at++;
                if (at == list.length() || list.charAt(at) != '"') {
                    return at;
                }
            }
            quoted.append(list.charAt(at));
        }
        return at;
    }

    private static int comma(String list, int from) {
        int found = list.indexOf(',', from);
        return found < 0 ? list.length() : found;
    }
}
