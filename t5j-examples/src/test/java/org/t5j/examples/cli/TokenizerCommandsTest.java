package org.t5j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.t5j.tokenizer.SentencePieceTokenizer;
import org.t5j.tokenizer.model.ModelProto;

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
    void specialIdsThatCannotBeAreListedAsOptions() {
        assertThat(errorOfTraining("--pad_id=500"))
                .contains("the list of special ids is --unk_id=2, --bos_id=-1, --eos_id=1, --pad_id=500; it must be of"
                        + " ids below --vocab_size, 40")
                .doesNotContain("[");
        assertThat(errorOfTraining("--pad_id=2"))
                .contains("--unk_id=2, --bos_id=-1, --eos_id=1, --pad_id=2; it must be of distinct ids")
                .doesNotContain("[");
        assertThat(errorOfTraining("--pad_piece=</s>")).contains("[<unk>, </s>, </s>]; it must be of distinct texts");
    }

    private String errorOfTraining(String option) {
        Path text = directory.resolve("text.txt");
        Path other = directory.resolve("other.model");
        Cli.Result trained =
                Cli.run("tokenizer", "train", "--input", text, "--output", other, "--vocab_size=40", option);
        assertThat(trained.code()).isNotZero();
        assertThat(other).doesNotExist();
        return trained.err();
    }

    @Test
    void anIdThatMayBeASentinelNamesTheOption() throws IOException {
        Path ids = Files.writeString(directory.resolve("ids.txt"), "139\n");
        assertThat(Cli.run("tokenizer", "decode", "--model", model, "--input_format=id", ids)
                        .err())
                .contains("The id 139 is not in the vocabulary, which has the ids 0 to 39", "sentinels (--extra_ids)?");
        assertThat(Cli.run("tokenizer", "decode", "--model", model, "--input_format=id", "--extra_ids=100", ids)
                        .out())
                .contains("<extra_id_0>");
    }

    @Test
    void inputsStandApartAsWordsOrWithCommas() {
        Path text = directory.resolve("text.txt");
        for (List<Object> inputs : List.of(List.<Object>of(text, text), List.<Object>of(text + "," + text))) {
            List<Object> line = new ArrayList<>(List.of("tokenizer", "train", "--input"));
            line.addAll(inputs);
            line.addAll(List.of("--output", directory.resolve("other.model"), "--vocab_size=40"));
            assertThat(Cli.run(line.toArray()).err()).contains("on 2 files");
        }
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
        Cli.Result ids = Cli.runWithInput(text, "tokenizer", "encode", "--model", model, "--output-format", "id");
        assertThat(ids.out()).matches("[0-9 ]+\n\n[0-9 ]+\n").doesNotContain(" \n");
        assertThat(Cli.runWithInput(ids.out(), "tokenizer", "decode", "--model", model, "--input-format", "id")
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
        String ids = Cli.runWithInput(text, "tokenizer", "encode", "--model", model, "--output-format", "id")
                .out();
        assertThat(Cli.runWithInput(ids, "tokenizer", "decode", "--model", model, "--input-format", "id")
                        .out())
                .isEqualTo("the  ⁇  king said  ⁇ \n");
    }

    @Test
    void theLastLineNeedsNoLineBreakAndEveryLineCanEndInEos() {
        String plain = Cli.runWithInput(
                        "the king\r\n\nof", "tokenizer", "encode", "--model", model, "--output-format", "id")
                .out();
        List<String> ended = Cli.runWithInput(
                        "the king\n\nof", "tokenizer", "encode", "--model", model, "--eos", "--output-format", "id")
                .lines();
        List<String> lines = plain.lines().toList();
        assertThat(ended).containsExactly(lines.get(0) + " 1", "1", lines.get(2) + " 1");
    }

    @Test
    void sentinelsAreTextUnlessAskedFor() {
        String line = "the <extra_id_0> king";
        assertThat(Cli.runWithInput(
                                line,
                                "tokenizer",
                                "encode",
                                "--model",
                                model,
                                "--output-format",
                                "id",
                                "--extra-ids",
                                100)
                        .out()
                        .split(" "))
                .contains("139");
        assertThat(Cli.runWithInput(line, "tokenizer", "encode", "--model", model, "--output-format", "id")
                        .out()
                        .split(" "))
                .doesNotContain("139");
    }

    @Test
    void decodingSaysWhichLineIsWrong() {
        Cli.Result pieces =
                Cli.runWithInput("3 4\n3 king\n", "tokenizer", "decode", "--model", model, "--input-format", "id");
        assertThat(pieces.code()).isEqualTo(1);
        assertThat(pieces.err()).contains("Line 2", "\"king\"", "--input_format=id");
        Cli.Result large =
                Cli.runWithInput("3 4000\n", "tokenizer", "decode", "--model", model, "--input-format", "id");
        assertThat(large.code()).isEqualTo(1);
        assertThat(large.err()).contains("Line 1", "4000", "0 to 39");
    }

    @Test
    void piecesAreTheDefaultAsForTheProgramsOfSentencePiece() {
        String text = "the king said\n";
        String pieces =
                Cli.runWithInput(text, "tokenizer", "encode", "--model", model).out();
        assertThat(pieces).startsWith("\u2581");
        assertThat(Cli.runWithInput(pieces, "tokenizer", "decode", "--model", model)
                        .out())
                .isEqualTo(text);
    }

    @Test
    void manyThreadsKeepTheOrderOfManyFiles() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 40_000; i++) {
            text.append("the king ").append(i).append(" said nothing\n");
        }
        Path first = Files.writeString(directory.resolve("first.txt"), text);
        Path second = Files.writeString(directory.resolve("second.txt"), "without an end of line");
        String one = Cli.run("tokenizer", "encode", "--model", model, "--threads", 1, first, second, first)
                .out();
        assertThat(one.lines().count()).isEqualTo(80_001);
        Path output = directory.resolve("pieces.txt");
        assertThat(Cli.run(
                                "tokenizer",
                                "encode",
                                "--model",
                                model,
                                "--threads=3",
                                "--output",
                                output,
                                first,
                                second,
                                first)
                        .code())
                .isZero();
        assertThat(output).hasContent(one);
        Path decoded = directory.resolve("decoded.txt");
        Cli.run("tokenizer", "decode", "--model", model, "--threads=3", "--output", decoded, output);
        assertThat(decoded).hasContent(text + "without an end of line\n" + text);
    }

    @Test
    void aFailureLeavesAnOlderFileAsItWas() throws IOException {
        Path output = Files.writeString(directory.resolve("text.out"), "older");
        Cli.Result failed = Cli.runWithInput(
                "3 4\nx\n", "tokenizer", "decode", "--model", model, "--input_format=id", "--output", output);
        assertThat(failed.code()).isEqualTo(1);
        assertThat(output).hasContent("older");
        assertThat(directory).isDirectoryNotContaining("glob:**incomplete");
    }

    @Test
    void oneDashAndWordsForSwitchesAreUnderstood() {
        Path prefix = directory.resolve("p");
        Cli.Result trained = Cli.run(
                "tokenizer",
                "train",
                "-input=" + directory.resolve("text.txt"),
                "-model_prefix",
                prefix,
                "-vocab_size=60",
                "--split-digits",
                "yes",
                "--hard_vocab_limit=F",
                "--byte_fallback",
                "0",
                "--user_defined_symbols=\"a,b\",of the",
                "-pad_id",
                "-1",
                "--unk_id=0",
                "--minloglevel=1");
        assertThat(trained.code()).as(trained.err()).isZero();
        assertThat(trained.err()).contains("pad none, eos 1, unk 0, bos none").hasLineCount(1);
        assertThat(trained.out()).isEqualTo(prefix + ".model" + System.lineSeparator());
        assertThat(directory.resolve("p.vocab")).content().startsWith("<unk>\t0\n</s>\t0\na,b\t0\nof the\t0\n");
        ModelProto made = ModelProto.read(directory.resolve("p.model"));
        assertThat(made.trainerSpec().byteFallback()).isFalse();
    }

    @Test
    void drawsDependOnTheSeedAndNotOnTheThreads() throws IOException {
        Path text = Files.writeString(
                directory.resolve("many.txt"), "the king said nothing to his sister\n".repeat(30_000));
        List<String> drawn = Stream.of(1, 3)
                .map(threads -> Cli.run(
                                "tokenizer",
                                "encode",
                                "--model",
                                model,
                                "--output_format=sample_piece",
                                "--nbest_size=-1",
                                "--alpha=0.1",
                                "--random_seed=7",
                                "--threads",
                                threads,
                                text)
                        .out())
                .toList();
        assertThat(drawn.get(0)).isEqualTo(drawn.get(1));
        assertThat(drawn.get(0).lines().distinct().count()).isGreaterThan(3);
    }

    @Test
    void refusesWhatItDoesNotDoWithARemedy() {
        refuses("differential privacy", "train", "--input=x", "--output=y", "--enable_differential_privacy");
        refuses("proto", "encode", "--model", model, "--output_format=proto");
        refuses("sample_piece", "encode", "--model", model, "--output_format=samples");
        refuses("string", "decode", "--model", model, "--output_format=proto");
        refuses("bos, eos, reverse", "encode", "--model", model, "--extra_options=eos:boss");
        refuses("no start-of-sequence", "encode", "--model", model, "--extra_options=bos");
        refuses("There is no input file", "encode", "--model", model, directory.resolve("none.txt"));
        refuses("not both", "encode", "--model", model, "--input", directory.resolve("text.txt"), "other.txt");
        refuses("--threads must be at least 1", "encode", "--model", model, "--threads=0");
        refuses("which is not a directory", "encode", "--model", model, "--output", directory.resolve("no/file"));
        refuses("--model_prefix or --output", "train", "--input", directory.resolve("text.txt"));
        refuses("nmt_nfkc", "normalize", "--normalization_rule_name=nfkd");
        refuses("--normalization_rule_tsv", "normalize");
        refuses("--byte_fallback", "train", "--input=x", "--output=y", "--byte_fallback=maybe");
        refuses("at most 512", "encode", "--model", model, "--output_format=sample_id", "--nbest_size=513");
    }

    private static void refuses(String part, Object... arguments) {
        Object[] all =
                Stream.concat(Stream.of("tokenizer"), Stream.of(arguments)).toArray();
        Cli.Result refused = Cli.run(all);
        assertThat(refused.code()).as(refused.err()).isEqualTo(2);
        assertThat(refused.err()).contains(part, "--help").hasLineCount(1);
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
        assertThat(tooLarge.err()).contains("100000", "Set --vocab_size to");
        Cli.Result none = Cli.run(
                "tokenizer", "train", "--input", directory.resolve("text.txt"), "--output", output, "--vocab-size", 0);
        assertThat(none.code()).isEqualTo(2);
        assertThat(none.err()).contains("t5j: --vocab_size is 0; it must be at least 1", "--help");
        assertThat(directory).isDirectoryNotContaining("glob:**new.model*");
    }
}
