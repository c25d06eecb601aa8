package org.t5j.train.huggingface;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import org.t5j.tokenizer.SentencePieceTokenizer;
import org.t5j.tokenizer.SentinelConvention;
import org.t5j.tokenizer.Tokenizer;
import org.t5j.tokenizer.model.ModelProto;
import org.t5j.tokenizer.model.ModelType;
import org.t5j.tokenizer.model.NormalizerSpec;
import org.t5j.tokenizer.model.Piece;

/**
 * {@code tokenizer.json}, the vocabulary of Hugging Face's fast tokenizers, as their {@code T5Converter} makes it of a
 * unigram model.
 */
final class FastTokenizer {

    /** Name of the file. */
    static final String FILE_NAME = "tokenizer.json";

    private static final String WORD_START = "\u2581";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private FastTokenizer() {}

    /** True if there is such a file for {@code tokenizer}; without it {@code AutoTokenizer} takes the slow tokenizer. */
    static boolean canExpress(Tokenizer tokenizer) {
        return tokenizer instanceof SentencePieceTokenizer text
                && text.model().trainerSpec().modelType() == ModelType.UNIGRAM;
    }

    static ObjectNode toJson(SentencePieceTokenizer tokenizer) {
        ModelProto model = tokenizer.model();
        ObjectNode json = JSON.objectNode();
        json.put("version", "1.0");
        json.putNull("truncation");
        json.putNull("padding");
        json.set("added_tokens", new AddedTokens(tokenizer).list());
        json.set("normalizer", normalizer(model.normalizerSpec()));
        json.set("pre_tokenizer", metaspace(tokenizer));
        json.set("post_processor", tokenizer.eosId() < 0 ? JSON.nullNode() : endOfSequence(tokenizer));
        json.set("decoder", decoder(tokenizer));
        json.set("model", unigram(tokenizer));
        return json;
    }

    private static ObjectNode normalizer(NormalizerSpec spec) {
        ObjectNode sequence = JSON.objectNode().put("type", "Sequence");
        ArrayNode steps = sequence.putArray("normalizers");
        if (spec.precompiledCharsmap().length > 0) {
            steps.addObject()
                    .put("type", "Precompiled")
                    .put("precompiled_charsmap", Base64.getEncoder().encodeToString(spec.precompiledCharsmap()));
        }
        if (spec.removeExtraWhitespaces()) {
            steps.addObject().put("type", "Strip").put("strip_left", false).put("strip_right", true);
            ObjectNode replace = steps.addObject().put("type", "Replace").put("content", WORD_START);
            replace.putObject("pattern").put("Regex", " {2,}");
        }
        return sequence;
    }

    private static ObjectNode metaspace(SentencePieceTokenizer tokenizer) {
        boolean exact = tokenizer.convention() == SentinelConvention.HF_EXACT;
        boolean prefix = tokenizer.model().normalizerSpec().addDummyPrefix();
        return JSON.objectNode()
                .put("type", "Metaspace")
                .put("replacement", WORD_START)
                .put("prepend_scheme", prefix ? exact ? "first" : "always" : "never")
                .put("split", true);
    }

    private static ObjectNode decoder(SentencePieceTokenizer tokenizer) {
        if (!tokenizer.model().trainerSpec().byteFallback()) {
            return metaspace(tokenizer);
        }
        ObjectNode sequence = JSON.objectNode().put("type", "Sequence");
        sequence.putArray("decoders")
                .add(JSON.objectNode().put("type", "ByteFallback"))
                .add(metaspace(tokenizer));
        return sequence;
    }

    private static ObjectNode endOfSequence(SentencePieceTokenizer tokenizer) {
        String eos = tokenizer.piece(tokenizer.eosId());
        ObjectNode template = JSON.objectNode().put("type", "TemplateProcessing");
        template.set("single", template("A", eos));
        template.set("pair", template("A", eos).addAll(template("B", eos)));
        ObjectNode token = template.putObject("special_tokens").putObject(eos).put("id", eos);
        token.putArray("ids").add(tokenizer.eosId());
        token.putArray("tokens").add(eos);
        return template;
    }

    private static ArrayNode template(String sequence, String eos) {
        ArrayNode parts = JSON.arrayNode();
        parts.addObject().putObject("Sequence").put("id", sequence).put("type_id", 0);
        parts.addObject().putObject("SpecialToken").put("id", eos).put("type_id", 0);
        return parts;
    }

    private static ObjectNode unigram(SentencePieceTokenizer tokenizer) {
        ObjectNode model = JSON.objectNode().put("type", "Unigram").put("unk_id", tokenizer.unkId());
        ArrayNode vocab = model.putArray("vocab");
        for (Piece piece : tokenizer.model().pieces()) {
            vocab.addArray().add(piece.text()).add((double) piece.score());
        }
        for (int id = vocab.size(); id < tokenizer.vocabSize(); id++) {
            vocab.addArray().add(tokenizer.piece(id)).add(0.0);
        }
        return model.put("byte_fallback", tokenizer.model().trainerSpec().byteFallback());
    }
}
