package org.t5j.train.huggingface;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.t5j.core.T5Exception;
import org.t5j.tokenizer.model.ModelProto;
import org.t5j.tokenizer.model.ModelType;
import org.t5j.tokenizer.model.NormalizerSpec;
import org.t5j.tokenizer.model.Piece;
import org.t5j.tokenizer.model.ProtoMessage;
import org.t5j.tokenizer.model.TrainerSpec;

/** Makes a SentencePiece model of the content of {@code tokenizer.json}, for directories that hold nothing else. */
final class FastTokenizerReader {

    private static final String SENTINEL_START = "<extra_id_";
    private static final int MODEL_TYPE = 3;
    private static final int BYTE_FALLBACK = 35;
    private static final int EOS_PIECE = 47;
    private static final int PAD_PIECE = 48;
    private static final int NAME = 1;
    private static final int PRECOMPILED_CHARSMAP = 2;
    private static final int ADD_DUMMY_PREFIX = 3;
    private static final int REMOVE_EXTRA_WHITESPACES = 4;

    private final JsonNode json;
    private final boolean byteFallback;
    /** Whether the added token of an id is special. */
    private final Map<Integer, Boolean> addedTokens = new HashMap<>();

    FastTokenizerReader(JsonNode json) {
        this.json = json;
        require(json.at("/model/type").asText("Unigram").equals("Unigram"), "a model other than Unigram");
        byteFallback = json.at("/model/byte_fallback").asBoolean(false);
        json.path("added_tokens")
                .forEach(token -> addedTokens.put(
                        token.path("id").asInt(-1), token.path("special").asBoolean()));
    }

    ModelProto model(String eosPiece, String padPiece) {
        ProtoMessage trainer = new ProtoMessage.Builder()
                .add(MODEL_TYPE, (long) TrainerSpec.numberOf(ModelType.UNIGRAM))
                .add(BYTE_FALLBACK, byteFallback)
                .add(EOS_PIECE, eosPiece)
                .add(PAD_PIECE, padPiece)
                .build();
        return new ModelProto(pieces(), new TrainerSpec(trainer), normalizer());
    }

    private List<Piece> pieces() {
        JsonNode vocab = json.at("/model/vocab");
        require(vocab.isArray() && !vocab.isEmpty(), "no list of pieces (model.vocab)");
        int size = vocab.size();
        while (size > 0 && vocab.get(size - 1).path(0).asText().startsWith(SENTINEL_START)) {
            size--;
        }
        int unkId = json.at("/model/unk_id").asInt(-1);
        require(unkId >= 0 && unkId < size, "no unknown piece (model.unk_id)");
        List<Piece> pieces = new ArrayList<>(size);
        for (int id = 0; id < size; id++) {
            JsonNode entry = vocab.get(id);
            require(
                    entry.path(0).isTextual() && entry.path(1).isNumber(),
                    "an entry " + id + " of model.vocab that is no piece with a score");
            String text = entry.get(0).asText();
            pieces.add(new Piece(
                    text, (float) entry.get(1).asDouble(), id == unkId ? Piece.Type.UNKNOWN : type(id, text)));
        }
        return pieces;
    }

    private Piece.Type type(int id, String text) {
        if (addedTokens.containsKey(id)) {
            return addedTokens.get(id) ? Piece.Type.CONTROL : Piece.Type.USER_DEFINED;
        }
        if (byteFallback && text.matches("<0x[0-9A-F]{2}>")) {
            return Piece.Type.BYTE;
        }
        return text.startsWith("\u2581" + SENTINEL_START) ? Piece.Type.USER_DEFINED : Piece.Type.NORMAL;
    }

    private NormalizerSpec normalizer() {
        JsonNode rules = withType(json.path("normalizer"), "Precompiled");
        JsonNode metaspace = withType(json.path("pre_tokenizer"), "Metaspace");
        boolean collapses = withType(json.path("normalizer"), "Replace") != null
                || withType(json.path("pre_tokenizer"), "WhitespaceSplit") != null;
        ProtoMessage.Builder spec = new ProtoMessage.Builder().add(NAME, rules == null ? "identity" : "precompiled");
        if (rules != null) {
            spec.add(PRECOMPILED_CHARSMAP, charsmap(rules));
        }
        boolean prefix = metaspace != null
                && !metaspace.path("prepend_scheme").asText("always").equals("never")
                && metaspace.path("add_prefix_space").asBoolean(true);
        spec.add(ADD_DUMMY_PREFIX, prefix).add(REMOVE_EXTRA_WHITESPACES, collapses);
        return new NormalizerSpec(spec.build());
    }

    private static byte[] charsmap(JsonNode rules) {
        try {
            return Base64.getDecoder().decode(rules.path("precompiled_charsmap").asText());
        } catch (IllegalArgumentException damaged) {
            throw new T5Exception("a precompiled_charsmap that is not Base64", damaged);
        }
    }

    /** The node of this type, {@code node} itself or one of a sequence; null if there is none. */
    private static JsonNode withType(JsonNode node, String type) {
        if (node.path("type").asText().equals(type)) {
            return node;
        }
        for (String list : List.of("normalizers", "pretokenizers")) {
            for (JsonNode step : node.path(list)) {
                JsonNode found = withType(step, type);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private static void require(boolean holds, String found) {
        if (!holds) {
            throw new T5Exception(found);
        }
    }
}
