package org.t5j.examples.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.Locale;
import org.t5j.tokenizer.SentencePieceTokenizer;
import org.t5j.tokenizer.model.ModelProto;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "inspect",
        preprocessor = SpmFlags.class,
        description = "Shows what a vocabulary is, and its pieces if asked.")
final class TokenizerInspectCommand extends Subcommand {
    @Mixin
    private Vocabulary vocabulary;

    @Option(names = "--pieces", description = "Print the vocabulary instead: id, piece and score, separated by tabs.")
    private boolean pieces;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        SentencePieceTokenizer tokenizer = vocabulary.load();
        ModelProto model = tokenizer.model();
        PrintWriter out = out();
        if (pieces) {
            for (int id = 0; id < model.pieces().size(); id++) {
                out.println(id + "\t" + tokenizer.piece(id) + "\t"
                        + model.pieces().get(id).score());
            }
            return 0;
        }
        ObjectNode facts = JsonNodeFactory.instance.objectNode();
        facts.put("type", model.trainerSpec().modelType().name().toLowerCase(Locale.ROOT));
        facts.put("pieces", model.pieces().size());
        facts.put("extra_ids", tokenizer.sentinelCount());
        facts.put("sentinels", tokenizer.convention().name().toLowerCase(Locale.ROOT));
        facts.put("vocab_size", tokenizer.vocabSize());
        facts.put("pad_id", tokenizer.padId());
        facts.put("bos_id", tokenizer.bosId());
        facts.put("eos_id", tokenizer.eosId());
        facts.put("unk_id", tokenizer.unkId());
        facts.put("byte_fallback", model.trainerSpec().byteFallback());
        facts.put("normalization", model.normalizerSpec().name());
        facts.put("add_dummy_prefix", model.normalizerSpec().addDummyPrefix());
        facts.put("remove_extra_whitespaces", model.normalizerSpec().removeExtraWhitespaces());
        Facts.print(out, facts, json);
        return 0;
    }
}
