package org.t5j.tokenizer.normalize;

import org.t5j.tokenizer.TokenizerException;

/**
 * The paths through a double array: from each base the positions of its children. Several nodes may share a base, so
 * the rules are a graph, in which the array of a damaged file may hold cycles.
 */
final class RuleGraph {

    /** Longest left side of a rule; without a limit a hostile map makes every character cost a walk to the text's end. */
    static final int MAX_RULE_BYTES = 1024;

    private static final int MAX_RULES = 1 << 20;
    private static final int MAX_STEPS = 1 << 24;
    private static final int OPEN = -1;

    private final int[] units;
    private final int[] firstChild;
    private final int[] children;

    /** Receives a rule: {@code key[0, length)} and where its replacement starts. */
    interface RuleVisitor {
        void visit(byte[] key, int length, int replacementStart);
    }

    RuleGraph(int[] units) {
        this.units = units;
        int bases = units.length + 255 & ~255;
        firstChild = new int[bases + 1];
        for (int at = 0; at < units.length; at++) {
            if (CharacterMap.isChild(units[at])) {
                firstChild[baseOfParent(at) + 1]++;
            }
        }
        for (int base = 0; base < bases; base++) {
            firstChild[base + 1] += firstChild[base];
        }
        children = new int[firstChild[bases]];
        int[] next = firstChild.clone();
        for (int at = 0; at < units.length; at++) {
            if (CharacterMap.isChild(units[at])) {
                children[next[baseOfParent(at)]++] = at;
            }
        }
    }

    /**
     * Checks all that can be reached.
     *
     * @throws TokenizerException if there is a cycle, a rule of more than {@link #MAX_RULE_BYTES}, or a replacement that
     *     does not start in the {@code replacementBytes}
     */
    void check(int replacementBytes) {
        height(CharacterMap.offset(units[0]), 0, new int[firstChild.length - 1], replacementBytes);
    }

    private int height(int base, int depth, int[] heights, int replacementBytes) {
        if (base >= heights.length) {
            return 1;
        }
        if (heights[base] > 0 && depth + heights[base] <= MAX_RULE_BYTES + 1) {
            return heights[base];
        }
        if (heights[base] == OPEN || depth > MAX_RULE_BYTES || heights[base] > 0) {
            throw damaged("its rules form a cycle or are longer than " + MAX_RULE_BYTES + " bytes");
        }
        heights[base] = OPEN;
        int height = 1;
        for (int i = firstChild[base]; i < firstChild[base + 1]; i++) {
            int replacement = replacementStart(children[i]);
            if (replacement >= replacementBytes) {
                throw damaged("a rule points to byte " + replacement + " of " + replacementBytes);
            }
            height = Math.max(height, 1 + height(base(children[i]), depth + 1, heights, replacementBytes));
        }
        heights[base] = height;
        return height;
    }

    /**
     * Visits all rules of a map that was checked.
     *
     * @throws TokenizerException if there are too many
     */
    void forEachRule(RuleVisitor visitor) {
        new Walk(visitor).from(CharacterMap.offset(units[0]), 0);
    }

    private final class Walk {
        private final RuleVisitor visitor;
        private final byte[] key = new byte[MAX_RULE_BYTES];
        private int rules;
        private int steps;

        Walk(RuleVisitor visitor) {
            this.visitor = visitor;
        }

        void from(int base, int depth) {
            if (base >= firstChild.length - 1) {
                return;
            }
            for (int i = firstChild[base]; i < firstChild[base + 1]; i++) {
                int child = children[i];
                key[depth] = (byte) units[child];
                int replacement = replacementStart(child);
                rules += replacement >= 0 ? 1 : 0;
                if (++steps > MAX_STEPS || rules > MAX_RULES) {
                    throw damaged("it holds more than " + MAX_RULES + " rules");
                }
                if (replacement >= 0) {
                    visitor.visit(key, depth + 1, replacement);
                }
                from(base(child), depth + 1);
            }
        }
    }

    private int replacementStart(int at) {
        int base = base(at);
        return CharacterMap.endsRule(units[at]) && base < units.length ? CharacterMap.value(units[base]) : -1;
    }

    private int base(int at) {
        return at ^ CharacterMap.offset(units[at]);
    }

    private int baseOfParent(int at) {
        return at ^ units[at] & 0xFF;
    }

    private static TokenizerException damaged(String how) {
        return new TokenizerException("the precompiled_charsmap of the normalizer is damaged: " + how);
    }
}
