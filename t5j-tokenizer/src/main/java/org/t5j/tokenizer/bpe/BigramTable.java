package org.t5j.tokenizer.bpe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.t5j.tokenizer.train.PieceRule;

/** All symbols of a training, found by their character or by the two symbols that they consist of. */
final class BigramTable {

    private static final int ABSENT = 0;
    private static final int FORBIDDEN = -1;
    private static final int FREED = -2;

    private final PieceRule rule;
    private final Map<Integer, Bigram> characters = new HashMap<>();
    private final List<Bigram> all = new ArrayList<>();
    private long[] keys = new long[1 << 12];
    private int[] values = new int[1 << 12];
    private int used;
    private int pairs;

    BigramTable(PieceRule rule) {
        this.rule = rule;
    }

    /** The symbol of the character {@code c}. */
    Bigram character(int c) {
        return characters.computeIfAbsent(c, character -> added(new Bigram(all.size(), character)));
    }

    Bigram byId(int id) {
        return all.get(id);
    }

    /** Symbols that can be found here, characters included. */
    int size() {
        return characters.size() + pairs;
    }

    /** The symbol of {@code left} and {@code right} side by side, made if need be; null if it may not be a piece. */
    Bigram pair(Bigram left, Bigram right) {
        long key = (long) left.id << 32 | right.id;
        int slot = slot(key);
        int value = values[slot];
        if (value > 0) {
            return all.get(value - 1);
        }
        if (value == FORBIDDEN) {
            return null;
        }
        int[] text = Arrays.copyOf(left.characters, left.length() + right.length());
        System.arraycopy(right.characters, 0, text, left.length(), right.length());
        boolean allowed = rule.allows(text, 0, text.length);
        Bigram pair = allowed ? added(new Bigram(all.size(), left, right, text)) : null;
        keys[slot] = key;
        values[slot] = allowed ? all.size() : FORBIDDEN;
        pairs += allowed ? 1 : 0;
        if (value == ABSENT && 2 * ++used > keys.length) {
            grow();
        }
        return pair;
    }

    /** Makes {@code pair} nowhere to be found; the same symbols side by side make another one from now on. */
    void remove(Bigram pair) {
        values[slot((long) pair.left.id << 32 | pair.right.id)] = FREED;
        pairs--;
        pair.removed = true;
        pair.active = false;
        pair.forgetPositions();
    }

    /** The pairs that can be found here, in the order of creation. */
    List<Bigram> pairs() {
        return all.stream()
                .filter(symbol -> symbol.left != null && !symbol.removed)
                .toList();
    }

    private Bigram added(Bigram symbol) {
        all.add(symbol);
        return symbol;
    }

    private int slot(long key) {
        int slot = spread(key) & keys.length - 1;
        while (values[slot] != ABSENT && keys[slot] != key) {
            slot = slot + 1 & keys.length - 1;
        }
        return slot;
    }

    private static int spread(long key) {
        long hash = key * 0x9E3779B97F4A7C15L;
        return (int) (hash >>> 32);
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldValues = values;
        keys = new long[2 * oldKeys.length];
        values = new int[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldValues[i] != ABSENT) {
                int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                values[slot] = oldValues[i];
            }
        }
    }
}
