package org.t5j.tokenizer.bpe;

import java.util.Arrays;

/** A symbol of the training: a character, or two symbols that stand side by side and may be merged. */
final class Bigram {

    private static final int[] NOWHERE = {};

    /** Number of the symbol, in the order of creation. */
    final int id;

    /** The symbols side by side; null for a character. */
    final Bigram left;

    final Bigram right;

    /** Code points. */
    final int[] characters;

    /** The character, or a hash of the fingerprints of both symbols. */
    final long fingerprint;

    /** The next symbol in the table. */
    Bigram next;

    /** Occurrences, unless {@link #outdated}. */
    long frequency;

    boolean outdated = true;

    /** Whether it competes for the next merge. */
    boolean active;

    /** Where its left symbol stands, ascending; some of it may have gone since. */
    int[] positions = NOWHERE;

    int positionCount;

    Bigram(int id, int character) {
        this.id = id;
        left = null;
        right = null;
        characters = new int[] {character};
        fingerprint = character;
    }

    Bigram(int id, Bigram left, Bigram right, int[] characters, long fingerprint) {
        this.id = id;
        this.left = left;
        this.right = right;
        this.characters = characters;
        this.fingerprint = fingerprint;
    }

    int length() {
        return characters.length;
    }

    String text() {
        return new String(characters, 0, characters.length);
    }

    void addPosition(int position) {
        if (positionCount == positions.length) {
            positions = Arrays.copyOf(positions, Math.max(4, positionCount + (positionCount >> 1)));
        }
        positions[positionCount++] = position;
    }

    void forgetPositions() {
        positions = NOWHERE;
        positionCount = 0;
    }

    /** Whether this is merged before {@code other}, which is as frequent: it is shorter, or first in the alphabet. */
    boolean isBeforeAtEqualFrequency(Bigram other) {
        if (length() != other.length()) {
            return length() < other.length();
        }
        int difference = Arrays.compare(characters, other.characters);
        return difference != 0 ? difference < 0 : id < other.id;
    }
}
