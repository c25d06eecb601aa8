package org.t5j.data.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.t5j.data.WordTokenizer;
import org.t5j.tokenizer.ByteTokenizer;
import org.t5j.tokenizer.Tokenizer;

/** Vocabularies that encode otherwise have other fingerprints. */
class VocabularyFingerprintTest {
    @Test
    void everyDifferenceThatIdsDependOnCounts() {
        List<Tokenizer> tokenizers = List.of(
                new WordTokenizer(),
                new WordTokenizer(32_100, 99),
                new WordTokenizer(32_101, 100),
                new WordTokenizer() {
                    @Override
                    public int[] encode(String text) {
                        return super.encode(text.toLowerCase());
                    }
                },
                new WordTokenizer() {
                    @Override
                    public int eosId() {
                        return 3;
                    }
                },
                ByteTokenizer.original(),
                ByteTokenizer.huggingFace(100));
        List<String> fingerprints =
                tokenizers.stream().map(VocabularyFingerprint::of).toList();
        assertThat(fingerprints).doesNotHaveDuplicates().allMatch(text -> text.matches("[0-9a-f]{16}"));
        assertThat(VocabularyFingerprint.of(new WordTokenizer())).isEqualTo(fingerprints.get(0));
    }
}
