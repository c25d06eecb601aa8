package org.t5j.tokenizer.unigram;

import java.util.Arrays;
import org.t5j.tokenizer.bytes.ByteTrie;
import org.t5j.tokenizer.bytes.Bytes;
import org.t5j.tokenizer.bytes.Utf8;

/**
 * All segmentations of a text, as a graph: its positions lie between characters, its nodes are the pieces that occur,
 * each from one position to a later one. Nodes are ordered as SentencePiece inserts them: by start, then by length, an
 * unknown character last. Filled again for each text; not for several threads at once.
 */
final class EncodingLattice {

    private final ScoredPieces pieces;
    private int characters;
    private int nodes;
    private int[] offset = new int[64];
    private int[] firstEnding = new int[64];
    private int[] ending = new int[256];
    private int[] from = new int[256];
    private int[] to = new int[256];
    private int[] id = new int[256];
    private float[] score = new float[256];

    EncodingLattice(ScoredPieces pieces) {
        this.pieces = pieces;
    }

    /** Fills the lattice with all pieces that occur in {@code text}. */
    void fill(Bytes text) {
        findCharacters(text);
        nodes = 0;
        for (int at = 0; at < characters; at++) {
            addPiecesFrom(at, text);
        }
        sortByEnd();
    }

    private void findCharacters(Bytes text) {
        if (text.length() + 2 > offset.length) {
            offset = new int[2 * text.length() + 2];
            firstEnding = new int[2 * text.length() + 2];
        }
        characters = 0;
        for (int at = 0; at < text.length(); at += Utf8.length(text.array()[at])) {
            offset[characters++] = at;
        }
        offset[characters] = text.length();
    }

    private void addPiecesFrom(int start, Bytes text) {
        boolean characterIsPiece = false;
        ByteTrie trie = pieces.trie();
        long node = trie.root();
        int end = start;
        for (int at = offset[start]; at < text.length(); at++) {
            node = trie.child(node, text.array()[at]);
            if (node == ByteTrie.NONE) {
                break;
            }
            int piece = ByteTrie.value(node);
            if (piece >= 0) {
                while (offset[end] < at + 1) {
                    end++;
                }
                add(start, end, piece);
                characterIsPiece |= end == start + 1;
            }
        }
        if (!characterIsPiece) {
            add(start, start + 1, pieces.unkId());
        }
    }

    private void add(int start, int end, int piece) {
        if (nodes == from.length) {
            from = Arrays.copyOf(from, 2 * nodes);
            to = Arrays.copyOf(to, 2 * nodes);
            id = Arrays.copyOf(id, 2 * nodes);
            score = Arrays.copyOf(score, 2 * nodes);
            ending = new int[2 * nodes];
        }
        from[nodes] = start;
        to[nodes] = end;
        id[nodes] = piece;
        score[nodes++] = pieces.latticeScore(piece);
    }

    /** Lists nodes by their end, those of one end in the order of insertion. */
    private void sortByEnd() {
        Arrays.fill(firstEnding, 0, characters + 2, 0);
        for (int node = 0; node < nodes; node++) {
            firstEnding[to[node] + 1]++;
        }
        for (int at = 0; at <= characters; at++) {
            firstEnding[at + 1] += firstEnding[at];
        }
        for (int node = 0; node < nodes; node++) {
            ending[firstEnding[to[node]]++] = node;
        }
        System.arraycopy(firstEnding, 0, firstEnding, 1, characters + 1);
        firstEnding[0] = 0;
    }

    /** The position after the last character; the first is 0. */
    int end() {
        return characters;
    }

    int nodes() {
        return nodes;
    }

    /** Index of the first node that ends at {@code position}, for {@link #ending}. */
    int firstEnding(int position) {
        return firstEnding[position];
    }

    /** The node with this index in the list by ends; those of a position reach up to {@code firstEnding(position + 1)}. */
    int ending(int index) {
        return ending[index];
    }

    /** The position at which {@code node} starts. */
    int from(int node) {
        return from[node];
    }

    /** The position at which {@code node} ends. */
    int to(int node) {
        return to[node];
    }

    /** The byte after the last of {@code node}. */
    int endByte(int node) {
        return offset[to[node]];
    }

    /** The piece of {@code node}, or the unknown id. */
    int id(int node) {
        return id[node];
    }

    float score(int node) {
        return score[node];
    }
}
