package org.t5j.tokenizer;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.t5j.tokenizer.model.ModelProto;
import org.t5j.tokenizer.model.ModelType;
import org.t5j.tokenizer.model.Piece;
import org.t5j.tokenizer.model.TrainerSpec;
import org.t5j.tokenizer.model.Vocabulary;
import org.t5j.tokenizer.normalize.Normalizer;
import org.t5j.tokenizer.unigram.UnigramSegmenter;

/**
 * A SentencePiece vocabulary with T5's sentinels. Ids are those of C++ SentencePiece, bit for bit in every tie.
 *
 * <p>With {@code extraIds} sentinels {@code <extra_id_0>} is the highest id, {@code <extra_id_99>} the first after the
 * pieces. How they are found in text is the {@link SentinelConvention}'s matter: those of Hugging Face find sentinels and
 * the vocabulary's control and unknown pieces, as {@code T5Tokenizer} (slow, transformers 4.43) does; seqio's makes them
 * pieces of the model. With {@code extraIds == 0} the text goes to SentencePiece as it is (the raw mode).
 *
 * <p>A model that holds sentinels as pieces already, as those of mT5 and seqio do, keeps them: they are its sentinels
 * whatever {@code extraIds} says, and none are added.
 *
 * <p>Models of type unigram are supported, byte fallback included. Immutable and thread-safe.
 */
public final class SentencePieceTokenizer implements Tokenizer {

    /** Number of sentinels of T5. */
    public static final int T5_EXTRA_IDS = 100;

    /** Stands for a space in a piece: ▁. */
    static final char SPACE = '\u2581';

    static final int MAX_EXTRA_IDS = 100_000;

    private final ModelProto model;
    private final Vocabulary vocabulary;
    private final TextEncoder encoder;
    private final Detokenizer detokenizer;
    private final SentinelConvention convention;
    private final Sentinels sentinels;

    private SentencePieceTokenizer(ModelProto model, Sentinels sentinels, SentinelConvention convention) {
        this.model = model;
        this.convention = convention;
        this.sentinels = sentinels;
        vocabulary = Vocabulary.of(model);
        Normalizer normalizer = new Normalizer(
                model.normalizerSpec(),
                model.trainerSpec().treatWhitespaceAsSuffix(),
                vocabulary.trieOf(Piece.Type.USER_DEFINED));
        encoder = new TextEncoder(
                vocabulary,
                normalizer,
                segmenterOf(model.trainerSpec().modelType(), vocabulary),
                model.trainerSpec().byteFallback(),
                convention.splitsText()
                        ? new SpecialTokens(specialTokens(model.trainerSpec()), id -> id >= vocabulary.size())
                        : null,
                convention);
        detokenizer = new Detokenizer(model, vocabulary, sentinels.addedNames());
    }

    /** The vocabulary in a {@code .model} file with T5's 100 sentinels. */
    public static SentencePieceTokenizer load(Path file) {
        return load(file, T5_EXTRA_IDS);
    }

    /**
     * The vocabulary in a {@code .model} file.
     *
     * @param extraIds number of sentinels that follow the pieces; 0 for SentencePiece as it is
     * @throws TokenizerException if the file is absent, damaged, or of a type that is not supported
     */
    public static SentencePieceTokenizer load(Path file, int extraIds) {
        ModelProto model = ModelProto.read(file);
        return named(file, () -> of(model, extraIds));
    }

    /**
     * The vocabulary in a {@code .model} file.
     *
     * @throws TokenizerException as {@link #of(ModelProto, int, SentinelConvention)}, or if the file is absent or damaged
     */
    public static SentencePieceTokenizer load(Path file, int extraIds, SentinelConvention convention) {
        ModelProto model = ModelProto.read(file);
        return named(file, () -> of(model, extraIds, convention));
    }

    private static SentencePieceTokenizer named(Path file, Supplier<SentencePieceTokenizer> tokenizer) {
        try {
            return tokenizer.get();
        } catch (TokenizerException unusable) {
            throw new TokenizerException(
                    "The vocabulary file " + file + " cannot be used: " + unusable.getMessage(), unusable);
        }
    }

    /**
     * The vocabulary {@code model} with {@code extraIds} sentinels by {@link SentinelConvention#HF_LEGACY}, or with those
     * that it holds.
     */
    public static SentencePieceTokenizer of(ModelProto model, int extraIds) {
        return of(model, extraIds, model.sentinelCount() > 0 ? SentinelConvention.SEQIO : SentinelConvention.HF_LEGACY);
    }

    /**
     * The vocabulary {@code model} with {@code extraIds} sentinels.
     *
     * @param extraIds 0 to 100,000; 0 for the raw mode
     * @throws TokenizerException if the model breaks the rules, is of a type that is not supported, or holds sentinels as
     *     pieces and {@code convention} asks for others
     */
    public static SentencePieceTokenizer of(ModelProto model, int extraIds, SentinelConvention convention) {
        if (extraIds < 0 || extraIds > MAX_EXTRA_IDS) {
            throw new TokenizerException("extraIds is " + extraIds + "; it is 0 to " + MAX_EXTRA_IDS + ", 100 for T5");
        }
        int held = model.sentinelCount();
        if (held > 0 && extraIds > 0 && convention.splitsText()) {
            throw new TokenizerException("the model holds " + held + " sentinels as pieces, so " + convention
                    + " cannot add others; choose " + SentinelConvention.SEQIO);
        }
        if (held > 0) {
            return new SentencePieceTokenizer(model, Sentinels.heldBy(model), SentinelConvention.SEQIO);
        }
        if (extraIds == 0) {
            return new SentencePieceTokenizer(model, Sentinels.heldBy(model), SentinelConvention.NONE);
        }
        return switch (convention) {
            case NONE ->
                throw new TokenizerException("extraIds is " + extraIds + ", but the convention NONE adds no sentinels;"
                        + " give 0 or choose another");
            case SEQIO -> of(model.withSentinels(extraIds), extraIds, convention);
            case HF_LEGACY, HF_EXACT ->
                new SentencePieceTokenizer(
                        model, Sentinels.following(model.pieces().size(), extraIds), convention);
        };
    }

    private static Segmenter segmenterOf(ModelType type, Vocabulary vocabulary) {
        return switch (type) {
            case UNIGRAM -> new UnigramSegmenter(vocabulary);
            case BPE, WORD, CHAR ->
                throw new TokenizerException("the model is of type " + type + "; supported is " + ModelType.UNIGRAM
                        + ". Train one with spm_train --model_type=unigram or with UnigramTrainer");
        };
    }

    private Map<String, Integer> specialTokens(TrainerSpec spec) {
        Map<String, Integer> special = new LinkedHashMap<>();
        sentinels.addedNames().forEach(name -> special.put(name, sentinels.addedId(name)));
        special.put(vocabulary.piece(unkId()).text(), unkId());
        for (String text : List.of(spec.eosPiece(), spec.padPiece())) {
            if (vocabulary.controlId(text) >= 0) {
                special.put(text, vocabulary.controlId(text));
            }
        }
        return special;
    }

    @Override
    public int[] encode(String text) {
        return encoder.encode(text);
    }

    /**
     * The pieces of {@code text}, one for each id of {@link #encode}: as in the vocabulary, except that an unknown
     * piece is the text that it stands for.
     */
    public List<String> encodePieces(String text) {
        return encoder.encodePieces(text);
    }

    /**
     * The text of {@code ids}. Control pieces decode to nothing, the unknown piece to " ⁇ ", a sentinel to its name as a
     * word of its own: {@code <extra_id_0> cute dog <extra_id_1>}, as seqio does.
     *
     * @throws TokenizerException if an id is not in the vocabulary
     */
    @Override
    public String decode(int... ids) {
        Detokenizer.Text text = detokenizer.new Text(ids.length);
        for (int id : ids) {
            text.add(checked(id));
        }
        return text.toString();
    }

    /**
     * The text of {@code pieces}, equal to {@link #decode} of their ids, except that a piece that is not in the
     * vocabulary stands for itself: {@code decodePieces(encodePieces(text))} brings unknown characters back.
     */
    public String decodePieces(List<String> pieces) {
        Detokenizer.Text text = detokenizer.new Text(pieces.size());
        for (String piece : pieces) {
            int id = sentinels.addedId(piece);
            id = id >= 0 ? id : vocabulary.idOf(piece);
            if (id == unkId() && !vocabulary.piece(id).text().equals(piece)) {
                text.addUnknown(piece);
            } else {
                text.add(id);
            }
        }
        return text.toString();
    }

    @Override
    public int vocabSize() {
        return vocabulary.size() + sentinels.addedNames().size();
    }

    @Override
    public String piece(int id) {
        checked(id);
        return id < vocabulary.size()
                ? vocabulary.piece(id).text()
                : sentinels.addedNames().get(id - vocabulary.size());
    }

    /** Id of padding, or -1 if the vocabulary has none. */
    @Override
    public int padId() {
        return vocabulary.controlId(model.trainerSpec().padPiece());
    }

    /** Id of the end-of-sequence token, or -1 if the vocabulary has none. */
    @Override
    public int eosId() {
        return vocabulary.controlId(model.trainerSpec().eosPiece());
    }

    @Override
    public int unkId() {
        return vocabulary.unkId();
    }

    @Override
    public int sentinelCount() {
        return sentinels.count();
    }

    @Override
    public int sentinelId(int index) {
        return sentinels.id(index);
    }

    /** How sentinels are found in text; {@link SentinelConvention#NONE} in the raw mode. */
    public SentinelConvention convention() {
        return convention;
    }

    /**
     * The model, to be saved beside a checkpoint: without the sentinels of Hugging Face's conventions, with those of {@link
     * SentinelConvention#SEQIO}.
     */
    public ModelProto model() {
        return model;
    }

    private int checked(int id) {
        if (id < 0 || id >= vocabSize()) {
            throw new TokenizerException("The id " + id + " is not in the vocabulary, which has the ids 0 to "
                    + (vocabSize() - 1) + ". Were the ids made with another vocabulary?");
        }
        return id;
    }
}
