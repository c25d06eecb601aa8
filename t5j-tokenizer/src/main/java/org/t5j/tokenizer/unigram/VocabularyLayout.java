package org.t5j.tokenizer.unigram;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.t5j.tokenizer.TokenizerException;
import org.t5j.tokenizer.TrainerConfig;
import org.t5j.tokenizer.model.ModelProto;
import org.t5j.tokenizer.model.Piece;
import org.t5j.tokenizer.model.ProtoMessage;
import org.t5j.tokenizer.model.TrainerSpec;
import org.t5j.tokenizer.model.Vocabulary;

/** Which ids the special pieces of a new vocabulary have, and the model that results ({@code InitMetaPieces}). */
final class VocabularyLayout {

    private final TrainerConfig config;
    private final Map<Integer, Piece> special;

    VocabularyLayout(TrainerConfig config) {
        this.config = config;
        special = specialPieces(config);
    }

    int specialCount() {
        return special.size();
    }

    List<String> specialTexts() {
        return special.values().stream().map(Piece::text).toList();
    }

    /** The model with {@code learned} pieces in the ids that the special ones leave, exactly as many as there are. */
    ModelProto model(List<Piece> learned) {
        List<Piece> all = new ArrayList<>(config.vocabSize());
        int next = 0;
        for (int id = 0; id < config.vocabSize(); id++) {
            Piece piece = special.get(id);
            all.add(piece != null ? piece : learned.get(next++));
        }
        return new ModelProto(all, trainerSpec(), config.normalization().spec());
    }

    private static Map<Integer, Piece> specialPieces(TrainerConfig config) {
        Map<Integer, Piece> special = new TreeMap<>();
        special.put(config.unkId(), new Piece("<unk>", 0, Piece.Type.UNKNOWN));
        Map.of("<s>", config.bosId(), "</s>", config.eosId(), "<pad>", config.padId())
                .forEach((text, id) -> special.put(id, new Piece(text, 0, Piece.Type.CONTROL)));
        special.remove(-1);
        List<Piece> free = new ArrayList<>();
        config.userDefinedSymbols().forEach(text -> free.add(new Piece(text, 0, Piece.Type.USER_DEFINED)));
        for (int value = 0; value < 256 && config.byteFallback(); value++) {
            free.add(new Piece(Vocabulary.bytePiece(value), 0, Piece.Type.BYTE));
        }
        int id = 0;
        for (Piece piece : free) {
            while (special.containsKey(id)) {
                id++;
            }
            special.put(id, piece);
        }
        if (special.size() >= config.vocabSize()) {
            throw new TokenizerException("TrainerConfig: vocabSize is " + config.vocabSize()
                    + "; it must be above the number" + " of special pieces, " + special.size());
        }
        return special;
    }

    /** The settings by their numbers in {@code sentencepiece_model.proto}. */
    private TrainerSpec trainerSpec() {
        ProtoMessage.Builder spec = new ProtoMessage.Builder()
                .add(3, (long) TrainerSpec.numberOf(config.modelType()))
                .add(4, (long) config.vocabSize())
                .add(10, config.characterCoverage())
                .add(11, (long) config.maxLines())
                .add(14, (long) config.seedSize())
                .add(15, config.shrinkingFactor())
                .add(17, (long) config.subIterations())
                .add(20, (long) config.maxPieceLength())
                .add(21, config.splitByUnicodeScript())
                .add(22, config.splitByWhitespace())
                .add(23, config.splitByNumber())
                .add(35, config.byteFallback())
                .add(40, (long) config.unkId())
                .add(41, (long) config.bosId())
                .add(42, (long) config.eosId())
                .add(43, (long) config.padId());
        config.userDefinedSymbols().forEach(symbol -> spec.add(31, symbol));
        return new TrainerSpec(spec.build());
    }
}
