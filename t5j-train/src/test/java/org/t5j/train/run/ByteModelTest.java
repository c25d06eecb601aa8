package org.t5j.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.t5j.core.T5Model;
import org.t5j.tokenizer.ByteTokenizer;
import org.t5j.train.Fixtures;
import org.t5j.train.config.ConfigException;
import org.t5j.train.setup.TrainConfig;

/** ByT5 by configuration: pre-training, fine-tuning of the checkpoint and generation, all without a vocabulary file. */
class ByteModelTest {
    @TempDir
    Path directory;

    @Test
    void aByteModelIsPretrainedFineTunedAndUsed() {
        Path corpus = Fixtures.corpus(directory.resolve("corpus.txt"), 20);
        Path base = Training.of(Fixtures.pretraining(
                        corpus, "tokenizer.file=null", "tokenizer.convention=byt5", "optim.totalSteps=2"))
                .run(directory.resolve("base"), false)
                .last();
        assertThat(VocabularyFiles.describe(base)).isEqualTo("bytes and 125 extra ids");
        assertThat(base.resolve("spiece.model")).doesNotExist();
        try (T5Model model = T5Model.load(base)) {
            assertThat(model.config().vocabSize()).isEqualTo(384);
        }

        Path pairs = Fixtures.pairs(directory.resolve("pairs.tsv"), 16);
        Path tuned = directory.resolve("tuned");
        Training.of(Fixtures.fineTuning(
                        pairs, pairs, "tokenizer.file=null", "model={checkpoint: " + base + "}", "optim.totalSteps=1"))
                .run(tuned, false);
        Path last = RunDirectory.of(tuned).latest().orElseThrow();
        assertThat(VocabularyFiles.in(last).tokenizer().sentinelId(0)).isEqualTo(259);
        try (TextGenerator generator = TextGenerator.load(tuned)) {
            assertThat(generator.generate("first letter: market")).isNotNull();
        }
    }

    @Test
    void theConventionOfThePretrainingIsKept() {
        Path corpus = Fixtures.corpus(directory.resolve("corpus.txt"), 20);
        Path base = Training.of(Fixtures.pretraining(
                        corpus, "tokenizer.file=null", "tokenizer.convention=BYT5_ORIGINAL", "optim.totalSteps=1"))
                .run(directory.resolve("base"), false)
                .last();
        ByteTokenizer tokenizer = (ByteTokenizer) VocabularyFiles.in(base).tokenizer();
        assertThat(tokenizer.reusesBytes()).isTrue();
        assertThat(tokenizer.sentinelId(0)).isEqualTo(258);
    }

    @Test
    void bytesAndAFileDoNotGoTogether() {
        assertThatThrownBy(() -> TrainConfig.ofSettings(
                        List.of("tokenizer.convention=BYT5", "tokenizer.file=" + Fixtures.vocabulary())))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("convention needs no file");
    }

    @Test
    void aRunChoosesTheConventionOfItsFile() {
        Path corpus = Fixtures.corpus(directory.resolve("corpus.txt"), 20);
        Path base = Training.of(Fixtures.pretraining(
                        corpus, "tokenizer.convention=seqio", "tokenizer.extraIds=30", "optim.totalSteps=1"))
                .run(directory.resolve("base"), false)
                .last();
        assertThat(VocabularyFiles.describe(base)).isEqualTo("spiece.model, 1030 pieces and 30 extra ids");
        assertThat(Files.exists(base.resolve("tokenizer.json"))).isTrue();
    }
}
