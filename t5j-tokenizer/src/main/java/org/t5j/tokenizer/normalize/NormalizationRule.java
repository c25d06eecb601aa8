package org.t5j.tokenizer.normalize;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.zip.GZIPInputStream;
import org.t5j.tokenizer.model.NormalizerSpec;

/** The rules of character replacement that a new vocabulary can be trained with. */
public enum NormalizationRule {
    /** Unicode NFKC with additions: line breaks and exotic spaces become spaces, control characters vanish. T5's rule. */
    NMT_NFKC("nmt_nfkc", "nmt_nfkc.charsmap.gz"),
    /** No replacement; only the treatment of spaces. */
    IDENTITY("identity", null);

    private final String ruleName;
    private final String resource;

    NormalizationRule(String ruleName, String resource) {
        this.ruleName = ruleName;
        this.resource = resource;
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
