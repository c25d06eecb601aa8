package org.t5j.tokenizer;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ids, pieces and decoded text of unigram models equal those of C++ SentencePiece 0.1.97 on all recorded texts. */
class UnigramGoldenTest {

    @Test
    void theCommittedModelGivesTheRecordedIdsPiecesAndText() {
        GoldenCheck.check(
                Goldens.resource("uni1k_en.model"),
                Goldens.resource("texts.jsonl.gz"),
                Goldens.resource("uni1k_en.jsonl.gz"),
                Goldens.resource("uni1k_en.extra.json.gz"));
    }

    @ParameterizedTest
    @CsvSource({
        "t5_spiece, t5-vocab/spiece.model",
        "hf_albert_spiece, found/hf_albert_spiece.model",
        "hf_test_sentencepiece, found/hf_test_sentencepiece.model",
        "seqio_test, found/seqio_test.model",
        "sp_test_ja_model, found/sp_test_ja_model.model",
        "sp_test_model, found/sp_test_model.model",
        "torchtext_spm_example, found/torchtext_spm_example.model",
        "uni1k_cf, trained/uni1k_cf.model",
        "uni1k_customnorm, trained/uni1k_customnorm.model",
        "uni1k_en, trained/uni1k_en.model",
        "uni1k_identity, trained/uni1k_identity.model",
        "uni1k_nodummy, trained/uni1k_nodummy.model",
        "uni2k_nosplitws, trained/uni2k_nosplitws.model",
        "uni2k_uds, trained/uni2k_uds.model",
        "uni6k_ml, trained/uni6k_ml.model",
        "uni8k_en, trained/uni8k_en.model",
        "uni8k_ml_bytes, trained/uni8k_ml_bytes.model"
    })
    void everyReferenceModelGivesTheRecordedIdsPiecesAndText(String golden, String model) {
        Path folder = Goldens.shared("golden/tokenizer");
        GoldenCheck.check(
                Goldens.shared("models/" + model),
                folder.resolve("texts.jsonl.gz"),
                folder.resolve(golden + ".jsonl.gz"),
                folder.resolve(golden + ".extra.json.gz"));
    }
}
