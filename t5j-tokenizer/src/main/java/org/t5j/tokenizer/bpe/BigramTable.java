package org.t5j.tokenizer.bpe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.t5j.tokenizer.train.PieceRule;

/**
 * All symbols of a training, found by their fingerprints.
 *
 * <p>Where many pairs are equally frequent, it is the order of {@code std::unordered_map} that decides which of them
 * {@code spm_train} lets compete. So this is the hash table of libstdc++: one chain through all symbols, those of a
 * bucket one after the other, a new one at the start of its bucket, or of the chain if the bucket is empty.
 */
final class BigramTable {

    private static final int[] BUCKET_COUNTS = {
        13,
        29,
        59,
        127,
        257,
        541,
        1109,
        2357,
        5087,
        10273,
        20753,
        42043,
        85229,
        172933,
        351061,
        712697,
        1447153,
        2938679,
        5967347,
        12117689,
        24607243,
        49969847,
        101473717,
        206062531,
        418451333,
        849749479,
        1725587117
    };

    private final PieceRule rule;
    private final List<Bigram> all = new ArrayList<>();
    private final Bigram head = new Bigram(-1, 0);

    /** The symbol before the first of each bucket; null if it is empty. */
    private Bigram[] buckets = new Bigram[BUCKET_COUNTS[0]];

    private int growth;
    private int size;

    BigramTable(PieceRule rule) {
        this.rule = rule;
    }

    /** The symbol of the character {@code c}. */
    Bigram character(int c) {
        Bigram found = find(c);
        return found != null ? found : insert(new Bigram(all.size(), c));
    }

    Bigram byId(int id) {
        return all.get(id);
    }

    /** Symbols that can be found here, characters included. */
    int size() {
        return size;
    }

    /** The symbol of {@code left} and {@code right} side by side, made if need be; null if it may not be a piece. */
    Bigram pair(Bigram left, Bigram right) {
        long fingerprint = fingerprint(left.fingerprint, right.fingerprint);
        Bigram found = find(fingerprint);
        if (found != null) {
            return found;
        }
        int[] text = Arrays.copyOf(left.characters, left.length() + right.length());
        System.arraycopy(right.characters, 0, text, left.length(), right.length());
        return rule.allows(text, 0, text.length)
                ? insert(new Bigram(all.size(), left, right, text, fingerprint))
                : null;
    }

    /** The pairs that can be found here. */
    List<Bigram> pairs() {
        List<Bigram> pairs = new ArrayList<>(size);
        for (Bigram symbol = head.next; symbol != null; symbol = symbol.next) {
            if (symbol.left != null) {
                pairs.add(symbol);
            }
        }
        return pairs;
    }

    /** Makes {@code pair} nowhere to be found; the same symbols side by side make another one from now on. */
    void remove(Bigram pair) {
        int bucket = bucket(pair);
        Bigram before = buckets[bucket];
        while (before.next != pair) {
            before = before.next;
        }
        Bigram next = pair.next;
        boolean endsBucket = next == null || bucket(next) != bucket;
        if (endsBucket && next != null) {
            buckets[bucket(next)] = before;
        }
        if (endsBucket && before == buckets[bucket]) {
            buckets[bucket] = null;
        }
        before.next = next;
        size--;
        pair.active = false;
        pair.forgetPositions();
    }

    private Bigram find(long fingerprint) {
        int bucket = (int) Long.remainderUnsigned(fingerprint, buckets.length);
        Bigram before = buckets[bucket];
        for (Bigram symbol = before == null ? null : before.next;
                symbol != null && (symbol.fingerprint == fingerprint || bucket(symbol) == bucket);
                symbol = symbol.next) {
            if (symbol.fingerprint == fingerprint) {
                return symbol;
            }
        }
        return null;
    }

    private Bigram insert(Bigram symbol) {
        all.add(symbol);
        if (size == buckets.length) {
            grow();
        }
        size++;
        link(symbol);
        return symbol;
    }

    private void link(Bigram symbol) {
        int bucket = bucket(symbol);
        if (buckets[bucket] == null) {
            symbol.next = head.next;
            head.next = symbol;
            if (symbol.next != null) {
                buckets[bucket(symbol.next)] = symbol;
            }
            buckets[bucket] = head;
        } else {
            symbol.next = buckets[bucket].next;
            buckets[bucket].next = symbol;
        }
    }

    private void grow() {
        buckets = new Bigram[BUCKET_COUNTS[++growth]];
        Bigram symbol = head.next;
        head.next = null;
        while (symbol != null) {
            Bigram next = symbol.next;
            link(symbol);
            symbol = next;
        }
    }

    private int bucket(Bigram symbol) {
        return (int) Long.remainderUnsigned(symbol.fingerprint, buckets.length);
    }

    /** The fingerprint of two symbols side by side: Jenkins' mix of theirs ({@code FingerprintCat}). */
    private static long fingerprint(long left, long right) {
        final int[][] shifts = {{43, 9, 8}, {38, 23, 5}, {35, 49, 11}, {12, 18, 22}};
        long a = left;
        long b = 0xE08C1D668B756F82L;
        long c = right;
        for (int[] shift : shifts) {
            a = a - b - c ^ c >>> shift[0];
            b = b - c - a ^ a << shift[1];
            c = c - a - b ^ b >>> shift[2];
        }
        return c;
    }
}
