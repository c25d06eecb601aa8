package org.t5j.tokenizer.model;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.t5j.tokenizer.TokenizerException;
import org.t5j.tokenizer.bytes.ByteTrie;

/**
 * The pieces of a model, checked by the rules of SentencePiece ({@code ModelInterface::InitializePieces}). Pieces that
 * stand for text and reserved ones (unknown, control, bytes) are looked up apart: both may have the same text.
 */
public final class Vocabulary {

    private static final int MAX_PIECE_CHARACTERS = 1024;
    private static final Piece.Type[] TYPES = Piece.Type.values();
    private static final Set<Piece.Type> RESERVED = EnumSet.of(Piece.Type.UNKNOWN, Piece.Type.CONTROL, Piece.Type.BYTE);

    private final List<Piece> pieces;
    private final float[] scores;
    private final byte[] types;
    private final Set<Piece.Type> presentTypes = EnumSet.noneOf(Piece.Type.class);
    private final ByteTrie texts;
    private final ByteTrie reserved;
    private final ByteTrie userDefined;
    private final int[] byteIds = new int[256];
    private final int unkId;
    private final int bosId;

    private Vocabulary(ModelProto model) {
        pieces = model.pieces();
        scores = new float[pieces.size()];
        types = new byte[pieces.size()];
        checkTexts();
        Arrays.fill(byteIds, -1);
        int unknown = -1;
        for (int id = 0; id < pieces.size(); id++) {
            Piece piece = pieces.get(id);
            scores[id] = piece.score();
            types[id] = (byte) piece.type().ordinal();
            presentTypes.add(piece.type());
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
        texts = buildTrie(EnumSet.complementOf(EnumSet.copyOf(RESERVED)));
        reserved = buildTrie(RESERVED);
        userDefined = buildTrie(EnumSet.of(Piece.Type.USER_DEFINED));
        bosId = controlId(model.trainerSpec().bosPiece());
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

    /** The score of piece {@code id}. */
    public float score(int id) {
        return scores[id];
    }

    /** What piece {@code id} stands for. */
    public Piece.Type type(int id) {
        return TYPES[types[id]];
    }

    /** True if some piece is of this type. */
    public boolean has(Piece.Type type) {
        return presentTypes.contains(type);
    }

    /** The id of the piece {@code text}, reserved pieces first; {@link #unkId()} if there is none. */
    public int idOf(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        int found = reserved.find(utf8, 0, utf8.length);
        int id = found >= 0 ? found : idOf(utf8, 0, utf8.length);
        // A surrogate without its partner has no UTF-8 and is no piece.
        return id >= 0 && piece(id).text().equals(text) ? id : unkId;
    }

    /** The id of the normal, user-defined or unused piece {@code text[from, to)}; -1 if there is none. */
    public int idOf(byte[] text, int from, int to) {
        return texts.find(text, from, to);
    }

    /**
     * The id of a segment of text, {@code text[from, to)}: unlike {@link #idOf(String)}, never that of a control piece,
     * since text cannot stand for structure (C++ fails where it would); {@link #unkId()} if there is none.
     */
    public int segmentId(byte[] text, int from, int to) {
        int found = reserved.find(text, from, to);
        if (found >= 0 && type(found) != Piece.Type.CONTROL) {
            return found;
        }
        int id = idOf(text, from, to);
        return id >= 0 ? id : unkId;
    }

    /** The id of the control piece {@code text}, or -1. */
    public int controlId(String text) {
        int id = idOf(text);
        return type(id) == Piece.Type.CONTROL ? id : -1;
    }

    /** The id of the control piece that starts a sequence, or -1. */
    public int bosId() {
        return bosId;
    }

    /** The id of the unknown piece. */
    public int unkId() {
        return unkId;
    }

    /** The id of the piece for byte {@code value}, or -1. */
    public int byteId(byte value) {
        return byteIds[value & 0xFF];
    }

    /** The user-defined pieces; values are ids. */
    public ByteTrie userDefined() {
        return userDefined;
    }

    /** The trie of the pieces of these types; values are ids. */
    public ByteTrie trieOf(Piece.Type... types) {
        Set<Piece.Type> wanted = EnumSet.copyOf(Arrays.asList(types));
        wanted.retainAll(presentTypes);
        Set<Piece.Type> ofText = EnumSet.copyOf(presentTypes);
        ofText.removeAll(RESERVED);
        return wanted.equals(ofText) ? texts : buildTrie(wanted);
    }

    private ByteTrie buildTrie(Set<Piece.Type> wanted) {
        List<byte[]> keys = new ArrayList<>(size());
        for (Piece piece : pieces) {
            keys.add(wanted.contains(piece.type()) ? piece.text().getBytes(StandardCharsets.UTF_8) : null);
        }
        return ByteTrie.of(keys);
    }

    /** Checks that no text is too long, or there twice among the reserved pieces or among the others. */
    private void checkTexts() {
        Set<String> seen = new HashSet<>();
        Set<String> seenReserved = new HashSet<>();
        for (int id = 0; id < pieces.size(); id++) {
            String text = pieces.get(id).text();
            if (text.length() > MAX_PIECE_CHARACTERS) {
                throw new TokenizerException("piece " + id + " has " + text.length() + " characters; at most "
                        + MAX_PIECE_CHARACTERS + " are supported");
            }
            if (!(RESERVED.contains(pieces.get(id).type()) ? seenReserved : seen).add(text)) {
                throw new TokenizerException("piece " + id + " '" + text + "' is there twice");
            }
        }
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
