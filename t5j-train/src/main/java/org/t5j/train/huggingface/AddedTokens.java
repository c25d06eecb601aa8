package org.t5j.train.huggingface;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.t5j.tokenizer.ByteTokenizer;
import org.t5j.tokenizer.SentencePieceTokenizer;
import org.t5j.tokenizer.Tokenizer;
import org.t5j.tokenizer.model.Piece;

/** The tokens that Hugging Face looks for in text before segmentation ({@code AddedToken}). */
final class AddedTokens {

    private static final String WORD_START = "\u2581";

    /**
     * One of them.
     *
     * @param strips whether it swallows the white space on both sides
     * @param special whether it is left out by {@code skip_special_tokens}
     */
    private record AddedToken(int id, String content, boolean strips, boolean special) {

        /** Without {@code id} and {@code special}, as in {@code special_tokens_map.json}. */
        ObjectNode toJson() {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("content", content)
                    .put("lstrip", strips)
                    .put("normalized", false)
                    .put("rstrip", strips)
                    .put("single_word", false);
        }
    }

    private final Tokenizer tokenizer;
    private final List<AddedToken> tokens = new ArrayList<>();

    AddedTokens(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
        if (tokenizer instanceof ByteTokenizer bytes) {
            for (int id : List.of(bytes.padId(), bytes.eosId(), bytes.unkId())) {
                tokens.add(new AddedToken(id, bytes.piece(id), true, true));
            }
        } else {
            addPieces(((SentencePieceTokenizer) tokenizer).model().pieces());
        }
        for (int id = withoutSentinels(tokenizer); id < tokenizer.vocabSize(); id++) {
            tokens.add(new AddedToken(id, tokenizer.piece(id), !(tokenizer instanceof ByteTokenizer), true));
        }
    }

    /** Pieces with ▁ are left to the segmentation: no text holds that character. */
    private void addPieces(List<Piece> pieces) {
        for (int id = 0; id < pieces.size(); id++) {
            Piece piece = pieces.get(id);
            boolean special = piece.type() == Piece.Type.CONTROL || piece.type() == Piece.Type.UNKNOWN;
            boolean word =
                    piece.type() == Piece.Type.USER_DEFINED && !piece.text().contains(WORD_START);
            if (special || word) {
                tokens.add(new AddedToken(id, piece.text(), false, special));
            }
        }
    }

    private static int withoutSentinels(Tokenizer tokenizer) {
        if (tokenizer instanceof SentencePieceTokenizer text) {
            return text.model().pieces().size();
        }
        boolean reusesBytes = ((ByteTokenizer) tokenizer).reusesBytes();
        return tokenizer.vocabSize() - (reusesBytes ? 0 : tokenizer.sentinelCount());
    }

    /** Number of sentinels that have ids of their own, which are the highest. */
    int sentinelsAdded() {
        return tokenizer.vocabSize() - withoutSentinels(tokenizer);
    }

    /** {@code additional_special_tokens}: the sentinels by index. */
    ArrayNode sentinelNames() {
        ArrayNode names = JsonNodeFactory.instance.arrayNode();
        for (int index = 0; index < sentinelsAdded(); index++) {
            names.add(tokenizer.piece(tokenizer.sentinelId(index)));
        }
        return names;
    }

    /** {@code added_tokens_decoder} of {@code tokenizer_config.json}. */
    ObjectNode byId() {
        ObjectNode byId = JsonNodeFactory.instance.objectNode();
        tokens.forEach(
                token -> byId.set(Integer.toString(token.id()), token.toJson().put("special", token.special())));
        return byId;
    }

    /** {@code added_tokens} of {@code tokenizer.json}. */
    ArrayNode list() {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        tokens.forEach(token -> list.add(token.toJson().put("id", token.id()).put("special", token.special())));
        return list;
    }

    /** {@code special_tokens_map.json}. */
    ObjectNode specialTokensMap() {
        ObjectNode map = JsonNodeFactory.instance.objectNode();
        if (sentinelsAdded() > 0) {
            map.set("additional_special_tokens", sentinelNames());
        }
        putSpecial(map, "eos_token", tokenizer.eosId());
        putSpecial(map, "pad_token", tokenizer.padId());
        putSpecial(map, "unk_token", tokenizer.unkId());
        return map;
    }

    private void putSpecial(ObjectNode map, String key, int id) {
        tokens.stream().filter(token -> token.id() == id).forEach(token -> map.set(key, token.toJson()));
    }
}
