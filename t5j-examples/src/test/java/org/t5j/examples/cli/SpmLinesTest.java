package org.t5j.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Command lines of SentencePiece's C++ programs, run by these programs and by {@code t5j tokenizer}. */
class SpmLinesTest {
    private static final String TEXT = """
            the king said nothing to his sister
              two  spaces and \u00E9\u00E8, \u65E5\u672C\u8A9E \uFB01ne \u2163


            \uD83D\uDE00 the sister walked of the king\t7 12 345
            a\rb
            """;

    @TempDir
    Path directory;

    private Path corpus;
    private Path text;

    @BeforeEach
    void requirePrograms() throws IOException {
        for (String program : List.of("spm_train", "spm_encode", "spm_decode", "spm_normalize", "spm_export_vocab")) {
            assumeTrue(
                    Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                            .anyMatch(folder -> Files.isExecutable(Path.of(folder, program))),
                    "skipped: no " + program + " on the PATH (Debian's package sentencepiece has it)");
        }
        corpus = SmallModel.corpus(directory.resolve("corpus.txt"));
        text = Files.writeString(directory.resolve("text.txt"), TEXT);
    }

    /** Runs both and compares what they print. */
    private String same(String command, Object... arguments) {
        List<String> line = new ArrayList<>(List.of("spm_" + command));
        List<Object> ours = new ArrayList<>(List.of("tokenizer", command));
        for (Object argument : arguments) {
            line.add(argument.toString());
            ours.add(argument);
        }
        Cli.Result result = Cli.run(ours.toArray());
        assertThat(result.code()).as(line + ": " + result.err()).isZero();
        assertThat(result.out()).as(line.toString()).isEqualTo(run(line));
        return result.out();
    }

    private static String run(List<String> line) {
        try {
            Process process = new ProcessBuilder(line)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(line.toString()).isZero();
            return out;
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(line.toString(), e);
        }
    }

    /** Trains with both programs; returns what comes before {@code .model} for each. */
    private List<Path> train(String name, String... flags) {
        Path theirs = directory.resolve(name + "-spm");
        Path ours = directory.resolve(name + "-t5j");
        List<String> line = new ArrayList<>(List.of("--input=" + corpus, "--unk_id", "0", "--bos_id=1", "-eos_id=2"));
        line.add("--pad_id=-1");
        line.addAll(List.of(flags));
        List<String> spm = new ArrayList<>(List.of("spm_train", "--model_prefix=" + theirs));
        spm.addAll(line);
        run(spm);
        List<Object> t5j = new ArrayList<>(List.of("tokenizer", "train", "--model_prefix=" + ours));
        t5j.addAll(line);
        Cli.Result trained = Cli.run(t5j.toArray());
        assertThat(trained.code()).as(trained.err()).isZero();
        return List.of(ours, theirs);
    }

    private static Path file(Path prefix, String extension) {
        return Path.of(prefix + extension);
    }

    @Test
    void trainWritesTheSameVocabularies() {
        List<List<Path>> made = List.of(
                train("unigram", "--vocab_size=60", "--hard_vocab_limit=f"),
                train("bpe", "--model_type=bpe", "--vocab_size=60", "-character_coverage", "1"),
                train(
                        "symbols",
                        "--model_type=bpe",
                        "--vocab_size=400",
                        "--hard_vocab_limit=false",
                        "--user_defined_symbols=king,\"a,b\"",
                        "--control_symbols=<a>,<b>",
                        "--byte_fallback",
                        "--normalization_rule_name=identity"),
                train("char", "--model_type=char", "--use_all_vocab"),
                train("word", "--model_type", "word", "--vocab_size=20", "--vocabulary_output_piece_score=true"));
        for (List<Path> both : made) {
            assertThat(file(both.get(0), ".vocab")).hasSameTextualContentAs(file(both.get(1), ".vocab"));
        }
    }

    @Test
    void encodeAndDecodePrintTheSame() throws IOException {
        Path unigram =
                file(train("uni", "--vocab_size=60", "--hard_vocab_limit=false").get(1), ".model");
        Path bpe = file(train("bpe", "--vocab_size=60", "--model_type=bpe").get(0), ".model");
        for (Path model : List.of(unigram, bpe)) {
            Path pieces = directory.resolve("pieces.txt");
            Path ids = directory.resolve("ids.txt");
            Files.writeString(pieces, same("encode", "--model=" + model, text));
            Files.writeString(
                    ids,
                    same("encode", "-model", model, "--output_format=id", "--input", text)
                            .replaceAll("(?m)^\\n", ""));
            same("encode", "--model", model, "--extra_options=bos:eos:reverse", text, corpus);
            same("encode", "--model", model, "--extra_options=reverse:unk:eos", "--output_format", "piece", text);
            same("encode", "--model", model, "--output_format=id", "--extra_options", "reverse:bos", text);
            same("decode", "--model", model, pieces);
            same("decode", "--model", model, "--input_format=id", ids);
            same("decode", "--model", model, "--extra_options=unk:reverse", "--input_format", "piece", pieces);
            same("decode", "--model", model, "--extra_options=reverse", "--input_format", "id", ids);
        }
        same("encode", "--model", unigram, "--output_format=nbest_piece", "--nbest_size=4", text);
        same("encode", "--model", unigram, "--output_format=nbest_id", text);
        same("encode", "--model", unigram, "--output_format=sample_piece", "--nbest_size=1", text);
    }

    @Test
    void aVocabularyIsGeneratedAndRestrictsTheSame() throws IOException {
        Path model =
                file(train("uni", "--vocab_size=60", "--hard_vocab_limit=false").get(1), ".model");
        Path counts = directory.resolve("counts.txt");
        String counted = same("encode", "--model", model, "--generate_vocabulary", "--input", corpus);
        Files.writeString(counts, counted.replaceFirst("\u2581king\t[0-9]+", "\u2581king\t1"));
        String all = same("encode", "--model", model, text);
        String few = same("encode", "--model", model, "--vocabulary", counts, "--vocabulary_threshold=2", text);
        assertThat(few).isNotEqualTo(all);
    }

    @Test
    void aVocabularyRestrictsAModelWithBytesTheSame() throws IOException {
        Path model = file(
                train("bytes", "--vocab_size=330", "--byte_fallback", "--hard_vocab_limit=false")
                        .get(1),
                ".model");
        Path allowed = Files.writeString(directory.resolve("allowed.txt"), "\u2581the\t5\n\u2581said\t1\n");
        same("encode", "--model", model, "--vocabulary", allowed, text);
    }

    @Test
    void ofARepeatedOptionTheLastCounts() throws IOException {
        Path model =
                file(train("uni", "--vocab_size=60", "--hard_vocab_limit=false").get(1), ".model");
        same(
                "encode",
                "--minloglevel=2",
                "--model=x",
                "--model",
                model,
                "--output_format=piece",
                "--output_format=id",
                text);
    }

    @Test
    void normalizeAndExportVocabPrintTheSame() throws IOException {
        Path model =
                file(train("uni", "--vocab_size=60", "--hard_vocab_limit=false").get(1), ".model");
        Path rules = Files.writeString(directory.resolve("rules.tsv"), "0061\t0062 0063\n006B 0069\t004B\n");
        same("normalize", "--model", model, text);
        same("normalize", "--model", model, "--use_internal_normalization", "--input", text);
        same("normalize", "--normalization_rule_name=nfkc_cf", "--remove_extra_whitespaces=false", text);
        same("normalize", "--normalization_rule_tsv", rules, text);
        same("normalize", "--normalization_rule_tsv", rules, "--decompile");
        same("export_vocab", "--model", model);
        same("export_vocab", "--model", model, "--output_format=syms");
    }
}
