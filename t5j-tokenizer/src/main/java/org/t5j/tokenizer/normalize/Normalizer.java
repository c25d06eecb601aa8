package org.t5j.tokenizer.normalize;

import java.nio.charset.StandardCharsets;
import org.t5j.tokenizer.TokenizerException;
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

    private static final int MAX_NORMALIZED_BYTES = 1 << 30;

    private final CharacterMap rules;
    private final ByteTrie userDefined;
    private final boolean[] copiedBeforeAscii = new boolean[256];
    private final boolean spaceIsPlain;
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
            copiedBeforeAscii[c] = !startsPiece && !rules.changesAscii(c);
        }
        spaceIsPlain = copiedBeforeAscii[' '];
        copiedBeforeAscii[' '] = false;
    }

    /**
     * Normalises UTF-8 text; a malformed byte becomes U+FFFD.
     *
     * @param text the bytes
     * @param position where they stand; {@link Position#WHOLE} is what SentencePiece does
     * @param out receives the result in place of what it held
     * @throws TokenizerException if the rules make more than 1 GiB of it
     */
    public void normalize(Bytes text, Position position, Bytes out) {
        normalize(text, position, out, null);
    }

    /** {@code text} normalised as a text of its own; half a surrogate pair becomes U+FFFD. */
    public String normalize(String text) {
        Bytes in = new Bytes(text.length());
        in.append(text, 0, text.length());
        Bytes out = new Bytes(in.length());
        normalize(in, Position.WHOLE, out);
        return out.toString();
    }

    /**
     * Normalises UTF-8 text and tells where each byte came from.
     *
     * @param alignment receives {@code out.length() + 1} entries in place of what it held, SentencePiece's {@code
     *     norm_to_orig}; or null
     * @see #normalize(Bytes, Position, Bytes)
     */
    public void normalize(Bytes text, Position position, Bytes out, Alignment alignment) {
        out.clear();
        if (alignment != null) {
            alignment.clear();
        }
        int end = text.length();
        int start = removeExtraSpaces && position != Position.CONTINUATION ? skipSpaces(text.array(), end) : 0;
        int normalizedEnd = start;
        if (start < end) {
            if (spaceBefore && position == Position.WHOLE) {
                appendSpace(start, out, alignment);
            }
            boolean afterSpace = removeExtraSpaces && position != Position.CONTINUATION;
            normalizeFrom(text.array(), start, end, afterSpace, out, alignment);
            normalizedEnd = dropTrailingSpaces(end, out, alignment);
            if (spaceAfter && position == Position.WHOLE) {
                appendSpace(normalizedEnd, out, alignment);
            }
        }
        if (alignment != null) {
            alignment.fill(out.length() + 1, normalizedEnd);
        }
    }

    private void normalizeFrom(
            byte[] in, int start, int end, boolean startsAfterSpace, Bytes out, Alignment alignment) {
        boolean afterSpace = startsAfterSpace;
        for (int at = start; at < end; ) {
            int copied = copiedFrom(in, at, end);
            if (copied > 0) {
                out.append(in, at, at + copied);
                if (alignment != null) {
                    alignment.addEach(at, at + copied);
                }
                afterSpace = false;
                at += copied;
                continue;
            }
            int length;
            if (in[at] == ' ' && spaceIsPlain && (at + 1 == end || in[at + 1] >= 0)) {
                length = 1;
                if (!afterSpace) {
                    out.append(space);
                }
                afterSpace = removeExtraSpaces;
            } else {
                int protectedLength = userDefined.longestMatch(in, at, end);
                long rule = protectedLength > 0 ? CharacterMap.NO_MATCH : rules.match(in, at, end);
                if (rule != CharacterMap.NO_MATCH) {
                    int from = (int) (rule >>> 32);
                    length = (int) rule;
                    afterSpace = append(rules.replacements(), from, rules.replacementEnd(from), afterSpace, out);
                    requireRoom(out);
                } else {
                    length = protectedLength > 0 ? protectedLength : Utf8.wellFormedLength(in, at, end);
                    boolean malformed = length == 0;
                    afterSpace = malformed
                            ? append(REPLACEMENT_CHARACTER, 0, REPLACEMENT_CHARACTER.length, afterSpace, out)
                            : append(in, at, at + length, afterSpace, out);
                    length = malformed ? 1 : length;
                }
            }
            if (alignment != null) {
                alignment.fill(out.length(), at);
            }
            at += length;
        }
    }

    /** Number of bytes from {@code at} on that no rule and no piece concerns. */
    private int copiedFrom(byte[] in, int at, int end) {
        int to = at;
        while (to < end && copiedBeforeAscii[in[to] & 0xFF]) {
            to++;
        }
        boolean beforeOther = to > at && to < end && in[to] < 0;
        return beforeOther ? to - 1 - at : to - at;
    }

    private void appendSpace(int original, Bytes out, Alignment alignment) {
        out.append(space);
        if (alignment != null) {
            alignment.fill(out.length(), original);
        }
    }

    /** Drops spaces from the end of {@code out}; returns where the first of them, or the end, was in the original. */
    private int dropTrailingSpaces(int end, Bytes out, Alignment alignment) {
        int original = end;
        while (removeExtraSpaces && out.endsWith(space)) {
            out.truncate(out.length() - space.length);
            if (alignment != null) {
                original = alignment.original(out.length());
                alignment.truncate(out.length());
            }
        }
        return original;
    }

    private static void requireRoom(Bytes out) {
        if (out.length() > MAX_NORMALIZED_BYTES) {
            throw new TokenizerException("The normalizer's rules make more than " + MAX_NORMALIZED_BYTES
                    + " bytes of the text. Encode it in shorter parts");
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
            long rule = protectedLength > 0 ? CharacterMap.NO_MATCH : rules.match(in, at, end);
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
