package org.t5j.data.metric;

import java.util.List;
import java.util.Set;
import org.t5j.data.Registry;

/** The metrics by name. */
public final class Metrics {
    private static final Registry<Metric> REGISTRY = new Registry<Metric>("metric")
            .add("accuracy", new Accuracy("accuracy"))
            .add("sequence_accuracy", new Accuracy("sequence_accuracy"))
            .add("exact_match", new ExactMatch())
            .add("word_accuracy", new WordAccuracy())
            .add("f1", BinaryF1.plain("f1"))
            .add("f1_with_invalid", BinaryF1.withInvalid("f1_with_invalid"))
            .add("f1_macro", new MacroF1())
            .add("f1_micro", new MicroF1())
            .add("mean_3class_f1", new MeanClassF1(3))
            .add("matthews_corrcoef", new Matthews())
            .add("pearson_corrcoef", Correlation.pearson())
            .add("spearman_corrcoef", Correlation.spearman())
            .add("squad", Answers.squad())
            .add("trivia_qa", Answers.triviaQa())
            .add("multirc", new MultiRc("idx.question"))
            .add("record", new OnePerGroup(Answers.squad(), List.of("idx.passage", "idx.query")))
            .add("rouge", Rouge.plain())
            .add("rouge_stem", Rouge.stemming())
            .add("bleu", bleu("bleu", BleuTokenizer.THIRTEEN_A))
            .add("bleu_intl", bleu("bleu_intl", BleuTokenizer.INTERNATIONAL))
            .add("bleu_none", bleu("bleu_none", BleuTokenizer.NONE))
            .add("bleu_char", bleu("bleu_char", BleuTokenizer.CHARACTERS))
            .add("bleu_zh", bleu("bleu_zh", BleuTokenizer.CHINESE))
            .add(
                    "bleu_lc",
                    new Bleu("bleu_lc", BleuConfig.of(BleuTokenizer.THIRTEEN_A).withLowercase()))
            .add("chrf", new ChrF("chrf", ChrFConfig.ofWords(0)))
            .add("chrf++", new ChrF("chrf++", ChrFConfig.ofWords(2)))
            .add("character_error_rate", ErrorRate.ofCharacters())
            .add("word_error_rate", ErrorRate.ofWords())
            .add("edit_distance", new WordEdits())
            .add("character_edit_distance", new CharacterEdits());

    private Metrics() {}

    private static Metric bleu(String name, BleuTokenizer tokenizer) {
        return new Bleu(name, BleuConfig.of(tokenizer));
    }

    /**
     * The metric of that name.
     *
     * @throws org.t5j.data.DataException if there is none; the message names the nearest
     */
    public static Metric named(String name) {
        return REGISTRY.get(name);
    }

    /** All names. */
    public static Set<String> names() {
        return REGISTRY.names();
    }
}
