package org.t5j.tokenizer;

import java.util.List;
import org.t5j.tokenizer.model.ModelType;
import org.t5j.tokenizer.model.NormalizerSpec;
import org.t5j.tokenizer.model.ProtoMessage;
import org.t5j.tokenizer.normalize.NormalizationRule;
import org.t5j.tokenizer.train.LineSelection;
import org.t5j.tokenizer.train.PieceRule;
import org.t5j.tokenizer.train.SpecialPieces;
import org.t5j.tokenizer.train.SpecialPieces.Reserved;
import org.t5j.tokenizer.train.UnigramSettings;

/** Collects the settings of a {@link TrainerConfig} that differ from the defaults. For one thread. */
public final class TrainerConfigBuilder {

    private final int vocabSize;
    private ModelType modelType = ModelType.UNIGRAM;
    private float characterCoverage = 0.9995f;
    private String requiredCharacters = "";
    private Reserved unk = SpecialPieces.T5.unk();
    private Reserved bos = SpecialPieces.T5.bos();
    private Reserved eos = SpecialPieces.T5.eos();
    private Reserved pad = SpecialPieces.T5.pad();
    private String unkSurface = SpecialPieces.T5.unkSurface();
    private List<String> controlSymbols = List.of();
    private List<String> userDefinedSymbols = List.of();
    private boolean byteFallback;
    private int maxPieceLength = PieceRule.DEFAULT.maxLength();
    private boolean splitByWhitespace = true;
    private boolean splitByUnicodeScript = true;
    private boolean splitByNumber = true;
    private boolean splitDigits;
    private boolean whitespaceAsSuffix;
    private boolean whitespaceOnlyPieces;
    private int maxLineBytes = LineSelection.DEFAULT.maxBytes();
    private int maxLines;
    private boolean shuffle = true;
    private long seed = LineSelection.SPM_SEED;
    private int selfTestSamples;
    private long selfTestSeed;
    private UnigramSettings unigram = UnigramSettings.DEFAULT;
    private NormalizerSpec normalizer = NormalizationRule.NMT_NFKC.spec();
    private boolean addDummyPrefix = true;
    private boolean removeExtraWhitespaces = true;
    private NormalizerSpec denormalizer = new NormalizerSpec(ProtoMessage.EMPTY);
    private boolean hardVocabLimit = true;
    private boolean useAllVocab;
    private int threads = 16;

    TrainerConfigBuilder(int vocabSize) {
        this.vocabSize = vocabSize;
    }

    /** Type of the model; unigram by default. */
    public TrainerConfigBuilder modelType(ModelType value) {
        modelType = value;
        return this;
    }

    /** Share of the text's characters that get a piece of their own, 0.98 to 1; 0.9995 by default. */
    public TrainerConfigBuilder characterCoverage(double value) {
        characterCoverage = (float) value;
        return this;
    }

    /** Characters that get a piece of their own however rare they are; none by default. */
    public TrainerConfigBuilder requiredCharacters(String value) {
        requiredCharacters = value;
        return this;
    }

    /** The unknown piece, {@code <unk>} with id 2 by default. */
    public TrainerConfigBuilder unk(String text, int id) {
        unk = new Reserved(text, id);
        return this;
    }

    /** The piece that starts a sequence, id -1 for none; none by default. */
    public TrainerConfigBuilder bos(String text, int id) {
        bos = new Reserved(text, id);
        return this;
    }

    /** The piece that ends a sequence, id -1 for none; {@code </s>} with id 1 by default. */
    public TrainerConfigBuilder eos(String text, int id) {
        eos = new Reserved(text, id);
        return this;
    }

    /** The padding piece, id -1 for none; {@code <pad>} with id 0 by default. */
    public TrainerConfigBuilder pad(String text, int id) {
        pad = new Reserved(text, id);
        return this;
    }

    /** What the unknown piece decodes to; {@code " ⁇ "} by default. */
    public TrainerConfigBuilder unkSurface(String value) {
        unkSurface = value;
        return this;
    }

    /** Pieces of structure that are never matched in text; none by default. */
    public TrainerConfigBuilder controlSymbols(List<String> value) {
        controlSymbols = value;
        return this;
    }

    /** Texts that always stay in one piece; none by default. */
    public TrainerConfigBuilder userDefinedSymbols(List<String> value) {
        userDefinedSymbols = value;
        return this;
    }

    /** Whether unknown characters are encoded as bytes, which takes 256 ids; false by default. */
    public TrainerConfigBuilder byteFallback(boolean value) {
        byteFallback = value;
        return this;
    }

    /** Longest piece in characters, 1 to 512; 16 by default. */
    public TrainerConfigBuilder maxPieceLength(int value) {
        maxPieceLength = value;
        return this;
    }

    /** Whether a piece stays within a word; true by default. */
    public TrainerConfigBuilder splitByWhitespace(boolean value) {
        splitByWhitespace = value;
        return this;
    }

    /** Whether a piece stays within a script; true by default. */
    public TrainerConfigBuilder splitByUnicodeScript(boolean value) {
        splitByUnicodeScript = value;
        return this;
    }

    /** Whether digits count as a script of their own; true by default. */
    public TrainerConfigBuilder splitByNumber(boolean value) {
        splitByNumber = value;
        return this;
    }

    /** Whether a digit is always a piece of its own; false by default. */
    public TrainerConfigBuilder splitDigits(boolean value) {
        splitDigits = value;
        return this;
    }

    /** Whether a space belongs to the word before it, in the model too; false by default. */
    public TrainerConfigBuilder whitespaceAsSuffix(boolean value) {
        whitespaceAsSuffix = value;
        return this;
    }

    /** Whether several spaces may be a piece; false by default. */
    public TrainerConfigBuilder whitespaceOnlyPieces(boolean value) {
        whitespaceOnlyPieces = value;
        return this;
    }

    /** Longer lines are left out, 10 to 1073741824 bytes; 4192 by default. */
    public TrainerConfigBuilder maxLineBytes(int value) {
        maxLineBytes = value;
        return this;
    }

    /** Trains on {@code count} lines drawn as {@code spm_train --input_sentence_size} draws them; 0 for all lines. */
    public TrainerConfigBuilder sample(int count) {
        return sample(count, LineSelection.SPM_SEED);
    }

    /** Trains on {@code count} lines drawn with {@code drawSeed}; 0 for all lines. */
    public TrainerConfigBuilder sample(int count, long drawSeed) {
        maxLines = count;
        shuffle = true;
        seed = drawSeed;
        return this;
    }

    /** Trains on the first {@code count} lines; 0 for all lines. */
    public TrainerConfigBuilder firstLines(int count) {
        maxLines = count;
        shuffle = false;
        return this;
    }

    /** Lines to store in the model with their pieces, 0 to 1000, drawn with {@code drawSeed}; none by default. */
    public TrainerConfigBuilder selfTest(int samples, long drawSeed) {
        selfTestSamples = samples;
        selfTestSeed = drawSeed;
        return this;
    }

    /** Settings of unigram vocabularies; {@link UnigramSettings#DEFAULT} by default. */
    public TrainerConfigBuilder unigram(UnigramSettings value) {
        unigram = value;
        return this;
    }

    /** Rule of character replacement; {@code NMT_NFKC} by default. */
    public TrainerConfigBuilder normalization(NormalizationRule value) {
        return normalizer(value.spec());
    }

    /** Name and compiled rules of character replacement; the treatment of spaces is set apart. */
    public TrainerConfigBuilder normalizer(NormalizerSpec value) {
        normalizer = value;
        return this;
    }

    /** How decoded text is changed; not at all by default. */
    public TrainerConfigBuilder denormalizer(NormalizerSpec value) {
        denormalizer = value;
        return this;
    }

    /** Whether a text gets a space before it, or after it with {@link #whitespaceAsSuffix}; true by default. */
    public TrainerConfigBuilder addDummyPrefix(boolean value) {
        addDummyPrefix = value;
        return this;
    }

    /** Whether leading, trailing and repeated spaces are dropped; true by default. */
    public TrainerConfigBuilder removeExtraWhitespaces(boolean value) {
        removeExtraWhitespaces = value;
        return this;
    }

    /** Whether a vocabulary that comes out smaller is an error; true by default. */
    public TrainerConfigBuilder hardVocabLimit(boolean value) {
        hardVocabLimit = value;
        return this;
    }

    /** Whether every character or word becomes a piece, whatever the size; false by default. */
    public TrainerConfigBuilder useAllVocab(boolean value) {
        useAllVocab = value;
        return this;
    }

    /** Threads to share the work, 1 to 128; 16 by default, of which as many run as there are processors. */
    public TrainerConfigBuilder threads(int value) {
        threads = value;
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
                modelType,
                characterCoverage,
                requiredCharacters,
                new SpecialPieces(unk, bos, eos, pad, unkSurface, controlSymbols, userDefinedSymbols, byteFallback),
                new PieceRule(
                        maxPieceLength,
                        splitByWhitespace,
                        splitByUnicodeScript,
                        splitByNumber,
                        splitDigits,
                        whitespaceAsSuffix,
                        whitespaceOnlyPieces),
                new LineSelection(maxLineBytes, maxLines, shuffle, seed, selfTestSamples, selfTestSeed),
                unigram,
                normalizer.withSpaces(addDummyPrefix, removeExtraWhitespaces),
                denormalizer,
                hardVocabLimit,
                useAllVocab,
                threads);
    }
}
