package org.t5j.examples.cli;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;
import org.t5j.tokenizer.SentencePieceTokenizer;

/**
 * What {@code --extra_options} asks for, in the order in which it is named: a token at the start or at the end, the tokens
 * in reverse, unknown pieces by their name.
 */
final class ExtraOptions {
    private enum Step {
        BOS,
        EOS,
        REVERSE,
        UNK
    }

    private final List<Step> steps;
    private final SentencePieceTokenizer tokenizer;

    private ExtraOptions(List<Step> steps, SentencePieceTokenizer tokenizer) {
        this.steps = steps;
        this.tokenizer = tokenizer;
    }

    /** @param list names with colons between them; may be empty */
    static ExtraOptions parse(Subcommand command, String list, SentencePieceTokenizer tokenizer) {
        List<Step> steps = new ArrayList<>();
        for (String name : list.isEmpty() ? new String[0] : list.split(":", -1)) {
            switch (name) {
                case "bos" -> {
                    command.require(
                            tokenizer.bosId() >= 0,
                            "--extra_options bos cannot be given: the vocabulary has no start-of-sequence token");
                    steps.add(Step.BOS);
                }
                case "eos" -> {
                    command.require(
                            tokenizer.eosId() >= 0,
                            "--extra_options eos and --eos cannot be given: the vocabulary has no end-of-sequence token");
                    steps.add(Step.EOS);
                }
                case "reverse" -> steps.add(Step.REVERSE);
                case "unk", "unk_piece" -> steps.add(Step.UNK);
                default ->
                    command.require(
                            false,
                            "--extra_options must be of bos, eos, reverse and unk, with colons between them, found \""
                                    + name + "\"");
            }
        }
        return new ExtraOptions(steps, tokenizer);
    }

    boolean isEmpty() {
        return steps.isEmpty();
    }

    /** Whether unknown pieces are to have the name of the unknown piece, not their own text. */
    boolean namesUnknown() {
        return steps.contains(Step.UNK);
    }

    List<Integer> ofIds(List<Integer> ids) {
        return applied(ids, id -> id);
    }

    /** Of pieces; what {@link #namesUnknown} asks for is done for pieces that are not in the vocabulary. */
    List<String> ofPieces(List<String> pieces) {
        return applied(pieces, tokenizer::piece);
    }

    private <T> List<T> applied(List<T> tokens, IntFunction<T> token) {
        List<T> result = new ArrayList<>(tokens);
        for (Step step : steps) {
            switch (step) {
                case BOS -> result.add(0, token.apply(tokenizer.bosId()));
                case EOS -> result.add(token.apply(tokenizer.eosId()));
                case REVERSE -> Collections.reverse(result);
                case UNK -> {}
            }
        }
        return result;
    }
}
