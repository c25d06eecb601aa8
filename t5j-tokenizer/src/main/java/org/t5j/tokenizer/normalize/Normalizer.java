package org.t5j.tokenizer.normalize;

import java.nio.charset.StandardCharsets;
import org.t5j.tokenizer.bytes.ByteTrie;
import org.t5j.tokenizer.bytes.Bytes;
import org.t5j.tokenizer.bytes.Utf8;
import org.t5j.tokenizer.model.NormalizerSpec;

/**
 * Brings text into the form that is segmented: replaces characters by the rules of the model, drops superfluous
 * spaces, adds the dummy prefix, writes spaces as ▁. Equal to SentencePiece's {@code normalizer.cc}; immutable.
 */
public final class Normalizer {

    private static final byte[] META_SPACE = "\u2581".getBytes(StandardCharsets.UTF_8);
    private static final byte[] SPACE = {' '};
    private static final byte[] REPLACEMENT_CHARACTER = "\uFFFD".getBytes(StandardCharsets.UTF_8);

    private final CharacterMap rules;
    private final ByteTrie userDefined;
    private final boolean[] copiedBeforeAscii = new boolean[128];
    private final byte[] space;
    private final boolean removeExtraSpaces;
    private final boolean spaceBefore;
    private final boolean spaceAfter;

    /** Where in a text the bytes to normalise stand. */
    public enum Position {
        /** They are a text of their own. */
        WHOLE,
        /** They start a text; there is no dummy prefix. */
        NO_DUMMY_PREFIX,
        /** Something stands before them: leading spaces count, there is no dummy prefix. */
        CONTINUATION
    }

    /**
     * @param spec the model's rules
     * @param spaceIsSuffix whether the dummy space goes to the end ({@code treat_whitespace_as_suffix})
     * @param userDefined pieces that are never changed; may be empty
     */
    public Normalizer(NormalizerSpec spec, boolean spaceIsSuffix, ByteTrie userDefined) {
        this.rules = new CharacterMap(spec.precompiledCharsmap());
        this.userDefined = userDefined;
        this.space = spec.escapeWhitespaces() ? META_SPACE : SPACE;
        this.removeExtraSpaces = spec.removeExtraWhitespaces();
        this.spaceBefore = spec.addDummyPrefix() && !spaceIsSuffix;
        this.spaceAfter = spec.addDummyPrefix() && spaceIsSuffix;
        for (byte c = 0; c >= 0; c++) {
            boolean startsPiece = userDefined.child(userDefined.root(), c) != ByteTrie.NONE;
            copiedBeforeAscii[c] = c != ' ' && !startsPiece && !rules.changesAscii(c);
        }
    }

    /**
     * Normalises UTF-8 text; a malformed byte becomes U+FFFD.
     *
     * @param text the bytes
     * @param position where they stand; {@link Position#WHOLE} is what SentencePiece does
     * @param out receives the result in place of what it held
     */
    public void normalize(Bytes text, Position position, Bytes out) {
        byte[] in = text.array();
        int end = text.length();
        out.clear();
        int at = removeExtraSpaces && position != Position.CONTINUATION ? skipSpaces(in, end) : 0;
        if (at == end) {
            return;
        }
        if (spaceBefore && position == Position.WHOLE) {
            out.append(space);
        }
        boolean afterSpace = removeExtraSpaces && position != Position.CONTINUATION;
        while (at < end) {
            byte c = in[at];
            if (c >= 0 && copiedBeforeAscii[c] && (at + 1 == end || in[at + 1] >= 0)) {
                out.append(c);
                afterSpace = false;
                at++;
                continue;
            }
            int protectedLength = userDefined.longestMatch(in, at, end);
            long rule = protectedLength > 0 ? CharacterMap.NO_MATCH : rules.match(in, at, end);
            if (rule != CharacterMap.NO_MATCH) {
                int start = (int) (rule >>> 32);
                afterSpace = append(rules.replacements(), start, rules.replacementEnd(start), afterSpace, out);
                at += (int) rule;
                continue;
            }
            int length = protectedLength > 0 ? protectedLength : Utf8.wellFormedLength(in, at, end);
            if (length == 0) {
                afterSpace = append(REPLACEMENT_CHARACTER, 0, REPLACEMENT_CHARACTER.length, afterSpace, out);
                at++;
            } else {
                afterSpace = append(in, at, at + length, afterSpace, out);
                at += length;
            }
        }
        if (removeExtraSpaces) {
            while (out.endsWith(space)) {
                out.truncate(out.length() - space.length);
            }
        }
        if (spaceAfter && position == Position.WHOLE) {
            out.append(space);
        }
    }

    /** Where the first character stands that is not replaced by one space. */
    private int skipSpaces(byte[] in, int end) {
        int at = 0;
        while (at < end) {
            int protectedLength = userDefined.longestMatch(in, at, end);
            if (protectedLength > 1 || protectedLength == 1 && in[at] != ' ') {
                return at;
            }
            long rule = rules.match(in, at, end);
            int start = (int) (rule >>> 32);
            boolean becomesSpace = rule == CharacterMap.NO_MATCH
                    ? in[at] == ' '
                    : rules.replacementEnd(start) == start + 1 && rules.replacements()[start] == ' ';
            if (!becomesSpace) {
                return at;
            }
            at += rule == CharacterMap.NO_MATCH ? 1 : (int) rule;
        }
        return end;
    }

    /** Appends {@code source[from, to)}, leading spaces dropped after a space; returns whether it ends in a space. */
    private boolean append(byte[] source, int from, int to, boolean afterSpace, Bytes out) {
        int at = from;
        while (afterSpace && at < to && source[at] == ' ') {
            at++;
        }
        if (at == to) {
            return afterSpace;
        }
        for (; at < to; at++) {
            if (source[at] == ' ') {
                out.append(space);
            } else {
                out.append(source[at]);
            }
        }
        return removeExtraSpaces && source[to - 1] == ' ';
    }
}
