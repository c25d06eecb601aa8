package org.t5j.tokenizer.model;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.t5j.tokenizer.TokenizerException;
import org.t5j.tokenizer.bytes.ByteTrie;

/** The pieces of a model, checked by the rules of SentencePiece ({@code ModelInterface::InitializePieces}). */
public final class Vocabulary {

    private static final int MAX_PIECE_CHARACTERS = 1024;

    private final List<Piece> pieces;
    private final Map<String, Integer> ids = new HashMap<>();
    private final Map<String, Integer> reservedIds = new HashMap<>();
    private final int[] byteIds = new int[256];
    private final int unkId;

    private Vocabulary(ModelProto model) {
        pieces = model.pieces();
        Arrays.fill(byteIds, -1);
        int unknown = -1;
        for (int id = 0; id < pieces.size(); id++) {
            Piece piece = pieces.get(id);
            if (piece.text().length() > MAX_PIECE_CHARACTERS) {
                throw new TokenizerException("piece " + id + " has "
                        + piece.text().length() + " characters; at most " + MAX_PIECE_CHARACTERS + " are supported");
            }
            if (mapFor(piece.type()).putIfAbsent(piece.text(), id) != null) {
                throw new TokenizerException("piece " + id + " '" + piece.text() + "' is there twice");
            }
            if (piece.type() == Piece.Type.UNKNOWN) {
                if (unknown >= 0) {
                    throw new TokenizerException("pieces " + unknown + " and " + id + " are both the unknown piece");
                }
                unknown = id;
            } else if (piece.type() == Piece.Type.BYTE) {
                addByte(model, piece, id);
            }
        }
        if (unknown < 0) {
            throw new TokenizerException("no piece has the type UNKNOWN; a model has exactly one");
        }
        unkId = unknown;
        if (model.trainerSpec().byteFallback() && Arrays.stream(byteIds).anyMatch(id -> id < 0)) {
            throw new TokenizerException("byte_fallback is set, but not all 256 byte pieces are there");
        }
    }

    /**
     * The vocabulary of {@code model}.
     *
     * @throws TokenizerException if a piece is there twice, the unknown piece is missing, or the byte pieces do not
     *     fit {@code byte_fallback}
     */
    public static Vocabulary of(ModelProto model) {
        return new Vocabulary(model);
    }

    /** The text of the piece for byte {@code value}, as in {@code <0x0A>}. */
    public static String bytePiece(int value) {
        return String.format("<0x%02X>", value);
    }

    /** Number of pieces, without sentinels. */
    public int size() {
        return pieces.size();
    }

    /** The piece of {@code id}, 0 to {@link #size()}-1. */
    public Piece piece(int id) {
        return pieces.get(id);
    }

    /** The id of the piece {@code text}, control pieces first; {@link #unkId()} if there is none. */
    public int idOf(String text) {
        Integer id = reservedIds.get(text);
        return id != null ? id : ids.getOrDefault(text, unkId);
    }

    /** The id of the control piece {@code text}, or -1. */
    public int controlId(String text) {
        int id = idOf(text);
        return piece(id).type() == Piece.Type.CONTROL ? id : -1;
    }

    /** The id of the unknown piece. */
    public int unkId() {
        return unkId;
    }

    /** The id of the piece for byte {@code value}, or -1. */
    public int byteId(byte value) {
        return byteIds[value & 0xFF];
    }

    /** The trie of the pieces of these types; values are ids. */
    public ByteTrie trieOf(Piece.Type... types) {
        List<byte[]> keys = new ArrayList<>(size());
        for (Piece piece : pieces) {
            boolean wanted = Arrays.asList(types).contains(piece.type());
            keys.add(wanted ? piece.text().getBytes(StandardCharsets.UTF_8) : null);
        }
        return ByteTrie.of(keys);
    }

    private Map<String, Integer> mapFor(Piece.Type type) {
        return switch (type) {
            case NORMAL, USER_DEFINED, UNUSED -> ids;
            case UNKNOWN, CONTROL, BYTE -> reservedIds;
        };
    }

    private void addByte(ModelProto model, Piece piece, int id) {
        if (!model.trainerSpec().byteFallback()) {
            throw new TokenizerException(
                    "piece " + id + " '" + piece.text() + "' is a byte piece, but byte_fallback is not set");
        }
        int value = piece.text().matches("<0x[0-9A-F]{2}>")
                ? Integer.parseInt(piece.text().substring(3, 5), 16)
                : -1;
        if (value < 0) {
            throw new TokenizerException(
                    "piece " + id + " '" + piece.text() + "' is a byte piece, but not <0x00> to <0xFF>");
        }
        byteIds[value] = id;
    }
}
