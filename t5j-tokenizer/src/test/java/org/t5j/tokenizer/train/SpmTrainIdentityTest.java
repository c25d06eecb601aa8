package org.t5j.tokenizer.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.t5j.tokenizer.Goldens;
import org.t5j.tokenizer.model.ModelProto;

/** BPE, character and word vocabularies against those that the installed {@code spm_train} makes of the same text. */
class SpmTrainIdentityTest {

    private static final String[] OPTIONS = {
        "",
        "--split_digits=true --allow_whitespace_only_pieces=true --remove_extra_whitespaces=false",
        "--treat_whitespace_as_suffix=true --split_by_number=false --num_threads=1",
        "--split_by_whitespace=false --split_by_unicode_script=false",
        "--treat_whitespace_as_suffix=true --allow_whitespace_only_pieces=true --remove_extra_whitespaces=false"
                + " --split_by_whitespace=false",
        "--byte_fallback=true --user_defined_symbols=<sep>,ing,日本 --control_symbols=<ctl>,<s>"
                + " --normalization_rule_name=identity",
        "--input_sentence_size=200 --max_sentence_length=60 --required_chars=e",
        "--input_sentence_size=150 --shuffle_input_sentence=false --add_dummy_prefix=false",
        "--pad_id=0 --eos_id=1 --unk_id=2 --bos_id=-1 --character_coverage=0.98 --max_sentencepiece_length=5",
        "--unk_piece=<u> --bos_id=7 --bos_piece=[B] --num_threads=3"
    };

    static Stream<String> cases() {
        return Stream.of("bpe", "char", "word").flatMap(type -> Arrays.stream(OPTIONS)
                .map(options -> "--model_type=" + type + " --vocab_size=600 --hard_vocab_limit=false " + options));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void piecesAndScoresAreThoseOfSpmTrain(String options, @TempDir Path folder) throws Exception {
        assertIdentical(ascii(folder), options, folder);
        assertIdentical(manyScripts(folder), options, folder);
    }

    @ParameterizedTest
    @MethodSource("types")
    void countedLinesGiveTheSameVocabulary(String type, @TempDir Path folder) throws Exception {
        Random random = new Random(3);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 800; i++) {
            lines.add(word(random, "abcdefgh 1") + "\t" + (1 + random.nextInt(1000)));
        }
        assertIdentical(
                Files.write(folder.resolve("counted.tsv"), lines),
                "--input_format=tsv --vocab_size=200 --model_type=" + type + " --hard_vocab_limit=false",
                folder);
    }

    @ParameterizedTest
    @MethodSource("types")
    void aBookGivesTheSameVocabulary(String type, @TempDir Path folder) throws Exception {
        assertIdentical(
                Goldens.shared("corpora/text/austen.valid.txt"),
                "--vocab_size=1000 --hard_vocab_limit=false --model_type=" + type,
                folder);
    }

    static Stream<String> types() {
        return Stream.of("bpe", "char", "word");
    }

    @Test
    void everyCharacterOrWordIsAPieceIfAsked(@TempDir Path folder) throws Exception {
        assertIdentical(manyScripts(folder), "--model_type=char --vocab_size=20 --use_all_vocab=true", folder);
        assertIdentical(manyScripts(folder), "--model_type=word --vocab_size=20 --use_all_vocab=true", folder);
    }

    private static void assertIdentical(Path input, String options, Path folder)
            throws IOException, InterruptedException {
        List<String> flags =
                Stream.of(options.split(" ")).filter(flag -> !flag.isEmpty()).toList();
        ModelProto reference = SpmTrain.train(input, folder.resolve("spm"), flags);
        TrainingInput text =
                options.contains("=tsv") ? TrainingInput.tsv(List.of(input)) : TrainingInput.files(List.of(input));
        ModelProto trained = VocabularyTrainer.of(SpmTrain.config(flags)).train(text, Progress.NONE);
        assertThat(trained.pieces()).containsExactlyElementsOf(reference.pieces());
        Path list = folder.resolve("t5j.vocab");
        VocabularyList.write(trained, list, true);
        assertThat(list).hasSameTextualContentAs(folder.resolve("spm.vocab"), StandardCharsets.UTF_8);
    }

    private static Path ascii(Path folder) throws IOException {
        List<String> lines = Goldens.committedLines().stream()
                .filter(line -> line.chars().allMatch(c -> c < 128))
                .toList();
        return Files.write(folder.resolve("ascii.txt"), lines);
    }

    /** Words of many scripts, digits, special pieces, odd blanks, malformed bytes, long, empty and reserved lines. */
    private static Path manyScripts(Path folder) throws IOException {
        String[] words = {
            "hello", "wörld", "日本語", "テスト", "カー", "12", "a1b2", "ﬀ", "Ⅳ", "don't", "<s>", "<pad>", "▁", "αβγ", "привет",
            "ひらがな", "漢字かな", "e\u0301", "１２３", "\u200b", "<sep>", "ing", "\u3000", "\t", "😀", "हिन्दी"
        };
        Random random = new Random(7);
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (int i = 0; i < 600; i++) {
            StringBuilder line = new StringBuilder(i % 90 == 0 ? "  " : "");
            for (int n = random.nextInt(20); n > 0; n--) {
                line.append(random.nextBoolean() ? words[random.nextInt(words.length)] : word(random, "abcdefé日 "));
                line.append(' ');
            }
            String odd = i % 70 == 0
                    ? "\r"
                    : i % 170 == 0 ? "▅" : i % 333 == 0 ? line.toString().repeat(50) : "";
            text.writeBytes((line + odd).getBytes(StandardCharsets.UTF_8));
            text.writeBytes(i % 50 == 0 ? new byte[] {(byte) 0xFF, (byte) 0xC3, '\n'} : new byte[] {'\n'});
        }
        text.writeBytes("   \n   \n  \nthe last line has no end".getBytes(StandardCharsets.UTF_8));
        return Files.write(folder.resolve("scripts.txt"), text.toByteArray());
    }

    private static String word(Random random, String letters) {
        int length = 1 + random.nextInt(8);
        return random.ints(length, 0, letters.length())
                .collect(StringBuilder::new, (word, i) -> word.append(letters.charAt(i)), StringBuilder::append)
                .toString();
    }
}
