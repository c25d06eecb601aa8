package org.t5j.tokenizer.bpe;

import java.util.Arrays;
import java.util.List;
import org.t5j.tokenizer.TokenizerException;
import org.t5j.tokenizer.bytes.Utf8;
import org.t5j.tokenizer.train.PieceRule;
import org.t5j.tokenizer.train.Sentence;

/**
 * The text as symbols, one place for each character: the first of a symbol's places holds its number, the others
 * nothing. Between two sentences there is a boundary.
 */
final class SymbolText {

    private static final int BOUNDARY = -1;
    private static final int NOTHING = -2;

    private final BigramTable symbols;
    private final int[] places;
    private final int[] sentences;
    private final long[] counts;
    private int size;

    SymbolText(List<Sentence> text, BigramTable symbols) {
        this.symbols = symbols;
        long total = 1;
        boolean counted = false;
        for (Sentence sentence : text) {
            total += characters(sentence.text()) + 1;
            counted |= sentence.count() != 1;
        }
        if (total > Integer.MAX_VALUE - 8) {
            throw new TokenizerException("The text to train on has " + total + " distinct characters of words, more"
                    + " than a BPE vocabulary can be trained on. Draw fewer lines (maxLines)");
        }
        places = new int[(int) total];
        sentences = counted ? new int[(int) total] : null;
        counts = counted ? new long[text.size()] : null;
        places[size++] = BOUNDARY;
        int number = 0;
        for (Sentence sentence : text) {
            append(sentence, number++);
        }
    }

    private static int characters(byte[] text) {
        int count = 0;
        for (byte b : text) {
            count += (b & 0xC0) == 0x80 ? 0 : 1;
        }
        return count;
    }

    private void append(Sentence sentence, int number) {
        byte[] text = sentence.text();
        int start = size;
        for (int at = 0; at < text.length; at += Utf8.length(text[at])) {
            int c = Utf8.codePoint(text, at);
            Bigram symbol = symbols.character(c);
            places[size++] = symbol.id;
        }
        if (counts != null) {
            Arrays.fill(sentences, start, size, number);
            counts[number] = sentence.count();
        }
        places[size++] = BOUNDARY;
    }

    /** Places, boundaries included; the first is a boundary. */
    int size() {
        return size;
    }

    /** The symbol that starts at {@code place}; null at a boundary or within a symbol. */
    Bigram at(int place) {
        int id = places[place];
        return id < 0 ? null : symbols.byId(id);
    }

    /** Where the symbol after {@code symbol}, which starts at {@code place}, does; maybe a boundary. */
    int next(int place, Bigram symbol) {
        return place + symbol.length();
    }

    /** Where the symbol before {@code place} starts; maybe a boundary. */
    int previous(int place) {
        int at = place - 1;
        while (places[at] == NOTHING) {
            at--;
        }
        return at;
    }

    /** The symbol that {@code left} and {@code right} make; null for none, as where one is unknown or a boundary. */
    Bigram pair(Bigram left, Bigram right) {
        return left == null || right == null || isUnknown(left) || isUnknown(right) ? null : symbols.pair(left, right);
    }

    private static boolean isUnknown(Bigram symbol) {
        return symbol.characters[0] == PieceRule.UNKNOWN;
    }

    /** Puts {@code symbol} in place of the two that start at {@code left} and {@code right}. */
    void merge(int left, int right, Bigram symbol) {
        places[left] = symbol.id;
        places[right] = NOTHING;
    }

    /**
     * Counts {@code pair}. Forgets the places where it no longer is, and those that overlap the one before: there are
     * two in {@code AAAA}, one in {@code AAA} ({@code Trainer::ComputeFreq}).
     */
    void count(Bigram pair) {
        int[] positions = pair.positions;
        int left = pair.left.id;
        int right = pair.right.id;
        int width = pair.left.length();
        int kept = 0;
        int taken = BOUNDARY;
        long frequency = 0;
        for (int i = 0; i < pair.positionCount; i++) {
            int at = positions[i];
            if (at == taken || places[at] != left || places[at + width] != right) {
                taken = BOUNDARY;
            } else {
                frequency += counts == null ? 1 : counts[sentences[at]];
                taken = at + width;
                positions[kept++] = at;
            }
        }
        pair.positionCount = kept;
        pair.frequency = frequency;
        pair.outdated = false;
    }
}
