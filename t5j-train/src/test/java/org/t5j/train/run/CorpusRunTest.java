package org.t5j.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.t5j.core.T5Exception;
import org.t5j.data.DataException;
import org.t5j.data.Example;
import org.t5j.data.cache.TokenShardWriter;
import org.t5j.data.source.DocumentSource;
import org.t5j.data.source.LineSource;
import org.t5j.tokenizer.Tokenizer;
import org.t5j.train.Fixtures;
import org.t5j.train.StepReport;
import org.t5j.train.TrainingListener;

/** Runs on a corpus that is tokenized already, cut, or repeated with the same noise. */
class CorpusRunTest {
    @TempDir
    Path directory;

    private Path corpus;

    @BeforeEach
    void writeCorpus() {
        corpus = Fixtures.corpus(directory.resolve("corpus.txt"), 60);
    }

    private Path tokens() {
        Path tokens = directory.resolve("tokens");
        Tokenizer tokenizer =
                VocabularyFiles.of(Fixtures.pretraining(corpus).tokenizer()).tokenizer();
        List<Example> documents = new DocumentSource(List.of(corpus)).readAll();
        for (String split : List.of("train", "validation")) {
            try (TokenShardWriter writer = TokenShardWriter.open(tokens, split, tokenizer, "test")) {
                documents.forEach(document -> writer.append(tokenizer.encode(document.get(LineSource.TEXT))));
                writer.commit();
            }
        }
        return tokens;
    }

    private byte[] model(Path run) throws IOException {
        return Files.readAllBytes(run.resolve("checkpoints/step-12/model.safetensors"));
    }

    private byte[] train(String name, Path files, String... settings) throws IOException {
        Path run = directory.resolve(name);
        Training.of(Fixtures.pretraining(files, settings)).run(run, false);
        return model(run);
    }

    @Test
    void preparedTokensTrainAsTheirTextDoes() throws IOException {
        byte[] fromTokens = train("tokens-run", tokens(), "data.format=tokens");
        assertThat(fromTokens).isEqualTo(train("text-run", corpus));
    }

    @Test
    void preparedTokensAreEvaluatedOnTheirOwnSplit() {
        Path tokens = tokens();
        TrainingResult result = Training.of(Fixtures.pretraining(
                        tokens, "data.format=tokens", "data.validationFiles=" + tokens, "eval.everySteps=6"))
                .run(directory.resolve("run"), false);
        assertThat(result.scores()).containsKey("validation/loss");
    }

    @Test
    void everyWayOfReadingACorpusTrainsOtherwiseAndResumesExactly() throws IOException {
        // 300 tokens are some twelve examples: four epochs
        byte[] plain = train("plain", corpus, "data.maxTokens=300");
        for (String setting : List.of("data.maxTokens=200", "data.frozenNoise=true", "data.shuffleWindow=4")) {
            byte[] whole = train(setting, corpus, "data.maxTokens=300", setting);
            assertThat(whole).as(setting).isNotEqualTo(plain);
            Path broken = directory.resolve(setting + "-broken");
            TrainingListener crash = new TrainingListener() {
                @Override
                public void stepped(StepReport report) {
                    if (report.step() == 7) {
                        throw new IllegalStateException("crash");
                    }
                }
            };
            Training training = Training.of(Fixtures.pretraining(corpus, "data.maxTokens=300", setting))
                    .listener(crash);
            assertThatThrownBy(() -> training.run(broken, false)).hasMessage("crash");
            assertThatThrownBy(() -> Training.of(Fixtures.pretraining(corpus, "data.maxTokens=300"))
                            .run(broken, true))
                    .isInstanceOf(T5Exception.class)
                    .hasMessageContaining(setting.substring(0, setting.indexOf('=')) + " was");
            Training.of(Fixtures.pretraining(
                            corpus, "data.maxTokens=300", setting, "data.cache=" + directory.resolve("moved")))
                    .run(broken, true);
            assertThat(model(broken)).as(setting).isEqualTo(whole);
        }
    }

    @Test
    void aRunKilledWhileItTokenizedMayStart() throws IOException {
        Path run = directory.resolve("killed");
        Files.createDirectories(run.resolve("cache/corpus-0123456789abcdef"));
        Training.of(Fixtures.pretraining(corpus)).run(run, false);
        assertThat(RunDirectory.of(run).latest()).isPresent();
    }

    @Test
    void mistakesAreNamed() {
        Path absent = directory.resolve("absent");
        assertThatThrownBy(() -> train("a", absent, "data.format=tokens"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("There are no token shards of split 'train' in " + absent);
        assertThatThrownBy(() -> train("b", absent, "data.format=tokens", "data.files=[one, two]"))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("one directory that holds them");
        assertThatThrownBy(() -> train("c", corpus, "data.shuffleWindow=0"))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("data.shuffleWindow is 0");
        assertThatThrownBy(() -> train("d", corpus, "data.maxTokens=0"))
                .isInstanceOf(T5Exception.class)
                .hasMessageContaining("data.maxTokens is 0");
    }
}
