package org.t5j.core.decode;

import org.t5j.core.T5Exception;
import org.t5j.core.tensor.CounterRandom;

/**
 * How to write outputs; the meaning of every value is that of Hugging Face's {@code GenerationConfig} for an
 * encoder-decoder. Start from {@link #builder}.
 *
 * @param maxLength most tokens of an output, start token included: at least 2
 * @param minLength end of sequence is forbidden while an output, start token included, is shorter
 * @param numBeams 1 for greedy search (or sampling), more for beam search
 * @param beamRule whose beam search; {@code T5X} goes with {@code GNMT}, {@code NEVER} and a length penalty of at least 0
 * @param lengthNormalization how {@code lengthPenalty} is meant
 * @param lengthPenalty exponent of the length normalisation
 * @param earlyStopping when a beam search stops
 * @param noRepeatNgramSize no sequence of so many tokens, start token included, occurs twice in an output; 0 for no limit
 * @param repetitionPenalty divides positive and multiplies negative scores of tokens already in the output (Keskar et
 *     al. 2019); 1 for none
 * @param numReturnSequences outputs per input, at most {@code numBeams} without sampling
 * @param sampling how to draw tokens, or null to take the likeliest
 * @param startTokenId first token that the decoder reads
 * @param eosTokenId id that ends an output
 * @param padTokenId id fed to hypotheses that are over
 */
public record GenerationConfig(
        int maxLength,
        int minLength,
        int numBeams,
        BeamRule beamRule,
        LengthNormalization lengthNormalization,
        double lengthPenalty,
        EarlyStopping earlyStopping,
        int noRepeatNgramSize,
        double repetitionPenalty,
        int numReturnSequences,
        Sampling sampling,
        int startTokenId,
        int eosTokenId,
        int padTokenId) {

    public GenerationConfig {
        require(maxLength >= 2, "maxLength must be at least 2 (the start token counts), found " + maxLength);
        require(
                minLength >= 0 && minLength <= maxLength,
                "minLength must be between 0 and maxLength " + maxLength + ", found " + minLength);
        require(numBeams >= 1, "numBeams must be at least 1 (1: greedy), found " + numBeams);
        require(beamRule != null, "beamRule must be HUGGING_FACE or T5X, found none");
        require(lengthNormalization != null, "lengthNormalization must be POWER or GNMT, found none");
        require(Double.isFinite(lengthPenalty), "lengthPenalty must be finite, found " + lengthPenalty);
        require(earlyStopping != null, "earlyStopping must be FALSE, TRUE or NEVER, found none");
        require(
                beamRule != BeamRule.T5X
                        || (lengthNormalization == LengthNormalization.GNMT && earlyStopping == EarlyStopping.NEVER),
                "lengthNormalization must be GNMT and earlyStopping NEVER with beamRule T5X, found "
                        + lengthNormalization + " and " + earlyStopping);
        require(
                beamRule != BeamRule.T5X || lengthPenalty >= 0,
                "lengthPenalty must be at least 0 with beamRule T5X, found " + lengthPenalty);
        require(noRepeatNgramSize >= 0, "noRepeatNgramSize must be at least 0 (0: off), found " + noRepeatNgramSize);
        require(
                repetitionPenalty > 0 && Double.isFinite(repetitionPenalty),
                "repetitionPenalty must be positive and finite (1: none), found " + repetitionPenalty);
        require(
                sampling == null || numBeams == 1,
                "numBeams must be 1 with sampling, found " + numBeams + "; leave one of the two out");
        require(
                numReturnSequences >= 1 && (sampling != null || numReturnSequences <= numBeams),
                "numReturnSequences must be between 1 and numBeams " + numBeams + ", found " + numReturnSequences
                        + "; use more beams or sampling");
        require(startTokenId >= 0, "startTokenId must be an id, found " + startTokenId);
        require(eosTokenId >= 0, "eosTokenId must be an id, found " + eosTokenId);
        require(padTokenId >= 0, "padTokenId must be an id, found " + padTokenId);
    }

    /** With Hugging Face's beam search. */
    public GenerationConfig(
            int maxLength,
            int minLength,
            int numBeams,
            LengthNormalization lengthNormalization,
            double lengthPenalty,
            EarlyStopping earlyStopping,
            int noRepeatNgramSize,
            double repetitionPenalty,
            int numReturnSequences,
            Sampling sampling,
            int startTokenId,
            int eosTokenId,
            int padTokenId) {
        this(
                maxLength,
                minLength,
                numBeams,
                BeamRule.HUGGING_FACE,
                lengthNormalization,
                lengthPenalty,
                earlyStopping,
                noRepeatNgramSize,
                repetitionPenalty,
                numReturnSequences,
                sampling,
                startTokenId,
                eosTokenId,
                padTokenId);
    }

    /** Greedy search of at most 128 tokens with T5's ids: pad and start 0, end of sequence 1. */
    public static Builder builder() {
        return new Builder();
    }

    /** A builder that starts from this configuration. */
    public Builder toBuilder() {
        return new Builder()
                .maxLength(maxLength)
                .minLength(minLength)
                .numBeams(numBeams)
                .beamRule(beamRule)
                .lengthNormalization(lengthNormalization)
                .lengthPenalty(lengthPenalty)
                .earlyStopping(earlyStopping)
                .noRepeatNgramSize(noRepeatNgramSize)
                .repetitionPenalty(repetitionPenalty)
                .numReturnSequences(numReturnSequences)
                .sampling(sampling)
                .startTokenId(startTokenId)
                .eosTokenId(eosTokenId)
                .padTokenId(padTokenId);
    }

    /** Most tokens that are generated: {@code maxLength} without the start token. */
    public int maxNewTokens() {
        return maxLength - 1;
    }

    /** Rows that a {@link DecoderState} must hold for every input. */
    public int rowsPerInput() {
        return sampling == null ? numBeams : numReturnSequences;
    }

    /** This for one of several batches: each draws by a seed of its own. The same where nothing is drawn. */
    public GenerationConfig ofBatch(long batch) {
        return sampling == null
                ? this
                : toBuilder()
                        .sampling(sampling.reseeded(CounterRandom.key(sampling.seed(), batch)))
                        .build();
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new T5Exception(message);
        }
    }

    /** Collects the values of a {@link GenerationConfig}; see its parameters. */
    public static final class Builder {
        private int maxLength = 128;
        private int minLength;
        private int numBeams = 1;
        private BeamRule beamRule = BeamRule.HUGGING_FACE;
        private LengthNormalization lengthNormalization = LengthNormalization.POWER;
        private double lengthPenalty = 1;
        private EarlyStopping earlyStopping = EarlyStopping.FALSE;
        private int noRepeatNgramSize;
        private double repetitionPenalty = 1;
        private int numReturnSequences = 1;
        private Sampling sampling;
        private int startTokenId;
        private int eosTokenId = 1;
        private int padTokenId;

        private Builder() {}

        /** Most tokens of an output, start token included, at least 2; 128 by default. */
        public Builder maxLength(int value) {
            maxLength = value;
            return this;
        }

        /** Sets {@code maxLength} to one more, for the start token. */
        public Builder maxNewTokens(int value) {
            return maxLength(value + 1);
        }

        /** Least tokens of an output, start token included, at most {@code maxLength}; 0 by default. */
        public Builder minLength(int value) {
            minLength = value;
            return this;
        }

        /** Hypotheses kept, at least 1; 1, greedy search, by default. */
        public Builder numBeams(int value) {
            numBeams = value;
            return this;
        }

        /** Whose beam search; Hugging Face's by default. {@code T5X} sets the normalisation and the stopping it goes with. */
        public Builder beamRule(BeamRule value) {
            beamRule = value;
            if (value == BeamRule.T5X) {
                lengthNormalization = LengthNormalization.GNMT;
                earlyStopping = EarlyStopping.NEVER;
            }
            return this;
        }

        /** Formula of the length normalisation; {@code POWER}, Hugging Face's, by default. */
        public Builder lengthNormalization(LengthNormalization value) {
            lengthNormalization = value;
            return this;
        }

        /**
         * Exponent of the length normalisation, any finite number; the larger, the longer the outputs. 1 by default.
         */
        public Builder lengthPenalty(double value) {
            lengthPenalty = value;
            return this;
        }

        /** When a beam search stops; {@code FALSE} by default. */
        public Builder earlyStopping(EarlyStopping value) {
            earlyStopping = value;
            return this;
        }

        /** No sequence of so many tokens occurs twice; 0, no limit, by default. */
        public Builder noRepeatNgramSize(int value) {
            noRepeatNgramSize = value;
            return this;
        }

        /** Above 1 discourages tokens that were written already, below 1 encourages them; 1 by default. */
        public Builder repetitionPenalty(double value) {
            repetitionPenalty = value;
            return this;
        }

        /** Outputs per input, without sampling at most {@code numBeams}; 1 by default. */
        public Builder numReturnSequences(int value) {
            numReturnSequences = value;
            return this;
        }

        /** Null for none. */
        public Builder sampling(Sampling value) {
            sampling = value;
            return this;
        }

        /** Id that the decoder reads first; 0 by default. */
        public Builder startTokenId(int value) {
            startTokenId = value;
            return this;
        }

        /** Id that ends an output; 1 by default. */
        public Builder eosTokenId(int value) {
            eosTokenId = value;
            return this;
        }

        /** Id fed to hypotheses that are over; 0 by default. */
        public Builder padTokenId(int value) {
            padTokenId = value;
            return this;
        }

        /**
         * The configuration.
         *
         * @throws T5Exception where a value is out of range or two contradict each other
         */
        public GenerationConfig build() {
            return new GenerationConfig(
                    maxLength,
                    minLength,
                    numBeams,
                    beamRule,
                    lengthNormalization,
                    lengthPenalty,
                    earlyStopping,
                    noRepeatNgramSize,
                    repetitionPenalty,
                    numReturnSequences,
                    sampling,
                    startTokenId,
                    eosTokenId,
                    padTokenId);
        }
    }
}
