package org.t5j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.t5j.tokenizer.SentencePieceTokenizer;

/** {@code t5j tokenizer}: training, one line in and one line out, and what it says about bad input. */
class TokenizerCommandsTest {
    @TempDir
    Path directory;

    private Path model;

    @BeforeEach
    void trainVocabulary() {
        model = directory.resolve("v.model");
        Cli.Result trained = Cli.run(
                "tokenizer",
                "train",
                "--input",
                SmallModel.corpus(directory.resolve("text.txt")),
                "--output",
                model,
                "--vocab-size",
                40);
        assertThat(trained.code()).as(trained.err()).isZero();
        assertThat(trained.out()).isEqualTo(model + System.lineSeparator());
    }

    @Test
    void trainsAVocabularyOfTheSizeAskedFor() {
        SentencePieceTokenizer tokenizer = SentencePieceTokenizer.load(model, 0);
        assertThat(tokenizer.vocabSize()).isEqualTo(40);
        assertThat(tokenizer.padId()).isZero();
        assertThat(tokenizer.eosId()).isEqualTo(1);
    }

    @Test
    void trainsTheSameOnCompressedText() throws IOException {
        Path gzip = directory.resolve("text.txt.gz");
        try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(gzip))) {
            Files.copy(directory.resolve("text.txt"), out);
        }
        Path other = directory.resolve("other.model");
        Cli.run("tokenizer", "train", "--input", gzip, "--output", other, "--vocab-size", 40);
        assertThat(other).hasSameBinaryContentAs(model);
    }

    @Test
    void encodesLineByLineAndDecodesBack() {
        String text = "the king said nothing\n\nhis sister walked\n";
        Cli.Result ids = Cli.runWithInput(text, "tokenizer", "encode", "--model", model);
        assertThat(ids.out()).matches("[0-9 ]+\n\n[0-9 ]+\n").doesNotContain(" \n");
        assertThat(Cli.runWithInput(ids.out(), "tokenizer", "decode", "--model", model)
                        .out())
                .isEqualTo(text);

        Cli.Result pieces = Cli.runWithInput(text, "tokenizer", "encode", "--model", model, "--output-format", "piece");
        assertThat(pieces.lines().get(0)).startsWith("▁");
        assertThat(Cli.runWithInput(pieces.out(), "tokenizer", "decode", "--model", model, "--input-format", "piece")
                        .out())
                .isEqualTo(text);
    }

    @Test
    void unknownPiecesDecodeToTheirOwnText() {
        String text = "the 😀 king said é\n";
        String pieces = Cli.runWithInput(text, "tokenizer", "encode", "--model", model, "--output-format", "piece")
                .out();
        assertThat(Cli.runWithInput(pieces, "tokenizer", "decode", "--model", model, "--input-format", "piece")
                        .out())
                .isEqualTo(text);
        String ids =
                Cli.runWithInput(text, "tokenizer", "encode", "--model", model).out();
        assertThat(Cli.runWithInput(ids, "tokenizer", "decode", "--model", model)
                        .out())
                .isEqualTo("the  ⁇  king said  ⁇ \n");
    }

    @Test
    void theLastLineNeedsNoLineBreakAndEveryLineCanEndInEos() {
        String plain = Cli.runWithInput("the king\r\n\nof", "tokenizer", "encode", "--model", model)
                .out();
        List<String> ended = Cli.runWithInput("the king\n\nof", "tokenizer", "encode", "--model", model, "--eos")
                .lines();
        List<String> lines = plain.lines().toList();
        assertThat(ended).containsExactly(lines.get(0) + " 1", "1", lines.get(2) + " 1");
    }

    @Test
    void sentinelsAreTextUnlessAskedFor() {
        String line = "the <extra_id_0> king";
        assertThat(Cli.runWithInput(line, "tokenizer", "encode", "--model", model, "--extra-ids", 100)
                        .out()
                        .split(" "))
                .contains("139");
        assertThat(Cli.runWithInput(line, "tokenizer", "encode", "--model", model)
                        .out()
                        .split(" "))
                .doesNotContain("139");
    }

    @Test
    void decodingSaysWhichLineIsWrong() {
        Cli.Result pieces = Cli.runWithInput("3 4\n3 king\n", "tokenizer", "decode", "--model", model);
        assertThat(pieces.code()).isEqualTo(1);
        assertThat(pieces.err()).contains("Line 2", "\"king\"", "--input-format piece");
        Cli.Result large = Cli.runWithInput("3 4000\n", "tokenizer", "decode", "--model", model);
        assertThat(large.code()).isEqualTo(1);
        assertThat(large.err()).contains("Line 1", "4000", "0 to 39");
    }

    @Test
    void inspectShowsTheVocabulary() {
        assertThat(Cli.run("tokenizer", "inspect", "--model", model).out()).containsPattern("pieces +40");
        assertThat(Cli.run("tokenizer", "inspect", "--model", model, "--json").out())
                .startsWith("{")
                .contains("\"eos_id\":1");
        assertThat(Cli.run("tokenizer", "inspect", "--model", model, "--pieces").lines())
                .hasSize(40)
                .first()
                .isEqualTo("0\t<pad>\t0.0");
    }

    @Test
    void refusesFilesThatAreNotThereAndTextsThatAreTooSmall() {
        Cli.Result missing = Cli.run("tokenizer", "encode", "--model", directory.resolve("none.model"));
        assertThat(missing.code()).isEqualTo(1);
        assertThat(missing.err()).contains("There is no vocabulary file", "none.model");

        Path output = directory.resolve("new.model");
        Cli.Result noText = Cli.run("tokenizer", "train", "--input", directory.resolve("no.txt"), "--output", output);
        assertThat(noText.code()).isEqualTo(2);
        assertThat(noText.err()).contains("no.txt");
        Cli.Result tooLarge = Cli.run(
                "tokenizer",
                "train",
                "--input",
                directory.resolve("text.txt"),
                "--output",
                output,
                "--vocab-size",
                100_000);
        assertThat(tooLarge.code()).isEqualTo(1);
        assertThat(tooLarge.err()).contains("100000", "Set --vocab-size to");
        Cli.Result none = Cli.run(
                "tokenizer", "train", "--input", directory.resolve("text.txt"), "--output", output, "--vocab-size", 0);
        assertThat(none.code()).isEqualTo(2);
        assertThat(none.err()).contains("t5j: --vocab-size is 0; it must be at least 1", "--help");
        assertThat(directory).isDirectoryNotContaining("glob:**new.model*");
    }
}
