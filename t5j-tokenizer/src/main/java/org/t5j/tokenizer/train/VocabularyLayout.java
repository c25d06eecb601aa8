package org.t5j.tokenizer.train;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.t5j.tokenizer.SentencePieceTokenizer;
import org.t5j.tokenizer.TokenizerException;
import org.t5j.tokenizer.TrainerConfig;
import org.t5j.tokenizer.model.ModelProto;
import org.t5j.tokenizer.model.ModelType;
import org.t5j.tokenizer.model.Piece;
import org.t5j.tokenizer.model.ProtoMessage;
import org.t5j.tokenizer.model.Vocabulary;

/**
 * Which ids the special pieces of a new vocabulary have ({@code InitMetaPieces}), and the model that results ({@code
 * Serialize}). Immutable.
 */
public final class VocabularyLayout {

    private static final int SELF_TEST_DATA = 4;

    private final TrainerConfig config;
    private final TreeMap<Integer, Piece> special = new TreeMap<>();

    /**
     * @throws TokenizerException if the vocabulary has no room for the special pieces
     */
    public VocabularyLayout(TrainerConfig config) {
        this.config = config;
        SpecialPieces pieces = config.specialPieces();
        reserve(pieces.unk(), Piece.Type.UNKNOWN);
        reserve(pieces.bos(), Piece.Type.CONTROL);
        reserve(pieces.eos(), Piece.Type.CONTROL);
        reserve(pieces.pad(), Piece.Type.CONTROL);
        pieces.controlSymbols().forEach(symbol -> add(symbol, Piece.Type.CONTROL));
        pieces.userDefinedSymbols().forEach(symbol -> add(symbol, Piece.Type.USER_DEFINED));
        for (int value = 0; value < 256 && pieces.byteFallback(); value++) {
            add(Vocabulary.bytePiece(value), Piece.Type.BYTE);
        }
        Setting.require(
                special.size() < config.vocabSize(),
                "vocabSize",
                config.vocabSize(),
                "above the number of special pieces, " + special.size());
    }

    private void reserve(SpecialPieces.Reserved piece, Piece.Type type) {
        if (piece.id() >= 0) {
            special.put(piece.id(), new Piece(piece.text(), 0, type));
        }
    }

    /** Gives {@code text} the first free id, or another type if it is the start, the end or padding. */
    private void add(String text, Piece.Type type) {
        SpecialPieces pieces = config.specialPieces();
        for (SpecialPieces.Reserved piece : List.of(pieces.bos(), pieces.eos(), pieces.pad())) {
            if (piece.text().equals(text) && piece.id() >= 0) {
                special.put(piece.id(), new Piece(text, 0, type));
                return;
            }
        }
        int id = 0;
        for (int taken : special.keySet()) {
            if (taken != id) {
                break;
            }
            id++;
        }
        special.put(id, new Piece(text, 0, type));
    }

    /** How many pieces are not learned. */
    public int specialCount() {
        return special.size();
    }

    /** How many pieces are to be learned at most. */
    public int learnedCount() {
        return config.useAllVocab() ? Integer.MAX_VALUE : config.vocabSize() - special.size();
    }

    /** The texts of the pieces that are not learned, by id. */
    public List<String> specialTexts() {
        return special.values().stream().map(Piece::text).toList();
    }

    /**
     * The model with the pieces {@code learned} in the ids that the special ones leave.
     *
     * @param corpus gives the lines of the self-test
     * @throws TokenizerException if the pieces are too few for the size asked for
     */
    public ModelProto model(List<Piece> learned, TrainingCorpus corpus) {
        checkSize(learned.size() + special.size());
        List<Piece> all = new ArrayList<>(learned.size() + special.size());
        Iterator<Piece> rest = learned.iterator();
        while (all.size() < learned.size() + special.size()) {
            Piece piece = special.get(all.size());
            if (piece == null && !rest.hasNext()) {
                throw new TokenizerException("The special pieces are " + special + ", but only " + learned.size()
                        + " other pieces could be learned from this text. Give the special pieces ids below "
                        + (learned.size() + special.size()));
            }
            all.add(piece != null ? piece : rest.next());
        }
        checkDistinct(all);
        ModelProto model = new ModelProto(
                all,
                TrainingRecord.of(config, all.size()),
                config.normalizer(),
                config.denormalizer(),
                ProtoMessage.EMPTY);
        return corpus.selfTestSamples().isEmpty() ? model : withSelfTest(model, corpus.selfTestSamples());
    }

    private void checkSize(int size) {
        boolean exact = config.hardVocabLimit() && config.modelType() != ModelType.CHAR && !config.useAllVocab();
        if (exact && size < config.vocabSize()) {
            throw new TokenizerException("A vocabulary of " + config.vocabSize()
                    + " pieces is too large for this text. Set vocabSize to " + size
                    + " or less, give more text, or set hardVocabLimit to false");
        }
    }

    private static void checkDistinct(List<Piece> pieces) {
        Set<String> texts = new HashSet<>();
        for (Piece piece : pieces) {
            if (!texts.add(piece.text())) {
                throw new TokenizerException("The piece '" + piece.text() + "' would be in the vocabulary twice, as a"
                        + " special piece and as a learned one. Give the special piece another text");
            }
        }
    }

    private static ModelProto withSelfTest(ModelProto model, List<String> lines) {
        SentencePieceTokenizer tokenizer = SentencePieceTokenizer.of(model, 0);
        ProtoMessage.Builder samples = new ProtoMessage.Builder();
        for (String line : lines) {
            samples.add(
                    1,
                    new ProtoMessage.Builder()
                            .add(1, line)
                            .add(2, String.join(" ", tokenizer.encodePieces(line)))
                            .build());
        }
        return new ModelProto(
                model.pieces(),
                model.trainerSpec(),
                model.normalizerSpec(),
                model.denormalizerSpec(),
                new ProtoMessage.Builder().add(SELF_TEST_DATA, samples.build()).build());
    }
}
