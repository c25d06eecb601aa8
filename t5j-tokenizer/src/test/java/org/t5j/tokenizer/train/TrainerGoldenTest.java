package org.t5j.tokenizer.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.t5j.tokenizer.Goldens;
import org.t5j.tokenizer.model.ModelProto;
import org.t5j.tokenizer.model.ModelType;

/** Vocabularies of every type against those recorded from {@code spm_train}, and the progress that is told meanwhile. */
class TrainerGoldenTest {

    private static final Path TEXT = Goldens.resource("train/text.txt");

    @ParameterizedTest
    @EnumSource(ModelType.class)
    void theVocabularyIsTheRecordedOne(ModelType type) {
        check(type, "plain", "--vocab_size=260");
    }

    @ParameterizedTest
    @EnumSource(ModelType.class)
    void theVocabularyWithSpacesAsSuffixAndSpecialPiecesIsTheRecordedOne(ModelType type) {
        check(
                type,
                "suffix",
                "--vocab_size=240",
                "--character_coverage=0.98",
                "--treat_whitespace_as_suffix=true",
                "--split_digits=true",
                "--user_defined_symbols=the,ing",
                "--pad_id=0",
                "--eos_id=1",
                "--unk_id=2",
                "--bos_id=-1");
    }

    private static void check(ModelType type, String name, String... options) {
        ModelProto model = train(type, Progress.NONE, options);
        Path recorded = Goldens.resource("train/" + type.name().toLowerCase(Locale.ROOT) + "." + name + ".vocab");
        assertThat(recorded).hasContent(VocabularyList.text(model, true));
    }

    private static ModelProto train(ModelType type, Progress progress, String... options) {
        List<String> flags = new ArrayList<>(List.of(options));
        flags.addAll(List.of("--model_type=" + type.name(), "--hard_vocab_limit=false"));
        return VocabularyTrainer.of(SpmTrain.config(flags)).train(TrainingInput.files(List.of(TEXT)), progress);
    }

    @ParameterizedTest
    @EnumSource(ModelType.class)
    void theStagesOfATrainingAreToldOneAfterAnotherUpToTheirTotals(ModelType type) {
        List<String> stages = new ArrayList<>();
        List<long[]> last = new ArrayList<>();
        train(
                type,
                (stage, done, total) -> {
                    if (stages.isEmpty() || !stages.get(stages.size() - 1).equals(stage)) {
                        stages.add(stage);
                        last.add(new long[] {0, total});
                    }
                    long[] latest = last.get(last.size() - 1);
                    assertThat(done).as(stage).isGreaterThanOrEqualTo(latest[0]);
                    latest[0] = done;
                    latest[1] = total;
                },
                "--vocab_size=260");
        assertThat(stages).isEqualTo(stagesOf(type));
        for (int i = 0; i < stages.size(); i++) {
            if (last.get(i)[1] >= 0) {
                assertThat(last.get(i)[0]).as(stages.get(i)).isEqualTo(last.get(i)[1]);
            }
        }
    }

    private static List<String> stagesOf(ModelType type) {
        return switch (type) {
            case UNIGRAM -> List.of("lines read", "characters to sort", "seed pieces found", "seed pieces dropped");
            case BPE -> List.of("lines read", "pieces learned");
            case CHAR, WORD -> List.of("lines read");
        };
    }
}
