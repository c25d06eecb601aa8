package org.t5j.tokenizer;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ids, pieces and decoded text of BPE, char and word models equal those of C++ SentencePiece 0.1.97. */
class ModelTypeGoldenTest {

    @ParameterizedTest
    @ValueSource(strings = {"bpe1k_uds", "char_en", "word_en"})
    void theCommittedModelsGiveTheRecordedIdsPiecesAndText(String name) {
        GoldenCheck.check(
                SentencePieceTokenizer.of(Goldens.strippedModel(name), 0),
                Goldens.resource("texts.jsonl.gz"),
                Goldens.resource(name + ".jsonl.gz"),
                Goldens.resource(name + ".extra.json.gz"));
    }

    @ParameterizedTest
    @CsvSource({
        "hf_test_sentencepiece_bpe, found/hf_test_sentencepiece_bpe.model",
        "mistral_v1, found/mistral_v1.model",
        "mistral_v3, found/mistral_v3.model",
        "bpe1k_nfkc_suffix, trained/bpe1k_nfkc_suffix.model",
        "bpe1k_uds, trained/bpe1k_uds.model",
        "bpe2k_en, trained/bpe2k_en.model",
        "bpe6k_llama_like, trained/bpe6k_llama_like.model",
        "char_en, trained/char_en.model",
        "word_en, trained/word_en.model"
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
