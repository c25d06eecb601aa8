package org.t5j.tokenizer.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.t5j.tokenizer.Goldens;
import org.t5j.tokenizer.SentencePieceTokenizer;
import org.t5j.tokenizer.SpmTools;
import org.t5j.tokenizer.model.ModelProto;

/** Models trained here, in the hands of the C++ programs. */
class TrainedModelTest {

    private static final List<String> LINES = Goldens.committedLines();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--model_type=bpe --vocab_size=2000",
                "--model_type=bpe --vocab_size=2200 --byte_fallback=true --user_defined_symbols=<sep>,ing",
                "--model_type=bpe --vocab_size=2000 --treat_whitespace_as_suffix=true --split_digits=true",
                "--model_type=char --vocab_size=400",
                "--model_type=word --vocab_size=700"
            })
    void spmEncodeGivesTheSameIdsAndTheSelfTestIsThatOfSpmTrain(String options, @TempDir Path folder) throws Exception {
        List<String> flags = new ArrayList<>(List.of(options.split(" ")));
        flags.addAll(List.of("--self_test_sample_size=20", "--random_seed=17", "--hard_vocab_limit=false"));
        Path input = Files.write(folder.resolve("lines.txt"), LINES);
        ModelProto model = VocabularyTrainer.of(SpmTrain.config(flags)).train(List.of(input));
        ModelProto reference = SpmTrain.train(input, folder.resolve("spm"), flags);
        assertThat(model.extensions().toBytes())
                .isNotEmpty()
                .isEqualTo(reference.extensions().toBytes());
        SentencePieceTokenizer tokenizer = SentencePieceTokenizer.of(model, 0);
        assertThat(SpmTools.encode(folder, model, LINES))
                .isEqualTo(LINES.stream()
                        .map(line -> Arrays.stream(tokenizer.encode(line))
                                .mapToObj(String::valueOf)
                                .collect(Collectors.joining(" ")))
                        .toList());
    }
}
