package org.t5j.tokenizer.normalize;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.t5j.tokenizer.TokenizerException;

/**
 * Writes sorted keys with values as a double array that {@link CharacterMap} and darts-clone read. Equal ends of keys
 * are written once (a minimal automaton), so the size is that of darts-clone, the bytes are not.
 *
 * <p>A node is the list of its value (-1 for none), then label and node number for each child. Its children stand at
 * its base, exclusive or their label, its value at the base itself; no two different nodes have the same base.
 */
final class DoubleArrayWriter {

    /** SentencePiece reads fewer than this many rules that start each other. */
    static final int MAX_NESTED_RULES = 32;

    private static final int MAX_UNITS = 1 << 21;
    private static final int MAX_TRIES = 512;
    private static final int UNUSED = 1 << 31;

    private final byte[][] keys;
    private final int[] values;
    private final Map<List<Integer>, Integer> numbers = new HashMap<>();
    private final List<List<Integer>> nodes = new ArrayList<>();
    private final BitSet usedPlaces = new BitSet();
    private final BitSet usedBases = new BitSet();
    private int firstFree;

    /**
     * @param keys not empty, without zero bytes, ascending as unsigned bytes, no two equal
     * @param values of the keys, not negative
     */
    DoubleArrayWriter(byte[][] keys, int[] values) {
        this.keys = keys;
        this.values = values;
    }

    /**
     * The units of the array, a multiple of 256 of them.
     *
     * @throws TokenizerException if the rules are too many or too deeply nested
     */
    int[] units() {
        int root = node(0, keys.length, 0, 0);
        usedPlaces.set(0);
        usedBases.set(0);
        int[] bases = new int[nodes.size()];
        for (int number = 0; number < bases.length; number++) {
            bases[number] = place(labels(nodes.get(number)));
        }
        int[] units = new int[usedPlaces.length() + 255 & ~255];
        if (units.length > MAX_UNITS) {
            throw new TokenizerException("The " + keys.length + " rules are too many for one map of characters");
        }
        Arrays.fill(units, UNUSED);
        units[0] = CharacterMap.childUnit(0, bases[root], false);
        for (int number = 0; number < bases.length; number++) {
            write(nodes.get(number), bases[number], bases, units);
        }
        return units;
    }

    /** The number of the node below the {@code depth} bytes that {@code keys[from, to)} share. */
    private int node(int from, int to, int depth, int nested) {
        List<Integer> node = new ArrayList<>();
        int start = from;
        boolean endsHere = keys[from].length == depth;
        node.add(endsHere ? values[start++] : -1);
        int rules = nested + (endsHere ? 1 : 0);
        if (rules >= MAX_NESTED_RULES) {
            throw new TokenizerException("There are " + rules
                    + " rules whose left sides each start with the one before; SentencePiece reads fewer than "
                    + MAX_NESTED_RULES);
        }
        while (start < to) {
            byte label = keys[start][depth];
            int end = start + 1;
            while (end < to && keys[end][depth] == label) {
                end++;
            }
            node.add(label & 0xFF);
            node.add(node(start, end, depth + 1, rules));
            start = end;
        }
        return numbers.computeIfAbsent(node, added -> {
            nodes.add(added);
            return nodes.size() - 1;
        });
    }

    /** The labels of what stands at the base of {@code node}; 0 for its value. */
    private static int[] labels(List<Integer> node) {
        boolean hasValue = node.get(0) >= 0;
        int[] labels = new int[node.size() / 2 + (hasValue ? 1 : 0)];
        int count = hasValue ? 1 : 0;
        for (int i = 1; i < node.size(); i += 2) {
            labels[count++] = node.get(i);
        }
        return labels;
    }

    /** Takes the first free places that fit {@code labels}; returns their base. */
    private int place(int[] labels) {
        firstFree = usedPlaces.nextClearBit(firstFree);
        int place = firstFree;
        int base = place ^ labels[0];
        for (int tries = 0; !isFree(base, labels); tries++) {
            place = usedPlaces.nextClearBit(place + 1);
            base = place ^ labels[0];
            if (tries == MAX_TRIES) {
                base = usedPlaces.length() + 255 & ~255;
                firstFree = Math.max(firstFree, base - 16 * 256);
                break;
            }
        }
        usedBases.set(base);
        for (int label : labels) {
            usedPlaces.set(base ^ label);
        }
        return base;
    }

    private boolean isFree(int base, int[] labels) {
        if (usedBases.get(base)) {
            return false;
        }
        for (int label : labels) {
            if (usedPlaces.get(base ^ label)) {
                return false;
            }
        }
        return true;
    }

    private void write(List<Integer> node, int base, int[] bases, int[] units) {
        if (node.get(0) >= 0) {
            units[base] = CharacterMap.valueUnit(node.get(0));
        }
        for (int i = 1; i < node.size(); i += 2) {
            int label = node.get(i);
            int child = node.get(i + 1);
            int place = base ^ label;
            units[place] = CharacterMap.childUnit(
                    label, place ^ bases[child], nodes.get(child).get(0) >= 0);
        }
    }
}
