package org.t5j.tokenizer.normalize;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.t5j.tokenizer.TokenizerException;
import org.t5j.tokenizer.model.NormalizerSpec;

/** The built-in rules of character replacement, those of SentencePiece 0.1.97; for others see {@link CharacterRules}. */
public enum NormalizationRule {
    /** Unicode NFKC with additions: line breaks and exotic spaces become spaces, control characters vanish. T5's rule. */
    NMT_NFKC("nmt_nfkc", "nmt_nfkc.charsmap.gz"),
    /** Unicode NFKC. */
    NFKC("nfkc", "nfkc.charsmap.gz"),
    /** {@link #NMT_NFKC} and Unicode case folding, which lowers letters. */
    NMT_NFKC_CF("nmt_nfkc_cf", "nmt_nfkc_cf.charsmap.gz"),
    /** {@link #NFKC} and Unicode case folding, which lowers letters. */
    NFKC_CF("nfkc_cf", "nfkc_cf.charsmap.gz"),
    /** No replacement; only the treatment of spaces. */
    IDENTITY("identity", null);

    private final String ruleName;
    private final String resource;

    NormalizationRule(String ruleName, String resource) {
        this.ruleName = ruleName;
        this.resource = resource;
    }

    /**
     * The rule that SentencePiece calls {@code name}, as in {@code spm_train --normalization_rule_name}.
     *
     * @throws TokenizerException if there is none
     */
    public static NormalizationRule ofName(String name) {
        for (NormalizationRule rule : values()) {
            if (rule.ruleName.equals(name)) {
                return rule;
            }
        }
        throw new TokenizerException("There is no normalization rule '" + name + "'; there are "
                + Arrays.stream(values()).map(NormalizationRule::ruleName).collect(Collectors.joining(", ")));
    }

    /** SentencePiece's name, such as {@code nmt_nfkc}. */
    public String ruleName() {
        return ruleName;
    }

    /** The spec to put into a model. */
    public NormalizerSpec spec() {
        if (resource == null) {
            return NormalizerSpec.of(ruleName, new byte[0]);
        }
        try (InputStream in = new GZIPInputStream(NormalizationRule.class.getResourceAsStream(resource))) {
            return NormalizerSpec.of(ruleName, in.readAllBytes());
        } catch (IOException failed) {
            throw new UncheckedIOException("The resource " + resource + " of this library is damaged", failed);
        }
    }
}
