package org.t5j.tokenizer;

import java.util.Objects;
import org.t5j.tokenizer.model.ModelType;
import org.t5j.tokenizer.model.NormalizerSpec;
import org.t5j.tokenizer.train.LineSelection;
import org.t5j.tokenizer.train.PieceRule;
import org.t5j.tokenizer.train.Setting;
import org.t5j.tokenizer.train.SpecialPieces;
import org.t5j.tokenizer.train.UnigramSettings;

/**
 * Settings for the training of a vocabulary. The defaults ({@link #ofVocabSize}) are those of {@code spm_train} with
 * the special ids of T5.
 *
 * @param vocabSize number of pieces, special pieces included; T5's sentinels come on top
 * @param modelType type of the model
 * @param characterCoverage share of the text's characters that get a piece of their own, 0.98 to 1; rarer ones become
 *     unknown
 * @param requiredCharacters characters that get a piece of their own however rare they are
 * @param specialPieces the pieces that are not learned
 * @param pieceRule which substrings may become pieces
 * @param lines which lines of the input count
 * @param unigram settings of unigram vocabularies
 * @param normalizer how text is normalised
 * @param denormalizer how decoded text is changed; an empty message for not at all
 * @param hardVocabLimit whether a vocabulary of less than {@code vocabSize} pieces is an error; never for characters
 * @param useAllVocab whether every character or word becomes a piece, whatever {@code vocabSize} and {@code
 *     characterCoverage}; for these types of model only
 * @param threads 1 to 128; a unigram vocabulary differs in the last bits of its scores if this does, any other result
 *     does not depend on it, nor any on the number of processors
 */
public record TrainerConfig(
        int vocabSize,
        ModelType modelType,
        float characterCoverage,
        String requiredCharacters,
        SpecialPieces specialPieces,
        PieceRule pieceRule,
        LineSelection lines,
        UnigramSettings unigram,
        NormalizerSpec normalizer,
        NormalizerSpec denormalizer,
        boolean hardVocabLimit,
        boolean useAllVocab,
        int threads) {

    public TrainerConfig {
        Objects.requireNonNull(modelType, "modelType");
        Objects.requireNonNull(requiredCharacters, "requiredCharacters");
        Objects.requireNonNull(pieceRule, "pieceRule");
        Objects.requireNonNull(lines, "lines");
        Objects.requireNonNull(unigram, "unigram");
        Objects.requireNonNull(denormalizer, "denormalizer");
        Setting.require(vocabSize >= 1, "vocabSize", vocabSize, "at least 1, 8000 to 32000 as a rule");
        Setting.require(
                characterCoverage >= 0.98f && characterCoverage <= 1,
                "characterCoverage",
                characterCoverage,
                "0.98 to 1");
        Setting.require(threads >= 1 && threads <= 128, "threads", threads, "1 to 128");
        Setting.require(
                normalizer.escapeWhitespaces(), "escapeWhitespaces of the normalizer", false, "true for a training");
        Setting.require(
                !useAllVocab || modelType == ModelType.WORD || modelType == ModelType.CHAR,
                "useAllVocab",
                true,
                "false for a model of type " + modelType);
        specialPieces.requireIdsBelow(vocabSize);
    }

    /** The defaults for a unigram vocabulary of {@code vocabSize} pieces. */
    public static TrainerConfig ofVocabSize(int vocabSize) {
        return builder(vocabSize).build();
    }

    /** A builder that starts from the defaults. */
    public static TrainerConfigBuilder builder(int vocabSize) {
        return new TrainerConfigBuilder(vocabSize);
    }
}
