package org.t5j.tokenizer.unigram;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.t5j.tokenizer.Goldens;
import org.t5j.tokenizer.model.ModelProto;
import org.t5j.tokenizer.train.Progress;
import org.t5j.tokenizer.train.SpmTrain;
import org.t5j.tokenizer.train.TrainingInput;

/** The pieces, their order and the bits of their scores are those of the installed {@code spm_train}. */
class UnigramIdentityTest {

    @TempDir
    private Path folder;

    /** Texts in many languages and scripts, among them odd characters and runs of spaces. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "--vocab_size=1800",
                "--vocab_size=2000 --character_coverage=1",
                "--vocab_size=2000 --character_coverage=0.98 --required_chars=qé日𓀀𓁀",
                "--vocab_size=2000 --split_by_whitespace=false",
                "--vocab_size=2000 --treat_whitespace_as_suffix=true",
                "--vocab_size=2000 --treat_whitespace_as_suffix=true --split_by_whitespace=false",
                "--vocab_size=2000 --allow_whitespace_only_pieces=true --remove_extra_whitespaces=false",
                "--vocab_size=2000 --add_dummy_prefix=false --split_by_unicode_script=false",
                "--vocab_size=2400 --split_by_number=false --normalization_rule_name=identity",
                "--vocab_size=2000 --split_digits=true --max_sentencepiece_length=5",
                "--vocab_size=2100 --byte_fallback=true --user_defined_symbols=the,ing --control_symbols=<c>",
                "--vocab_size=1900 --num_threads=3 --shrinking_factor=0.6 --num_sub_iterations=3",
                "--vocab_size=1900 --num_threads=1 --seed_sentencepiece_size=2600",
                "--vocab_size=1900 --input_sentence_size=300 --unk_id=2 --bos_id=-1 --eos_id=1 --pad_id=0",
            })
    void onTextInManyLanguages(String flags) throws IOException, InterruptedException {
        Path input = Files.writeString(folder.resolve("text.txt"), String.join("\n", Goldens.committedLines()));
        assertSamePieces(input, TrainingInput.files(List.of(input)), flags);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--vocab_size=1000",
                "--vocab_size=4000",
                "--vocab_size=3000 --split_by_whitespace=false",
                "--vocab_size=3000 --treat_whitespace_as_suffix=true",
            })
    void onANovel(String flags) throws IOException, InterruptedException {
        Path input = Goldens.shared("corpora/text/austen.valid.txt");
        assertSamePieces(input, TrainingInput.files(List.of(input)), flags);
    }

    @Test
    void onLinesWithCounts() throws IOException, InterruptedException {
        List<String> lines = new ArrayList<>();
        for (String line : Goldens.committedLines()) {
            if (!line.isEmpty() && line.indexOf('\t') < 0) {
                lines.add(line + "\t" + (1 + line.length() * 1_000_003L % 70_000));
            }
        }
        Path input = Files.write(folder.resolve("counted.tsv"), lines, StandardCharsets.UTF_8);
        assertSamePieces(input, TrainingInput.tsv(List.of(input)), "--vocab_size=2000 --input_format=tsv");
    }

    private void assertSamePieces(Path file, TrainingInput input, String line)
            throws IOException, InterruptedException {
        List<String> flags = Arrays.asList(line.split(" "));
        ModelProto expected = SpmTrain.train(file, folder.resolve("spm"), flags);
        ModelProto trained = new UnigramTrainer(SpmTrain.config(flags)).train(input, Progress.NONE);
        assertThat(trained.pieces()).isEqualTo(expected.pieces());
    }
}
