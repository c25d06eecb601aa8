package org.t5j.tokenizer;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.t5j.tokenizer.model.ModelType;
import org.t5j.tokenizer.normalize.NormalizationRule;

/**
 * Settings for the training of a vocabulary. The defaults ({@link #ofVocabSize}) are those of {@code spm_train} with
 * the special ids of T5.
 *
 * @param vocabSize number of pieces, special pieces included; T5's sentinels come on top
 * @param modelType type of the model
 * @param characterCoverage share of the text's characters that get a piece of their own, 0.98 to 1; rarer ones become
 *     unknown
 * @param padId id of {@code <pad>}, or -1 for none
 * @param eosId id of {@code </s>}, or -1 for none
 * @param unkId id of {@code <unk>}
 * @param bosId id of {@code <s>}, or -1 for none
 * @param seedSize number of frequent substrings to start from
 * @param shrinkingFactor share of the pieces that a round of pruning keeps, 0.5 to 0.95
 * @param subIterations EM steps between two rounds of pruning, 1 to 10
 * @param maxPieceLength longest piece in characters, 1 to 512
 * @param splitByWhitespace whether a piece stays within a word
 * @param splitByUnicodeScript whether a piece stays within a script, Han and Kana being one
 * @param splitByNumber whether digits count as a script of their own
 * @param byteFallback whether unknown characters are encoded as bytes; takes 256 ids
 * @param userDefinedSymbols texts that always stay in one piece
 * @param normalization rule of character replacement
 * @param maxLines lines to train on, drawn at random from all; 0 for all
 * @param seed seed of that draw
 */
public record TrainerConfig(
        int vocabSize,
        ModelType modelType,
        float characterCoverage,
        int padId,
        int eosId,
        int unkId,
        int bosId,
        int seedSize,
        float shrinkingFactor,
        int subIterations,
        int maxPieceLength,
        boolean splitByWhitespace,
        boolean splitByUnicodeScript,
        boolean splitByNumber,
        boolean byteFallback,
        List<String> userDefinedSymbols,
        NormalizationRule normalization,
        int maxLines,
        long seed) {

    public TrainerConfig {
        Objects.requireNonNull(modelType, "modelType");
        Objects.requireNonNull(normalization, "normalization");
        userDefinedSymbols = List.copyOf(userDefinedSymbols);
        require(vocabSize >= 1, "vocabSize", vocabSize, "at least 1, 8000 to 32000 as a rule");
        require(
                characterCoverage >= 0.98f && characterCoverage <= 1,
                "characterCoverage",
                characterCoverage,
                "0.98 to 1");
        require(seedSize >= 1, "seedSize", seedSize, "at least 1, 1000000 as a rule");
        require(shrinkingFactor >= 0.5f && shrinkingFactor <= 0.95f, "shrinkingFactor", shrinkingFactor, "0.5 to 0.95");
        require(subIterations >= 1 && subIterations <= 10, "subIterations", subIterations, "1 to 10");
        require(maxPieceLength >= 1 && maxPieceLength <= 512, "maxPieceLength", maxPieceLength, "1 to 512");
        require(maxLines >= 0, "maxLines", maxLines, "at least 0, where 0 means all");
        require(unkId >= 0, "unkId", unkId, "at least 0: every vocabulary has an unknown piece");
        int[] given =
                IntStream.of(padId, eosId, unkId, bosId).filter(id -> id >= 0).toArray();
        require(
                Math.min(Math.min(padId, eosId), bosId) >= -1
                        && IntStream.of(given).distinct().count() == given.length
                        && IntStream.of(given).allMatch(id -> id < vocabSize),
                "padId, eosId, unkId, bosId",
                List.of(padId, eosId, unkId, bosId),
                "distinct and below vocabSize, or -1 for none");
        Set<String> taken = new HashSet<>(List.of("<unk>", "<pad>", "</s>", "<s>"));
        for (String symbol : userDefinedSymbols) {
            require(
                    !symbol.isEmpty() && taken.add(symbol),
                    "userDefinedSymbols",
                    userDefinedSymbols,
                    "distinct texts, none of them empty or a special piece");
        }
    }

    private static void require(boolean holds, String name, Object value, String rule) {
        if (!holds) {
            throw new TokenizerException("TrainerConfig: " + name + " is " + value + "; it must be " + rule);
        }
    }

    /** The defaults for a unigram vocabulary of {@code vocabSize} pieces. */
    public static TrainerConfig ofVocabSize(int vocabSize) {
        return builder(vocabSize).build();
    }

    /** A builder that starts from the defaults. */
    public static Builder builder(int vocabSize) {
        return new Builder(vocabSize);
    }

    /** Collects the settings that differ from the defaults. */
    public static final class Builder {

        private final int vocabSize;
        private float characterCoverage = 0.9995f;
        private boolean splitByWhitespace = true;
        private boolean splitByUnicodeScript = true;
        private boolean splitByNumber = true;
        private boolean byteFallback;
        private List<String> userDefinedSymbols = List.of();
        private NormalizationRule normalization = NormalizationRule.NMT_NFKC;
        private int maxPieceLength = 16;
        private int maxLines;
        private long seed;

        private Builder(int vocabSize) {
            this.vocabSize = vocabSize;
        }

        /** Share of the text's characters that get a piece of their own, 0.98 to 1; 0.9995 by default. */
        public Builder characterCoverage(double value) {
            characterCoverage = (float) value;
            return this;
        }

        /** Whether a piece stays within a word; true by default. */
        public Builder splitByWhitespace(boolean value) {
            splitByWhitespace = value;
            return this;
        }

        /** Whether a piece stays within a script; true by default. */
        public Builder splitByUnicodeScript(boolean value) {
            splitByUnicodeScript = value;
            return this;
        }

        /** Whether digits count as a script of their own; true by default. */
        public Builder splitByNumber(boolean value) {
            splitByNumber = value;
            return this;
        }

        /** Whether unknown characters are encoded as bytes, which takes 256 ids; false by default. */
        public Builder byteFallback(boolean value) {
            byteFallback = value;
            return this;
        }

        /** Texts that always stay in one piece; none by default. */
        public Builder userDefinedSymbols(List<String> value) {
            userDefinedSymbols = value;
            return this;
        }

        /** Rule of character replacement; {@code NMT_NFKC} by default. */
        public Builder normalization(NormalizationRule value) {
            normalization = value;
            return this;
        }

        /** Longest piece in characters, 1 to 512; 16 by default. */
        public Builder maxPieceLength(int value) {
            maxPieceLength = value;
            return this;
        }

        /** Trains on {@code count} lines drawn with {@code drawSeed}. */
        public Builder sample(int count, long drawSeed) {
            maxLines = count;
            seed = drawSeed;
            return this;
        }

        /**
         * The configuration.
         *
         * @throws TokenizerException if a value is out of range
         */
        public TrainerConfig build() {
            return new TrainerConfig(
                    vocabSize,
                    ModelType.UNIGRAM,
                    characterCoverage,
                    0,
                    1,
                    2,
                    -1,
                    1_000_000,
                    0.75f,
                    2,
                    maxPieceLength,
                    splitByWhitespace,
                    splitByUnicodeScript,
                    splitByNumber,
                    byteFallback,
                    userDefinedSymbols,
                    normalization,
                    maxLines,
                    seed);
        }
    }
}
