package org.t5j.tokenizer.normalize;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.t5j.tokenizer.TokenizerException;

/**
 * Rules that replace one byte string by another, compiled into the {@code precompiled_charsmap} of a model: four bytes
 * of length, a Darts double array (Yata's darts-clone), replacements that end in a zero byte.
 */
final class CharacterMap {

    /** Of {@link #match}: no rule applies. */
    static final long NO_MATCH = 0;

    private static final int LABEL_MASK = 0x800000FF;
    private static final int VALUE_MASK = 0x7FFFFFFF;
    private static final int HAS_LEAF = 1 << 8;

    private final int[] units;
    private final byte[] replacements;

    /**
     * Reads a precompiled map; an empty one has no rules.
     *
     * @throws TokenizerException if it is cut off, points outside itself, or its rules form a cycle or are longer than
     *     {@link RuleGraph#MAX_RULE_BYTES}
     */
    CharacterMap(byte[] precompiled) {
        if (precompiled.length == 0) {
            units = new int[0];
            replacements = new byte[0];
            return;
        }
        ByteBuffer blob = ByteBuffer.wrap(precompiled).order(ByteOrder.LITTLE_ENDIAN);
        long trieBytes = precompiled.length < Integer.BYTES ? -1 : Integer.toUnsignedLong(blob.getInt());
        if (trieBytes < Integer.BYTES || trieBytes % Integer.BYTES != 0 || trieBytes >= blob.remaining()) {
            throw new TokenizerException("the precompiled_charsmap of the normalizer is damaged: " + precompiled.length
                    + " bytes with a trie of " + trieBytes);
        }
        units = new int[(int) trieBytes / Integer.BYTES];
        blob.asIntBuffer().get(units);
        blob.position(blob.position() + (int) trieBytes);
        replacements = new byte[blob.remaining()];
        blob.get(replacements);
        new RuleGraph(units).check(replacements.length);
    }

    /** Visits all rules. */
    void forEachRule(RuleGraph.RuleVisitor visitor) {
        if (units.length > 0) {
            new RuleGraph(units).forEachRule(visitor);
        }
    }

    /**
     * The rule with the longest left side that {@code text[at, end)} starts with.
     *
     * @return its length in the lower half and the start of the replacement in the upper, or {@link #NO_MATCH}
     */
    long match(byte[] text, int at, int end) {
        if (units.length == 0) {
            return NO_MATCH;
        }
        long longest = NO_MATCH;
        int node = offset(units[0]);
        for (int i = at; i < end; i++) {
            int label = text[i] & 0xFF;
            node ^= label;
            if (node >= units.length || (units[node] & LABEL_MASK) != label) {
                break;
            }
            int unit = units[node];
            node ^= offset(unit);
            if (endsRule(unit) && node < units.length) {
                longest = (long) value(units[node]) << 32 | i + 1 - at;
            }
        }
        return longest;
    }

    /** All replacements; each ends before a zero byte. */
    byte[] replacements() {
        return replacements;
    }

    /** End of the replacement that starts at {@code start}. */
    int replacementEnd(int start) {
        int end = start;
        while (end < replacements.length && replacements[end] != 0) {
            end++;
        }
        return end;
    }

    /** True if a rule starts with the ASCII character {@code c} and goes on with ASCII, or is {@code c} alone. */
    boolean changesAscii(byte c) {
        if (match(new byte[] {c}, 0, 1) != NO_MATCH) {
            return true;
        }
        int node = units.length == 0 ? 0 : offset(units[0]) ^ c;
        if (node >= units.length || (units[node] & LABEL_MASK) != c) {
            return false;
        }
        for (int second = 0; second < 0x80; second++) {
            int child = node ^ offset(units[node]) ^ second;
            if (child < units.length && (units[child] & LABEL_MASK) == second) {
                return true;
            }
        }
        return false;
    }

    /** What takes the place of a unit to the base of its children, by exclusive or. */
    static int offset(int unit) {
        return unit >>> 10 << ((unit & 1 << 9) >>> 6);
    }

    /** True if {@code unit} can be reached by a byte; the others hold values or nothing. */
    static boolean isChild(int unit) {
        return unit >= 0;
    }

    /** True if a rule ends at {@code unit}. */
    static boolean endsRule(int unit) {
        return (unit & HAS_LEAF) != 0;
    }

    /** The value in a unit that holds one. */
    static int value(int unit) {
        return unit & VALUE_MASK;
    }

    /** A unit that holds {@code value}. */
    static int valueUnit(int value) {
        return value | ~VALUE_MASK;
    }

    /** A unit reached by {@code label}, whose children stand at the base {@code offset} away, below 2^21. */
    static int childUnit(int label, int offset, boolean endsRule) {
        return offset << 10 | (endsRule ? HAS_LEAF : 0) | label;
    }
}
