package org.t5j.train.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.t5j.tokenizer.ByteTokenizer;
import org.t5j.tokenizer.SentencePieceTokenizer;
import org.t5j.tokenizer.Tokenizer;
import org.t5j.tokenizer.TrainerConfig;
import org.t5j.tokenizer.model.ModelProto;
import org.t5j.tokenizer.unigram.UnigramTrainer;
import org.t5j.train.Fixtures;

/** Pieces of text as tokens come: they join to the text of all tokens, and none holds half a character. */
class TextStreamTest {
    @TempDir
    Path directory;

    private static List<String> pieces(Tokenizer tokenizer, int... ids) {
        List<String> pieces = new ArrayList<>();
        TextStream stream = new TextStream(tokenizer, pieces::add);
        for (int id : ids) {
            stream.add(id);
        }
        stream.finish();
        return pieces;
    }

    private Tokenizer withByteFallback() {
        TrainerConfig config = TrainerConfig.builder(320)
                .hardVocabLimit(false)
                .byteFallback(true)
                .build();
        ModelProto model =
                new UnigramTrainer(config).train(List.of(Fixtures.corpus(directory.resolve("corpus.txt"), 20)));
        return SentencePieceTokenizer.of(model, 100);
    }

    @Test
    void aCharacterOfSeveralTokensComesWhole() {
        for (Tokenizer tokenizer : List.of(withByteFallback(), ByteTokenizer.huggingFace(125))) {
            int[] ids = tokenizer.encode("a字😀b");
            assertThat(ids).hasSizeGreaterThan(8);
            assertThat(pieces(tokenizer, ids)).contains("字", "😀").doesNotContain("\uFFFD");
            assertThat(String.join("", pieces(tokenizer, ids))).isEqualTo("a字😀b");
        }
    }

    @Test
    void whateverTheTokensThePiecesJoinToTheWhole() {
        Random random = new Random(3);
        for (Tokenizer tokenizer : List.of(withByteFallback(), ByteTokenizer.huggingFace(125))) {
            for (int round = 0; round < 500; round++) {
                int[] ids = random.ints(1 + random.nextInt(20), 0, tokenizer.vocabSize() + 5)
                        .toArray();
                assertThat(String.join("", pieces(tokenizer, ids))).isEqualTo(tokenizer.decodeOutput(ids));
            }
        }
    }
}
